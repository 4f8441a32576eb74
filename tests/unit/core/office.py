"""A desk on the in-memory store, for telling the rules' stories without a platform.

People act by commands; `told` is what the outbox would have said since, place by place. The clock is moved
by hand.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from core.answers import AnyAnswer
from core.commands import Actor, AnyCommand, OpenInquiry, PostMessage, SaveSeller, SetUpDesk
from core.desk import FrontDesk, Rang
from core.files import File, FileRef
from core.ids import DeskId, Key, Lang, MessageId, PersonId, PlaceId, SellerId, WorkspaceId
from core.ladder import read_market
from core.notices import Card, Notice
from core.ports import Settled
from core.records import Desk, Inquiry, Party, Topic, Wish
from core.text import Foreign
from tests.model.store import ModelStore

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DESK = DeskId("kaidan")
WORKSPACE = WorkspaceId("slack:T01")
POLICIES = Path(__file__).parents[3] / "core" / "policies"
MARKET = read_market("amazon-jp", (POLICIES / "amazon-jp.toml").read_bytes())
STAFF_PLACE = PlaceId("slack:T01:C-staff")
SELLER_PLACE = PlaceId("slack:T01:C-aozora")
ORDER = "503-1234567-1234567"


def person(name: str) -> PersonId:
    """Somebody in the workspace."""
    return PersonId(f"slack:T01:{name}")


def actor(name: str, place: PlaceId | None = None, *, lang: Lang = "ja", admin: bool = False) -> Actor:
    """Somebody acting, from their DM unless a place is named."""
    own = PlaceId(f"slack:T01:@{name}")
    return Actor(person=person(name), name=Foreign(name), lang=lang, place=place or own, admin=admin)


BUYER = actor("hanako")
STAFF = actor("sato", STAFF_PLACE)
SELLER = actor("aoi", SELLER_PLACE)
STRANGER = actor("dareka")
PHOTO = File(Foreign("photo.png"), 2_000, "image/png", FileRef("slack:T01:F01"))


class Office:
    """One desk with one seller, and everything people do to it."""

    def __init__(self) -> None:
        self.now = START
        self.store = ModelStore()
        self.desk = FrontDesk(self.store, {"amazon-jp": MARKET}, lambda: self.now)
        self._keys = count(1)
        self._messages = count(1)

    async def open_for_business(self) -> None:
        """Set up the desk and its one seller."""
        await self.set_up()
        await self.add_seller("青空商店", SELLER_PLACE)

    async def set_up(self, by: Actor | None = None, **fields: Any) -> AnyAnswer:
        """Set up the desk, as an admin unless told otherwise."""
        settings: dict[str, Any] = {
            "workspace": WORKSPACE,
            "name": Foreign("受付"),
            "staff_place": STAFF_PLACE,
            "staff": (person("sato"),),
            "leads": (person("suzuki"),),
            "admins": (person("kanri"),),
            **fields,
        }
        return await self.does(SetUpDesk, by or actor("kanri", admin=True), **settings)

    async def add_seller(
        self, name: str, place: PlaceId | None, by: Actor = STAFF, **fields: Any
    ) -> AnyAnswer:
        """Add a seller, by default as staff do."""
        given: dict[str, Any] = {"seller": None, "lang": "ja", "ping": (person("aoi"),), **fields}
        fresh = SellerId(f"s{next(self._keys)}")
        return await self.does(SaveSeller, by, fresh=fresh, name=Foreign(name), place=place, **given)

    async def does(self, command: type[AnyCommand], by: Actor | None, **fields: Any) -> AnyAnswer:
        """Somebody does something; a key of its own unless one is given."""
        key = fields.pop("key", Key(f"k{next(self._keys)}"))
        return await self.desk.handle(command(key=key, desk=DESK, actor=by, **fields))

    async def opens(self, by: Actor = BUYER, text: str = "まだ届きません", **fields: Any) -> AnyAnswer:
        """A buyer opens an inquiry by the form."""
        sellers = await self.store.sellers(DESK)
        given: dict[str, Any] = {
            "seller": sellers[0].id if sellers else None,
            "order_number": ORDER,
            "topic": Topic.NOT_ARRIVED,
            "wish": Wish.ANSWER,
            "text": Foreign(text),
            "at": self.now,
            **fields,
        }
        return await self.does(OpenInquiry, by, **given)

    async def writes(
        self, by: Actor, text: str, *, at: datetime | None = None, number: int = 1, **fields: Any
    ) -> AnyAnswer:
        """Somebody writes under the card of their line, in the place they are in."""
        inquiry = await self.inquiry(number)
        party = next(party for party, line in inquiry.lines.items() if line.place == by.place)
        [roots] = await self.store.roots([(DESK, number)])
        message = MessageId(f"{next(self._messages):06d}")
        given: dict[str, Any] = {"key": Key(f"m:{by.place}:{message}"), **fields}
        return await self.does(
            PostMessage,
            by,
            text=Foreign(text),
            at=at or self.now,
            root=roots[party],
            message=message,
            **given,
        )

    async def passes(self, **span: float) -> list[Notice]:
        """Time passes, alarm by alarm; what was told meanwhile."""
        until = self.now + timedelta(**span)
        told: list[Notice] = []
        while (instant := await self._next_alarm()) is not None and instant <= until:
            self.now = max(self.now, instant)
            await self.rings()
            told += await self.told()
        self.now = until
        return told

    async def rings(self) -> Rang:
        """A sweep decides whatever is due."""
        return await self.desk.ring(await self.store.due(self.now, 100))

    async def told(self) -> list[Notice]:
        """Everything the outbox has to say, delivered: the notices, in the order of their places' queues."""
        notices: list[Notice] = []
        while leases := await self.store.outbox.take(10):
            settled = []
            for lease in leases:
                receipt = MessageId(f"card-{next(self._messages):06d}")
                if isinstance(lease.item, Card):
                    receipt = lease.root or receipt
                else:
                    notices.append(lease.item)
                settled.append(Settled(lease=lease, done=True, pause=0, receipt=receipt))
            await self.store.outbox.settle(settled)
        return notices

    async def inquiry(self, number: int = 1) -> Inquiry:
        """An inquiry as it is stored."""
        shown = await self.store.shown(DESK, number)
        assert shown is not None
        return shown.inquiry

    async def record(self) -> Desk:
        """The desk as it is stored."""
        desk = await self.store.desk(DESK)
        assert desk is not None
        return desk

    async def _next_alarm(self) -> datetime | None:
        async for chunk in self.store.stored(DESK):
            instants = [stored.waiting for stored in chunk if stored.waiting is not None]
            if instants:
                return min(instants)
        return None


def heard(told: list[Notice], place: PlaceId) -> list[str]:
    """The kinds of what was told in a place."""
    return [type(notice.what).__name__ for notice in told if notice.place == place]


def pinged(told: list[Notice], kind: type) -> tuple[PersonId, ...]:
    """Who was mentioned by the notices of a kind."""
    return tuple(who for notice in told if isinstance(notice.what, kind) for who in notice.mentions)


BUYER_PLACE = BUYER.place
PARTIES = {Party.BUYER: BUYER_PLACE, Party.SELLER: SELLER_PLACE, Party.STAFF: STAFF_PLACE}
