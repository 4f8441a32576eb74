"""A desk with its duties, on a store of either kind, in front of a platform of our own.

Used by the scheduler's tests: they put inquiries in, move the clocks, run passes and look at what came out.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from obstore.store import MemoryStore

from adapters.files.room import StoredFiles
from core.decision import Scope
from core.desk import FrontDesk
from core.ids import DeskId, Key, PersonId, PlaceId
from core.ladder import read_market
from core.notices import AnyWhat, Card, Notice
from core.ports import Outbox, Platform, Store
from core.records import Desk, Inquiry, Line, Party, Seller
from scheduler.passes import Delivered
from scheduler.rota import Rota
from tests.clocks import HandClock
from tests.contract.scheduler.voices import RecordedHistory, RecordingMessenger
from tests.contract.scheduler.wagons import RecordingCourier
from tests.contract.store.things import DESK, a_card, a_desk, a_notice, a_seller, an_inquiry, decided, moved

POLICIES = Path(__file__).parents[3] / "core" / "policies"
MARKET = read_market("amazon-jp", (POLICIES / "amazon-jp.toml").read_bytes())
LEAD = PersonId("slack:T01:U-lead")


class House:
    """`age` moves the store's clock, `clock` is the desk's; `wall` agrees with the store's."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        age: Callable[[float], Awaitable[None]],
        wall: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.outbox = outbox
        self.age = age
        self.wall = wall
        self.clock = HandClock()
        self.desk = FrontDesk(store, {"amazon-jp": MARKET}, self.clock.now)
        self.messenger = RecordingMessenger()
        self.history = RecordedHistory()
        self.courier = RecordingCourier(self.messenger)
        self.files = StoredFiles(MemoryStore)
        self.rota = self.another_worker()

    def another_worker(
        self,
        *platforms: str,
        wall: Callable[[], datetime] | None = None,
        store: Store | None = None,
        outbox: Outbox | None = None,
    ) -> Rota:
        """All duties anew, on the same store, as in another process; on Slack unless told otherwise."""
        seen = store or self.store
        return Rota(
            store=seen,
            outbox=outbox or self.outbox,
            desk=FrontDesk(seen, {"amazon-jp": MARKET}, self.clock.now),
            platforms=[
                Platform(name=name, messenger=self.messenger, history=self.history, courier=self.courier)
                for name in platforms or ("slack",)
            ],
            files=self.files,
            now=self.clock.now,
            wall=wall or self.wall,
        )

    async def furnish(self, desk: DeskId = DESK) -> None:
        """Put a desk with a seller in."""
        await self.put(a_desk(id=desk, staff=(PersonId("slack:T01:U-staff"),), leads=(LEAD,)))
        await self.put(a_seller(desk=desk))

    async def put(self, record: Desk | Seller | Inquiry, *queue: Notice | Card) -> None:
        """Store a record as it is, with what it queues."""
        await self.store.commit(decided(record, queue=queue))

    async def open(self, number: int = 1, *queue: Notice | Card, **fields: Any) -> Inquiry:
        """An open inquiry under the shipped policy, its clock running from noon."""
        inquiry = an_inquiry(number, policy=MARKET.policy, **fields)
        await self.store.read(
            Scope(desk=inquiry.desk, key=Key(""), opening=True)
        )  # moves the desk's counter on
        await self.put(inquiry, *queue)
        return inquiry

    async def queue(self, inquiry: Inquiry, *whats: AnyWhat, place: PlaceId | None = None) -> list[Notice]:
        """Queue notices for the seller's line, or for a place."""
        current = await self.inquiry(inquiry.number)
        after = moved(current)
        notices = [a_notice(after, n=n) for n in range(len(whats))]
        notices = [
            msgspec.structs.replace(one, what=what, place=place or one.place)
            for one, what in zip(notices, whats, strict=True)
        ]
        await self.store.commit(decided(after, before=current, queue=notices))
        return notices

    async def outdate_card(self, number: int) -> None:
        """Have the seller's card drawn again."""
        before = await self.inquiry(number)
        await self.store.commit(decided(moved(before), before=before, queue=[a_card(before)]))

    async def inquiry(self, number: int = 1) -> Inquiry:
        """An inquiry as it is stored."""
        found = (await self.store.read(Scope(desk=DESK, key=Key(""), number=number))).inquiry
        assert found is not None
        return found

    async def deliver(self) -> Delivered:
        """Deliver everything, each place's pause being over, until nothing waits that can be said."""
        fates: dict[Any, int] = {}
        while (done := await self.rota.delivery.run_once()).attempts:
            for fate, times in done.fates.items():
                fates[fate] = fates.get(fate, 0) + times
            if self.messenger.pause:
                await self.age(self.messenger.pause)
        return Delivered(fates=fates)

    def told(self) -> list[AnyWhat]:
        """What was told so far, in the order in which it was."""
        return [notice.what for notice in self.messenger.notices]


def line_at(place: PlaceId) -> dict[Party, Line]:
    """An inquiry's lines, the seller's in this place."""
    lines = an_inquiry().lines
    return {**lines, Party.SELLER: Line(place, "ja")}
