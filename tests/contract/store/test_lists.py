"""Indexes, the directory, desks and sellers: what is found without knowing its number."""

from core.decision import Scope
from core.ids import DeskId, Key, PersonId, SellerId
from core.ports import Stored
from core.records import Outcome
from core.text import Foreign
from tests.contract.store.conftest import Kept
from tests.contract.store.things import (
    BUYER,
    DESK,
    HOUR,
    NOON,
    a_desk,
    a_seller,
    an_inquiry,
    decided,
    moved,
)


async def _listed(kept: Kept, index: str, limit: int = 10) -> tuple[list[int], int]:
    listed = await kept.store.listing(DESK, index, limit)
    return [inquiry.number for inquiry in listed.inquiries], listed.total


async def test_an_index_is_listed_lowest_score_first(kept: Kept) -> None:
    """The most pressing inquiries come first, as many as asked for, with the number of all."""
    for number, hours in ((1, 3), (2, 1), (3, 2)):
        await kept.store.commit(decided(an_inquiry(number, anchor=NOON + hours * HOUR)))
    assert await _listed(kept, "open") == ([2, 3, 1], 3)
    assert await _listed(kept, "open", 2) == ([2, 3], 3)
    assert await _listed(kept, "seller:acme", 1) == ([2], 3)
    assert await _listed(kept, f"buyer:{BUYER}") == ([1, 2, 3], 3)
    assert await _listed(kept, "seller:nobody") == ([], 0)
    rest = await kept.store.listing(DESK, "open", 2, skip=2)
    assert ([inquiry.number for inquiry in rest.inquiries], rest.total) == ([1], 3)


async def test_indexes_follow_the_inquiry(kept: Kept) -> None:
    """A new score moves an inquiry, closing takes it out, reopening puts it back."""
    first, second = an_inquiry(1), an_inquiry(2, anchor=NOON + HOUR)
    await kept.store.commit(decided(first))
    await kept.store.commit(decided(second))
    later = moved(first, anchor=NOON + 2 * HOUR)
    await kept.store.commit(decided(later, before=first))
    assert await _listed(kept, "open") == ([2, 1], 2)
    closed = moved(second, outcome=Outcome.SOLVED, anchor=None)
    await kept.store.commit(decided(closed, before=second))
    assert await _listed(kept, "open") == ([1], 1)
    assert await _listed(kept, f"buyer:{BUYER}") == ([1], 1)
    reopened = moved(closed, outcome=None, anchor=NOON)
    await kept.store.commit(decided(reopened, before=closed))
    assert await _listed(kept, "open") == ([2, 1], 2)


async def test_desks_do_not_see_each_other(kept: Kept) -> None:
    """The same number in two desks is two inquiries, wherever their partitions lie."""
    others = [DeskId(f"desk{n}") for n in range(20)]
    for n, desk in enumerate(others):
        await kept.store.commit(decided(a_desk(id=desk)))
        await kept.store.commit(decided(an_inquiry(1, desk=desk, order_number=str(n))))
    assert await kept.store.desks() == sorted(others)
    for n, desk in enumerate(others):
        shown = await kept.store.shown(desk, 1)
        assert shown is not None
        assert shown.inquiry.order_number == str(n)
        assert (await kept.store.listing(desk, "open", 10)).total == 1
    assert await kept.store.shown(DESK, 1) is None


async def test_sellers_are_listed_by_name(kept: Kept) -> None:
    """Names are sorted as people read them, and removed sellers are left out."""
    names = {"c": "アクメ", "b": "acme", "a": "Zebra", "d": "gone"}
    await kept.store.commit(decided(a_desk()))
    for seller, name in names.items():
        record = a_seller(id=SellerId(seller), name=Foreign(name), removed=name == "gone")
        await kept.store.commit(decided(record))
    assert [seller.name.raw for seller in await kept.store.sellers(DESK)] == ["acme", "Zebra", "アクメ"]
    assert await kept.store.desk(DESK) == a_desk()
    assert await kept.store.desk(DeskId("none")) is None


async def test_a_gap_is_noted_for_its_platform(kept: Kept) -> None:
    """The latest note counts; other platforms have none."""
    assert await kept.store.gap("slack") is None
    await kept.store.mark_gap("slack", NOON)
    await kept.store.mark_gap("slack", NOON + HOUR)
    assert await kept.store.gap("slack") == NOON + HOUR
    assert await kept.store.gap("discord") is None


async def test_who_listens_is_noted_on_the_stores_clock(kept: Kept) -> None:
    """The note says when it was made, and grows old with that clock; other platforms have none."""
    assert await kept.store.heard("slack") is None
    before = await kept.store.time()
    await kept.store.mark_heard("slack")
    heard = await kept.store.heard("slack")
    assert heard is not None
    assert before <= heard <= await kept.store.time()
    await kept.age(60)
    heard = await kept.store.heard("slack")
    assert heard is not None
    assert await kept.store.time() - heard >= HOUR / 60
    assert await kept.store.heard("discord") is None


async def test_the_store_tells_its_time(kept: Kept) -> None:
    """The clock that leases and paces run on is aware and does not go back."""
    earlier = await kept.store.time()
    assert earlier.utcoffset() == HOUR * 0
    assert earlier <= await kept.store.time()


async def _audited(kept: Kept) -> dict[int, Stored]:
    return {one.inquiry.number: one async for chunk in kept.store.stored(DESK) for one in chunk}


async def test_the_audit_sees_every_inquiry(kept: Kept) -> None:
    """Open, closed and ringing ones come with what is kept about them, past the gaps in the numbers."""
    await kept.store.commit(decided(a_desk()))
    for _ in range(250):
        await kept.store.read(Scope(desk=DESK, key=Key("o"), opening=True, contested=True))
    inquiries = [an_inquiry(n, buyer=PersonId(f"slack:T01:U{n}")) for n in (1, 2, 120, 250)]
    for inquiry in inquiries:
        await kept.store.commit(decided(inquiry))
    closed = moved(inquiries[1], outcome=Outcome.WITHDRAWN, anchor=None)
    await kept.store.commit(decided(closed, before=inquiries[1]))
    late = moved(inquiries[2], anchor=NOON + HOUR)
    await kept.store.commit(decided(late, before=inquiries[2]))
    rung = await kept.store.due(NOON + 24 * HOUR, 1)
    seen = await _audited(kept)
    assert sorted(seen) == [1, 2, 120, 250]
    assert (seen[2].waiting, seen[2].ringing, seen[2].indexes) == (None, False, frozenset())
    assert (seen[120].waiting, seen[120].ringing) == (NOON + 25 * HOUR, False)
    assert ("open", (NOON + 49 * HOUR).timestamp()) in seen[120].indexes
    assert len(seen[120].indexes) == 3
    ringing = rung[0].inquiry.number
    assert (seen[ringing].waiting, seen[ringing].ringing) == (None, True)
    assert not any(one.stuck for one in seen.values())
    assert await kept.store.orphans(DESK) == 0


async def test_an_empty_desk_has_nothing_to_audit(kept: Kept) -> None:
    """No inquiry, no chunk with one, no orphan."""
    assert await _audited(kept) == {}
    assert await kept.store.orphans(DESK) == 0
