"""Desks, sellers and open inquiries by the thousand, for the benchmarks to work on.

Each inquiry is opened by the rules, from the form's command, and stored by the store's own commits. All of it
follows from its number alone. Never writes a key by itself.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeVar

import msgspec

import core
from core.answers import Nothing
from core.commands import Actor, OpenInquiry
from core.decide import decide
from core.decision import Changed, Decision, Snapshot
from core.ids import DeskId, Key, PersonId, PlaceId, SellerId, WorkspaceId, dm_with
from core.ladder import read_market
from core.policy import Marketplace
from core.ports import Store
from core.records import Desk, Seller, Topic, Wish
from core.text import Foreign

T = TypeVar("T")

OPENED: Final = datetime(2026, 7, 1, 3, tzinfo=UTC)
"""When every inquiry was opened, so that all of their alarms are due at one instant."""

DESKS: Final = 100
SELLERS: Final = 20
AT_ONCE: Final = 500
MARKET: Final = "amazon-jp"
WORDS: Final = Foreign("届いた商品の角が割れていました。写真もあります。交換をお願いできますか。")


@cache
def market() -> Marketplace:
    """The marketplace as shipped."""
    return read_market(MARKET, (Path(core.__file__).parent / "policies" / f"{MARKET}.toml").read_bytes())


@cache
def desk(n: int) -> Desk:
    """The nth desk: a staff place, three people of staff, one of whom leads."""
    workspace = WorkspaceId(f"slack:T{n:010d}")
    people = tuple(PersonId(f"{workspace}:U{900 + i:010d}") for i in range(3))
    return Desk(
        version=1,
        id=DeskId(f"dsk{n:03d}"),
        name=Foreign("たぬき商店 お客様窓口"),
        workspaces=(workspace,),
        staff_place=PlaceId(f"{workspace}:C{999:010d}"),
        staff=people,
        leads=people[:1],
        admins=people[:1],
        market=MARKET,
    )


@cache
def seller(n: int, of_desk: int) -> Seller:
    """The nth seller of a desk, reached in a place of their own."""
    owner = desk(of_desk)
    return Seller(
        version=1,
        id=SellerId(f"slr{n:03d}"),
        desk=owner.id,
        name=Foreign(f"きつね書房 {n}号店"),
        place=PlaceId(f"{owner.workspaces[0]}:C{n:010d}"),
        ping=(PersonId(f"{owner.workspaces[0]}:U{n:010d}"),),
    )


def named(n: int) -> tuple[DeskId, int]:
    """The nth inquiry's desk and number."""
    return desk(n % DESKS).id, n // DESKS + 1


def opened(n: int, at: datetime = OPENED) -> Decision:
    """The decision that opens the nth inquiry, of a buyer of its own."""
    owner, (_, number) = desk(n % DESKS), named(n)
    buyer = PersonId(f"{owner.workspaces[0]}:U{100_000 + number:010d}")
    command = OpenInquiry(
        key=Key(f"view:V{n:010d}"),
        desk=owner.id,
        actor=Actor(person=buyer, name=Foreign("山田 花子"), lang="ja", place=dm_with(buyer)),
        seller=SellerId(""),
        order_number="503-1234567-1234567",
        topic=Topic.DAMAGED,
        wish=Wish.REPLACE,
        text=WORDS,
        at=at,
    )
    snapshot = Snapshot(desk=owner, seller=seller(number % SELLERS, n % DESKS), market=market(), fresh=number)
    return decide(snapshot, command, at)


def settled(count: int, at: datetime = OPENED) -> Iterator[Decision]:
    """The first `count` inquiries once all was delivered, and the keys of their forms have expired."""
    for n in range(count):
        yield msgspec.structs.replace(opened(n, at), notices=(), cards=(), remember=False)


async def load(store: Store, decisions: Iterable[Decision]) -> None:
    """Store the desks with their sellers, then these decisions; raises when one was not committed."""
    for n in range(DESKS):
        await store.link(desk(n).workspaces[0], desk(n).id)
    for batch in in_batches(chain(_founding(), decisions)):
        if not all(await store.commit_many(batch)):
            msg = "a decision of the population was not committed: the database was not empty"
            raise AssertionError(msg)


def in_batches(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The items in order, so many at a time."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _founding() -> Iterator[Decision]:
    for n in range(DESKS):
        records: tuple[Changed, ...] = (desk(n), *(seller(i, n) for i in range(SELLERS)))
        yield Decision(desk=desk(n).id, key=Key(""), answer=Nothing(), changes=records, remember=False)
