"""The town in which stories happen: a buyer, a seller, staff, a lead and an admin, each on their platform.

One desk on the real SDKs and a real Redis; the clock moves by hand, and with it the platforms' and the
store's. Nothing runs in the background but the platforms' own connections: `turn` lets everything happen that
is due.
"""

import re
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

from adapters.redis.connect import connect
from tests.aging import age
from tests.clocks import HandClock
from tests.e2e.discord_side import DiscordSide
from tests.e2e.ledger import Ledger
from tests.e2e.pairing import On, Pairing
from tests.e2e.people import ORDER, Someone
from tests.e2e.running import Ground, Henji, running
from tests.e2e.side import Entered, Lang, Setup, Side
from tests.e2e.slack_side import SlackSide
from tests.emulators.discord import DiscordEmulator
from tests.emulators.slack import SlackEmulator

TURNS = 60

BEGINNING = datetime(2031, 4, 7, 1, 0, tzinfo=UTC)
"""A Monday morning in Tokyo, after any day this runs: Slack stamps later instants than the store."""


class Town:
    """Everybody, every place, and Henji itself."""

    def __init__(self, pairing: Pairing, sides: dict[On, Side], ground: Ground) -> None:
        self.pairing = pairing
        self.sides = sides
        self.ground = ground
        self.clock = ground.clock
        self.ledger = Ledger(ground.sides)
        self.henji: Henji | None = None
        self.buyer = self._someone("花子", pairing.buyer)
        self.seller = self._someone("葵", pairing.seller)
        self.staff = self._someone("佐藤", pairing.staff)
        self.lead = self._someone("鈴木", pairing.staff)
        self.admin = self._someone("管理", pairing.staff, admin=True)
        self.stranger = self._someone("Alex", pairing.buyer, lang="en", zone="Europe/London")
        others = [each for each in pairing.platforms if each != pairing.staff]
        self.doorkeepers = [self._someone("門番", each, admin=True) for each in others]
        self.clerk = self.staff if pairing.seller == pairing.staff else self._someone("高橋", pairing.seller)
        self._meet("aozora", [self.seller, self.clerk], at_home=[self.seller])
        room = [self.staff, self.lead, self.admin]
        self._meet("support", room, at_home=room)

    def _someone(
        self, name: str, on: On, *, lang: Lang = "ja", zone: str = "Asia/Tokyo", admin: bool = False
    ) -> Someone:
        side = self.sides[on]
        return Someone(self, side, side.person(name, lang, zone, admin=admin))

    def _meet(self, name: str, members: list[Someone], *, at_home: list[Someone]) -> None:
        place = members[0].side.channel(name, [each.client for each in members])
        for each in at_home:
            each.client.home = place

    # Henji

    async def wakes(self) -> None:
        """Henji starts, as after a restart: on what is stored."""
        self.henji = await running(self.ground)
        await self.turn()

    async def sleeps(self) -> None:
        """Henji is gone, without a word."""
        if self.henji is not None:
            await self.henji.stop()
            self.henji = None

    @property
    def here(self) -> Henji:
        """The Henji that runs."""
        assert self.henji is not None, "Henji is not running"
        return self.henji

    @asynccontextmanager
    async def another_worker(self) -> AsyncIterator[Henji]:
        """A second worker on the same store, which is told nothing but can speak."""
        other = await running(self.ground, ears=False)
        try:
            yield other
        finally:
            await other.stop()

    async def catches_up(self) -> None:
        """Threads are read back in the background, as after every start."""
        while (await self.here.rota.catch_up.run_once()).more:
            pass
        await self.turn()

    async def opens_for_business(self) -> None:
        """The desk is set up by its admin, and one seller is added, by the forms."""
        setup = Setup(desk="お買い物窓口", support="support", staff=["佐藤"], leads=["鈴木"])
        assert "お買い物窓口" in await self.admin.sets_up(setup)
        for each in self.doorkeepers:
            await self.links(each)
            if self.clerk.side is each.side:
                assert "お買い物窓口" in await each.sets_up(Setup(staff=["高橋"]))
        await self.clerk.types("/seller add")
        seller: dict[str, Entered] = {
            "出品者の名前": "青空商店",
            "出品者のチャンネル": "aozora",
            "通知する相手": ["葵"],
        }
        assert "青空商店" in await self.clerk.submits(seller)

    async def link_code(self) -> str:
        """A code of the admin's, which opens the desk on another platform too."""
        told = await self.admin.types("/desk link")
        code = re.search(r"/desk link (\S+)", told)
        assert code is not None, told
        return code[1]

    async def links(self, doorkeeper: Someone) -> None:
        """The desk is opened on another platform too."""
        assert "お買い物窓口" in await doorkeeper.types(f"/desk link {await self.link_code()}")
        self.admin.reads("門番")

    def repeats(self, copies: int) -> None:
        """Every platform tells Henji of everything so many times more, from now on."""
        for side in self.ground.sides:
            side.repeats(copies)

    def staff_are_told(self, *words: str) -> None:
        """The staff are pinged with these words: in their place, and by DM who is on another platform."""
        self.staff.reads(*words, pings=(self.staff,))
        if self.clerk is not self.staff:
            self.clerk.reads(*words, pings=(self.clerk,))

    def screens(self) -> str:
        """What each person sees where they are."""
        seen = {"buyer": self.buyer, "seller": self.seller, "staff": self.staff}
        if self.stranger.client.sees(self.stranger.home):
            seen["buyer, in English"] = self.stranger
        return "\n\n".join(
            f"--- {each.client.name} ({role}, on {each.side.name}) sees ---\n{each.client.transcript()}"
            for role, each in seen.items()
        )

    # time

    @property
    def now(self) -> datetime:
        """The time in town."""
        return self.clock.now()

    async def passes(self, **span: float) -> None:
        """Time passes, alarm by alarm, and what is due happens."""
        until = self.now + timedelta(**span)
        while (instant := await self._next_alarm()) is not None and instant <= until:
            await self._moves(max(instant, self.now))
            await self.turn()
            if instant == await self._next_alarm():
                break
        await self._moves(until)
        await self.turn()

    async def jumps(self, **span: float) -> None:
        """Time passes and nobody looks: nothing is swept, nothing is delivered."""
        await self._moves(self.now + timedelta(**span))

    async def turn(self) -> None:
        """Let happen what is due now: sweeps and deliveries, until there is nothing more."""
        for side in self.ground.sides:
            await side.clock_moved()
        await self._settles()
        for _ in range(TURNS):
            if self.henji is None or not await self.henji.once():
                break
            await self._settles()

    async def _settles(self) -> None:
        for side in self.ground.sides:
            await side.settled()

    async def _moves(self, to: datetime) -> None:
        seconds = (to - self.now).total_seconds()
        self.clock.advance(seconds=seconds)
        if seconds > 0:
            await self._ages(seconds)

    async def _ages(self, seconds: float) -> None:
        client = connect(self.ground.redis)
        await age(client, seconds)
        await client.aclose()

    async def _next_alarm(self) -> datetime | None:
        return None if self.henji is None else await self.henji.next_alarm()

    # the usual beginning

    async def inquiry(self, message: str = "まだ届きません。いつ届きますか。") -> None:
        """The buyer opens an inquiry by the form, and everybody has read what follows."""
        assert "#1" in await self.buyer.opens(message)
        self.buyer.reads("#1", "青空商店", "返信期限")
        self.buyer.reads("#1", message, pings=(self.buyer,))
        self.seller.reads("#1", "花子", ORDER)
        self.seller.reads("花子", message, "までに返信", pings=(self.seller,))
        self.staff.reads("#1", "花子", "青空商店")


@asynccontextmanager
async def town(redis: str, pairing: Pairing, *, business: bool = True) -> AsyncIterator[Town]:
    """A town on an empty Redis, named by its address; the end is the story's reckoning."""
    clock = HandClock(BEGINNING)
    async with AsyncExitStack() as stack:
        files = stack.enter_context(TemporaryDirectory())
        sides: dict[On, Side] = {}
        if "slack" in pairing.platforms:
            slack = await stack.enter_async_context(SlackEmulator(now=clock.now, patience=10))
            sides["slack"] = SlackSide(slack, "http" if pairing.platforms == ("slack",) else "socket")
        if "discord" in pairing.platforms:
            discord = await stack.enter_async_context(DiscordEmulator(now=clock.now, patience=10))
            sides["discord"] = DiscordSide(discord)
        place = Town(pairing, sides, Ground(tuple(sides.values()), redis, clock, files))
        try:
            await place.wakes()
            if business:
                await place.opens_for_business()
            yield place
        except AssertionError:
            sys.stdout.write(place.screens())  # pytest shows it below a story that failed
            raise
        finally:
            await place.sleeps()
        left = place.ledger.left_over()
        assert not left, "nobody expected:\n" + "\n---\n".join(left)
