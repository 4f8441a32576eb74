"""Before the first kill: the desk, its sellers, and inquiries whose alarms come due while Henji is killed.

The inquiries are opened through the front desk by a clock that stood days back, and their earlier alarms
rung by it, so that what is stored is what time would have left. Called once for each test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bots import clock, compose
from bots.compose import House, SlackAccess
from bots.running import Plan, running
from core.answers import Opened
from core.commands import Actor, OpenInquiry, SaveSeller, SetUpDesk
from core.ids import DeskId, Key, PlaceId, SellerId, WorkspaceId, dm_with
from core.records import Topic, Wish
from core.text import Foreign
from tests.clocks import HandClock
from tests.emulators.slack import Person
from tests.faults.scene import Scene

DESK = DeskId("fukku2")
RUNGS = (24, 42, 48, 52)
"""Hours after which the ladder tells somebody something."""


@dataclass(frozen=True)
class Waiting:
    """An inquiry that nobody answers: the rung that comes due during the test, and when."""

    number: int
    buyer: str
    shop: str
    hours: int
    due_at: datetime


async def prepare(url: str, scene: Scene, *, within: float) -> list[Waiting]:
    """Set up the desk; of its inquiries each comes due at another instant within so many seconds."""
    days_back = HandClock(clock.now() - timedelta(hours=60))
    async with compose.house(url, now=days_back.now) as home:
        await _set_up(home, scene)
        waiting = await _opened(home, scene, days_back, within)
    await _delivered(url, scene)
    scene.quiet.update(one.number for one in waiting)
    return waiting


async def _set_up(home: House, scene: Scene) -> None:
    boss = _actor(scene, scene.staff, scene.place_of(scene.support), admin=True)
    await home.desk.handle(
        SetUpDesk(
            key=Key("desk"),
            desk=DESK,
            actor=boss,
            workspace=WorkspaceId(f"slack:{scene.slack.team}"),
            name=Foreign("お買い物窓口"),
            staff_place=boss.place,
            staff=(boss.person,),
            leads=(scene.id_of(scene.lead),),
            admins=(),
        )
    )
    for n, (shop, person) in enumerate((scene.sellers | scene.quiet_sellers).items()):
        await home.desk.handle(
            SaveSeller(
                key=Key(f"seller{n}"),
                desk=DESK,
                actor=boss,
                fresh=SellerId(f"s{n}"),
                seller=None,
                name=Foreign(shop),
                place=scene.place_of(scene.shops[shop]),
                lang="ja",
                ping=(scene.id_of(person),),
            )
        )


async def _opened(home: House, scene: Scene, days_back: HandClock, within: float) -> list[Waiting]:
    """Open them, the oldest first, and ring what has rung since."""
    begun = clock.now()
    hours = sorted([*RUNGS] * 3, reverse=True)
    due = [begun + timedelta(seconds=within * (n + 1) / len(hours)) for n in range(len(hours))]
    waiting: list[Waiting] = []
    for n, (rung, at) in enumerate(zip(hours, due, strict=True)):
        anchor = at - timedelta(hours=rung)
        await _until(home, days_back, anchor, waiting)
        buyer = list(scene.quiet_buyers)[n % 2]
        shop = list(scene.quiet_sellers)[n // 2 % 2]
        person = scene.quiet_buyers[buyer]
        answer = await home.desk.handle(
            OpenInquiry(
                key=Key(f"waiting{n}"),
                desk=DESK,
                actor=_actor(scene, person, dm_with(scene.id_of(person))),
                seller=SellerId(f"s{list(scene.shops).index(shop)}"),
                order_number="",
                topic=Topic.QUESTION,
                wish=Wish.ANSWER,
                text=Foreign("いつ届きますか。"),
                at=anchor,
            )
        )
        assert isinstance(answer, Opened), answer
        waiting.append(Waiting(answer.number, buyer, shop, rung, at))
    await _until(home, days_back, begun, waiting)
    return waiting


async def _until(home: House, days_back: HandClock, to: datetime, waiting: Sequence[Waiting]) -> None:
    """Move the clock on, alarm by alarm."""
    rings = [one.due_at + timedelta(hours=rung - one.hours) for one in waiting for rung in RUNGS]
    for instant in sorted([*(at for at in rings if days_back.now() < at < to), to]):
        days_back.advance(seconds=(instant - days_back.now()).total_seconds())
        while due := await home.store.due(days_back.now(), 100):
            await home.desk.ring(due)


async def _delivered(url: str, scene: Scene) -> None:
    """Everything that was told by then stands on the screens."""
    access = SlackAccess(
        bot_token=scene.slack.bot_token,
        signing_secret=scene.slack.signing_secret,
        api=scene.slack.base_url,
        pause=0,
    )
    async with running(Plan(redis_url=url, slack=access, parts=frozenset())) as live:
        while (await live.home.outbox.waiting()).places:
            await live.rota.delivery.run_once()


def _actor(scene: Scene, person: Person, place: PlaceId, *, admin: bool = False) -> Actor:
    return Actor(person=scene.id_of(person), name=Foreign(person.name), lang="ja", place=place, admin=admin)
