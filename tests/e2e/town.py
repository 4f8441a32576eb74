"""The town in which stories happen: a workspace with a buyer, a seller, staff, a lead and an admin.

One desk on the real SDK and a real Redis; the clock moves by hand, and with it the emulator's and the
store's. Nothing runs in the background but Slack's own connection: `turn` lets everything happen that is due.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal

from adapters.redis.connect import connect
from adapters.slack.manifest import manifest
from tests.aging import age
from tests.clocks import HandClock
from tests.e2e.ledger import Ledger
from tests.e2e.people import Someone
from tests.e2e.running import Henji, running
from tests.emulators.slack import Channel, SlackEmulator

Transport = Literal["socket", "http"]
ORDER = "503-1234567-1234567"
TURNS = 60
REQUEST_URL = "https://henji.example/slack/events"

BEGINNING = datetime(2031, 4, 7, 1, 0, tzinfo=UTC)
"""A Monday morning in Tokyo, after any day this runs: Slack stamps later instants than the store."""


class Town:
    """Everybody, every place, and Henji itself."""

    def __init__(self, slack: SlackEmulator, redis: str, clock: HandClock, transport: Transport) -> None:
        self.slack = slack
        self.redis = redis
        self.clock = clock
        self.transport: Transport = transport
        self.ledger = Ledger(slack)
        self.henji: Henji | None = None
        ja, tokyo = "ja-JP", "Asia/Tokyo"
        buyer = slack.person("花子", locale=ja, tz=tokyo)
        seller = slack.person("葵", locale=ja, tz=tokyo)
        staff = slack.person("佐藤", locale=ja, tz=tokyo)
        lead = slack.person("鈴木", locale=ja, tz=tokyo)
        admin = slack.person("管理", locale=ja, tz=tokyo, admin=True)
        stranger = slack.person("Alex", locale="en-US", tz="Europe/London")
        everyone = [buyer, seller, staff, lead, admin, stranger]
        self.general: Channel = slack.channel("general", members=everyone)
        self.shop: Channel = slack.channel("aozora", members=[seller, staff], private=True)
        self.support: Channel = slack.channel("support", members=[staff, lead, admin], private=True)
        self.buyer = Someone(self, buyer)
        self.seller = Someone(self, seller, self.shop)
        self.staff = Someone(self, staff, self.support)
        self.lead = Someone(self, lead, self.support)
        self.admin = Someone(self, admin, self.support)
        self.stranger = Someone(self, stranger)

    # Henji

    async def wakes(self) -> None:
        """Henji starts, as after a restart: on what is stored."""
        self.henji = await running(self.slack, self.redis, self.clock, self.transport)
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
        """A second worker on the same store, which hears nothing of Slack but can speak there."""
        other = await running(self.slack, self.redis, self.clock, "none")
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
        await self.admin.types("/desk setup")
        await self.admin.form.fill(
            {
                "窓口の名前": "お買い物窓口",
                "担当のチャンネル": "support",
                "通知する担当": ["佐藤"],
                "通知する責任者": ["鈴木"],
            }
        )
        assert (await self.admin.submits()).outcome in {"updated", "closed"}
        await self.staff.types("/seller add", where=self.support)
        await self.staff.form.fill(
            {"出品者の名前": "青空商店", "出品者のチャンネル": "aozora", "通知する相手": ["葵"]}
        )
        assert (await self.staff.submits()).outcome in {"updated", "closed"}

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
        await self.slack.clock_moved()
        await self.slack.settled()
        for _ in range(TURNS):
            if self.henji is None or not await self.henji.once():
                break
            await self.slack.settled()

    async def _moves(self, to: datetime) -> None:
        seconds = (to - self.now).total_seconds()
        self.clock.advance(seconds=seconds)
        if seconds > 0:
            await self._ages(seconds)

    async def _ages(self, seconds: float) -> None:
        client = connect(self.redis)
        await age(client, seconds)
        await client.aclose()

    async def _next_alarm(self) -> datetime | None:
        return None if self.henji is None else await self.henji.next_alarm()

    # the usual beginning

    async def inquiry(self, message: str = "まだ届きません。いつ届きますか。") -> None:
        """The buyer opens an inquiry by the form, and everybody has read what follows."""
        await self.buyer.types("/inquiry new")
        await self.buyer.form.fill(
            {
                "出品者": "青空商店",
                "注文番号": ORDER,
                "内容": "商品が届かない",
                "ご希望": "回答のみ",
                "本文": message,
            }
        )
        submission = await self.buyer.submits()
        assert submission.outcome == "updated", submission
        assert "#1" in self.buyer.form_text()
        await self.buyer.form.close()
        self.buyer.reads("#1", "青空商店", "返信期限")
        self.buyer.reads("#1", message, pings=(self.buyer,))
        self.seller.reads("#1", "花子", ORDER)
        self.seller.reads("花子", message, "までに返信", pings=(self.seller,))
        self.staff.reads("#1", "花子", "青空商店")


@asynccontextmanager
async def town(redis: str, transport: Transport, *, business: bool = True) -> AsyncIterator[Town]:
    """A town on an empty Redis, named by its address; the end is the story's reckoning."""
    clock = HandClock(BEGINNING)
    async with SlackEmulator(now=clock.now, patience=10) as slack:
        slack.install(json.loads(manifest(socket_mode=transport == "socket", request_url=REQUEST_URL)))
        place = Town(slack, redis, clock, transport)
        try:
            await place.wakes()
            if business:
                await place.opens_for_business()
            yield place
        finally:
            await place.sleeps()
        left = place.ledger.left_over()
        assert not left, "nobody expected:\n" + "\n---\n".join(left)
