"""Before the first kill: the desk, its sellers, and inquiries whose alarms come due while Henji is killed.

The inquiries are opened through the front desk by a clock that stood days back, and their earlier alarms
rung by it, so that what is stored is what time would have left. Called once for each test.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bots import clock, compose
from bots.compose import House
from bots.running import running
from core.answers import Linked, Opened
from core.commands import Actor, MakeLinkCode, OpenInquiry, SaveSeller, SetUpDesk, UseLinkCode
from core.ids import DeskId, Key, LinkCode, PlaceId, SellerId, WorkspaceId
from core.records import Topic, Wish
from core.text import Foreign
from tests.clocks import HandClock
from tests.faults.day_after import plan_of
from tests.faults.scene import Scene
from tests.faults.sides import Client

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


async def prepare(url: str, scene: Scene, files: Path, *, within: float) -> list[Waiting]:
    """Set up the desk; of its inquiries each comes due at another instant within so many seconds."""
    days_back = HandClock(clock.now() - timedelta(hours=60))
    async with compose.house(url, now=days_back.now) as home:
        await _set_up(home, scene)
        waiting = await _opened(home, scene, days_back, within)
    await _delivered(url, scene, files)
    scene.quiet.update(one.number for one in waiting)
    return waiting


async def _set_up(home: House, scene: Scene) -> None:
    boss = _actor(scene.staff, scene.support, admin=True)
    await home.desk.handle(
        SetUpDesk(
            key=Key("desk"),
            desk=DESK,
            actor=boss,
            workspace=WorkspaceId(scene.office.workspace),
            name=Foreign("お買い物窓口"),
            staff_place=boss.place,
            staff=(boss.person,),
            leads=(scene.lead.person,),
            admins=(),
        )
    )
    for side in scene.sides:
        if side is not scene.office:
            await _link(home, boss, WorkspaceId(side.workspace), side.general)
    for n, (shop, client) in enumerate((scene.sellers | scene.quiet_sellers).items()):
        await home.desk.handle(
            SaveSeller(
                key=Key(f"seller{n}"),
                desk=DESK,
                actor=boss,
                fresh=SellerId(f"s{n}"),
                seller=None,
                name=Foreign(shop),
                place=scene.shops[shop],
                lang="ja",
                ping=(client.person,),
            )
        )


async def _link(home: House, boss: Actor, workspace: WorkspaceId, place: PlaceId) -> None:
    """Join the other workspace to the desk, by the code that is given for it."""
    code = LinkCode("kmpqrst2")
    await home.desk.handle(MakeLinkCode(key=Key("make"), desk=DESK, actor=boss, code=code))
    answer = await home.desk.handle(
        UseLinkCode(
            key=Key("use"),
            desk=DeskId("unknown"),
            actor=replace(boss, place=place),
            workspace=workspace,
            typed=Foreign(code),
        )
    )
    assert isinstance(answer, Linked), answer


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
        client = scene.quiet_buyers[buyer]
        answer = await home.desk.handle(
            OpenInquiry(
                key=Key(f"waiting{n}"),
                desk=DESK,
                actor=_actor(client, client.inbox),
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


async def _delivered(url: str, scene: Scene, files: Path) -> None:
    """Everything that was told by then stands on the screens."""
    async with running(plan_of(url, scene, files, frozenset())) as live:
        while (await live.home.outbox.waiting()).places:
            await live.rota.delivery.run_once()


def _actor(client: Client, place: PlaceId, *, admin: bool = False) -> Actor:
    return Actor(person=client.person, name=Foreign(client.name), lang="ja", place=place, admin=admin)
