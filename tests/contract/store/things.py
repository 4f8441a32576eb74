"""Desks, sellers, inquiries and decisions to store: plain values, decided by nobody.

Used by the contract suite, the property test and the benchmarks. All hang from NOON, on the desk's clock.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from core.answers import AnyAnswer, Did, Nothing
from core.clock import stamp
from core.decision import Decision
from core.ids import DeskId, Key, NoticeId, PersonId, PlaceId, SellerId, WorkspaceId, dm_with
from core.notices import Card, Held, Notice
from core.policy import Audience, Policy, Rung, Step
from core.records import Desk, Draft, Entered, Entry, Inquiry, Line, Party, Person, Seller, Topic, Wish
from core.text import Foreign

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DESK = DeskId("tanuki")
BUYER = PersonId("slack:T01:U05")
STAFF_PLACE = PlaceId("slack:T01:C01")
SELLER_PLACE = PlaceId("slack:T01:C07")
BUYER_PLACE = dm_with(BUYER)
POLICY = Policy(
    id="amazon-jp",
    version=1,
    window=48 * 3600,
    hush=12 * 3600,
    ladder=(
        Rung(24 * 3600, Audience.SELLER, Step.REMINDER),
        Rung(48 * 3600, Audience.BUYER, Step.MISSED),
        Rung(168 * 3600, Audience.STAFF, Step.STILL_OPEN, every=168 * 3600),
    ),
)


_DESK = Desk(
    version=1,
    id=DESK,
    name=Foreign("たぬき"),
    workspaces=(WorkspaceId("slack:T01"),),
    staff_place=STAFF_PLACE,
)
_SELLER = Seller(version=1, id=SellerId("acme"), desk=DESK, name=Foreign("Acme"), place=SELLER_PLACE)
_INQUIRY = Inquiry(
    version=1,
    desk=DESK,
    number=1,
    buyer=BUYER,
    buyer_name=Foreign("Hana"),
    seller=SellerId("acme"),
    seller_name=Foreign("Acme"),
    order_number="503-1234567-1234567",
    topic=Topic.DAMAGED,
    wish=Wish.REPLACE,
    excerpt=Foreign("It came in pieces."),
    lines={
        Party.BUYER: Line(BUYER_PLACE, "ja"),
        Party.SELLER: Line(SELLER_PLACE, "ja"),
        Party.STAFF: Line(STAFF_PLACE, "ja"),
    },
    policy=POLICY,
    opened_at=NOON,
    anchor=NOON,
)


def a_desk(**fields: Any) -> Desk:
    """A desk as it is first stored."""
    return msgspec.structs.replace(_DESK, **fields)


def a_seller(**fields: Any) -> Seller:
    """A seller as first stored."""
    return msgspec.structs.replace(_SELLER, **fields)


def an_inquiry(number: int = 1, **fields: Any) -> Inquiry:
    """An inquiry as it is first stored: its clock runs from NOON."""
    return msgspec.structs.replace(_INQUIRY, number=number, **fields)


def a_person(**fields: Any) -> Person:
    """The buyer, as first stored."""
    return msgspec.structs.replace(Person(version=1, id=BUYER, desk=DESK), **fields)


def a_draft(text: str = "It came in", **fields: Any) -> Draft:
    """The buyer's draft, as first stored."""
    return msgspec.structs.replace(Draft(version=1, person=BUYER, desk=DESK, text=Foreign(text)), **fields)


def an_entry(text: str = "It came in pieces.", **fields: Any) -> Entry:
    """A line of a log."""
    return msgspec.structs.replace(Entry(kind=Entered.MESSAGE, at=NOON, text=Foreign(text)), **fields)


def moved(inquiry: Inquiry, **fields: Any) -> Inquiry:
    """The inquiry's next version."""
    return msgspec.structs.replace(inquiry, version=inquiry.version + 1, **fields)


def a_notice(inquiry: Inquiry, party: Party = Party.SELLER, n: int = 0, *, ping: bool = False) -> Notice:
    """A notice for one of an inquiry's lines; a ping speaks of its anchor."""
    line = inquiry.lines[party]
    return Notice(
        id=NoticeId(f"{inquiry.desk}.{inquiry.number}.{inquiry.version}.{n}"),
        desk=inquiry.desk,
        place=line.place,
        lang=line.lang,
        what=Held(number=inquiry.number, due_at=NOON),
        number=inquiry.number,
        party=party,
        stamp=stamp(inquiry) if ping else None,
    )


def a_card(inquiry: Inquiry, party: Party = Party.SELLER) -> Card:
    """One of an inquiry's cards."""
    return Card(inquiry.desk, inquiry.lines[party].place, inquiry.number, party)


def decided(
    *changes: Desk | Seller | Inquiry | Person | Draft,
    key: str = "",
    before: Inquiry | None = None,
    entries: Sequence[Entry] = (),
    queue: Sequence[Notice | Card] = (),
    answer: AnyAnswer | None = None,
) -> Decision:
    """A decision; without a key nothing is remembered of it."""
    desk = changes[0].id if isinstance(changes[0], Desk) else changes[0].desk
    return Decision(
        desk=desk,
        key=Key(key),
        answer=answer or (Did(act="noted") if key else Nothing()),
        changes=changes,
        before=before,
        entries=tuple(entries),
        notices=tuple(item for item in queue if isinstance(item, Notice)),
        cards=tuple(item for item in queue if isinstance(item, Card)),
        remember=bool(key),
    )
