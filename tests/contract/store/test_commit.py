"""Reading what was committed: all of it or nothing, once."""

from dataclasses import replace

import pytest

from core.answers import Did
from core.decision import Scope
from core.errors import Stale
from core.ids import DeskId, Key, SellerId
from core.text import Foreign
from tests.contract.store.conftest import Kept
from tests.contract.store.things import (
    BUYER,
    DESK,
    a_card,
    a_desk,
    a_draft,
    a_notice,
    a_person,
    a_seller,
    an_entry,
    an_inquiry,
    decided,
    moved,
)

SCOPE = Scope(desk=DESK, key=Key("k"), person=BUYER, number=1, sellers=True, mine=True)


async def test_what_was_committed_is_read(kept: Kept) -> None:
    """Everything one decision changes is there for the next read."""
    inquiry = an_inquiry()
    await kept.store.commit(decided(a_desk(), a_seller(), inquiry, a_person(), a_draft()))
    snapshot = await kept.store.read(SCOPE)
    assert (snapshot.desk, snapshot.person, snapshot.draft) == (a_desk(), a_person(), a_draft())
    assert (snapshot.inquiry, snapshot.seller) == (inquiry, a_seller())
    assert (snapshot.sellers, snapshot.mine, snapshot.open_count) == ((a_seller(),), (inquiry,), 1)


async def test_where_nothing_is_nothing_is_read(kept: Kept) -> None:
    """An empty store answers every question with nothing, and a desk that isn't there gets no numbers."""
    snapshot = await kept.store.read(
        Scope(desk=DESK, key=Key("k"), person=BUYER, number=1, sellers=True, mine=True, opening=True)
    )
    assert (snapshot.desk, snapshot.person, snapshot.draft) == (None, None, None)
    assert (snapshot.inquiry, snapshot.seller, snapshot.answered) == (None, None, None)
    assert (snapshot.sellers, snapshot.mine, snapshot.open_count, snapshot.fresh) == ((), (), 0, 0)


@pytest.mark.parametrize("record", [a_desk(), a_seller(), an_inquiry(), a_person(), a_draft()], ids=type)
async def test_a_record_that_moved_on_is_stale(kept: Kept, record: object) -> None:
    """Whoever read an older version is told so, for every kind of record."""
    await kept.store.commit(decided(record))  # type: ignore[arg-type]
    with pytest.raises(Stale):
        await kept.store.commit(decided(record))  # type: ignore[arg-type]


async def test_a_stale_decision_changes_nothing(kept: Kept) -> None:
    """One stale record stops the whole decision: other records, log, queue, alarm and the key included."""
    first = an_inquiry()
    await kept.store.commit(decided(a_desk(), first))
    second = an_inquiry(2)
    with pytest.raises(Stale):
        await kept.store.commit(
            decided(
                second,
                a_person(),
                a_desk(),
                key="late",
                entries=[an_entry()],
                queue=[a_card(second), a_notice(second)],
            )
        )
    assert await kept.store.shown(DESK, 2) is None
    snapshot = await kept.store.read(Scope(desk=DESK, key=Key("late"), person=BUYER))
    assert (snapshot.person, snapshot.answered, snapshot.open_count) == (None, None, 1)
    assert (await kept.outbox.waiting()).places == 0
    assert kept.heard == []


async def test_a_key_that_was_seen_is_answered_the_same(kept: Kept) -> None:
    """A command delivered again changes nothing, and is answered what it was answered."""
    first = decided(an_inquiry(), key="k", answer=Did(act="held"), entries=[an_entry("once")])
    assert await kept.store.commit(first) == Did(act="held")
    again = decided(moved(an_inquiry()), key="k", answer=Did(act="solved_asked"), entries=[an_entry("twice")])
    assert await kept.store.commit(again) == Did(act="held")
    shown = await kept.store.shown(DESK, 1)
    assert shown is not None
    assert (shown.inquiry, shown.entries) == (an_inquiry(), (an_entry("once"),))
    assert (await kept.store.read(SCOPE)).answered == Did(act="held")


async def test_a_key_is_forgotten_after_a_week(kept: Kept) -> None:
    """Platforms retry for hours; what a key was answered is kept for seven days."""
    await kept.store.commit(decided(an_inquiry(), key="k"))
    await kept.age(7 * 86_400 - 60)
    assert (await kept.store.read(SCOPE)).answered is not None
    await kept.age(120)
    assert (await kept.store.read(SCOPE)).answered is None


async def test_an_empty_draft_is_gone(kept: Kept) -> None:
    """Nothing is kept of a draft once it has been sent, and the next one begins anew."""
    await kept.store.commit(decided(a_draft()))
    await kept.store.commit(decided(a_draft("", version=2)))
    assert (await kept.store.read(SCOPE)).draft is None
    await kept.store.commit(decided(a_draft("Another")))
    assert (await kept.store.read(SCOPE)).draft == a_draft("Another")


async def test_a_draft_lives_for_thirty_days_from_its_last_change(kept: Kept) -> None:
    """Who comes back within the month finds what they wrote."""
    await kept.store.commit(decided(a_draft()))
    await kept.age(20 * 86_400)
    await kept.store.commit(decided(a_draft("More", version=2)))
    await kept.age(20 * 86_400)
    assert (await kept.store.read(SCOPE)).draft == a_draft("More", version=2)
    await kept.age(11 * 86_400)
    assert (await kept.store.read(SCOPE)).draft is None


async def test_a_person_is_forgotten_after_a_day(kept: Kept) -> None:
    """What is kept of a person paces what they write; who comes back later begins anew."""
    await kept.store.commit(decided(a_person()))
    await kept.age(23 * 3_600)
    assert (await kept.store.read(SCOPE)).person == a_person()
    await kept.age(2 * 3_600)
    assert (await kept.store.read(SCOPE)).person is None
    await kept.store.commit(decided(a_person()))
    assert (await kept.store.read(SCOPE)).person == a_person()


async def test_each_of_many_is_committed_by_itself(kept: Kept) -> None:
    """A stale or repeated decision among many stops only itself, whichever desk the others belong to."""
    await kept.store.commit(decided(an_inquiry(1)))
    await kept.store.commit(decided(an_inquiry(2), key="seen"))
    other = DeskId("kitsune")
    committed = await kept.store.commit_many(
        [
            decided(an_inquiry(3)),
            decided(an_inquiry(1)),
            decided(an_inquiry(1, desk=other), key="new"),
            decided(an_inquiry(4), key="seen"),
            decided(an_inquiry(5)),
        ]
    )
    assert committed == [True, False, True, False, True]
    assert (await kept.store.listing(DESK, "open", 10)).total == 4
    assert (await kept.store.listing(other, "open", 10)).total == 1
    assert await kept.store.commit_many([]) == []


async def test_two_for_one_inquiry_in_a_batch_are_decided_by_its_version(kept: Kept) -> None:
    """Of two decisions from the same version the first wins, in one batch as in two."""
    first = an_inquiry()
    await kept.store.commit(decided(first))
    ours = decided(moved(first, done=1), before=first)
    theirs = decided(moved(first, done=2), before=first)
    assert await kept.store.commit_many([ours, theirs]) == [True, False]
    assert (await kept.store.read(SCOPE)).inquiry == moved(first, done=1)


async def test_numbers_are_given_once(kept: Kept) -> None:
    """Each contested read for an opening gets a number of its own; other reads get none."""
    await kept.store.commit(decided(a_desk()))
    opening = Scope(desk=DESK, key=Key("o"), opening=True, contested=True)
    assert [(await kept.store.read(opening)).fresh for _ in range(3)] == [1, 2, 3]
    assert (await kept.store.read(SCOPE)).fresh == 0
    await kept.store.commit(decided(an_inquiry(3), key="o"))
    assert (await kept.store.read(opening)).fresh == 0


async def test_a_number_is_given_by_the_commit(kept: Kept) -> None:
    """Where nothing is contested the next number is only told, and given once its inquiry is there."""
    await kept.store.commit(decided(a_desk()))
    opening = Scope(desk=DESK, key=Key("o"), opening=True)
    assert [(await kept.store.read(opening)).fresh for _ in range(2)] == [1, 1]
    await kept.store.commit(decided(an_inquiry(1)))
    assert (await kept.store.read(opening)).fresh == 2
    with pytest.raises(Stale):
        await kept.store.commit(decided(an_inquiry(1)))
    await kept.store.commit(decided(an_inquiry(7)))
    assert (await kept.store.read(replace(opening, contested=True))).fresh == 8


async def test_the_log_is_kept_in_order(kept: Kept) -> None:
    """Entries stand in the order of their commits, and within a commit in the decision's."""
    inquiry = an_inquiry()
    await kept.store.commit(decided(inquiry, entries=[an_entry("1"), an_entry("2")]))
    await kept.store.commit(decided(moved(inquiry), before=inquiry, entries=[an_entry("3")]))
    shown = await kept.store.shown(DESK, 1)
    assert shown is not None
    assert [entry.text for entry in shown.entries] == [Foreign("1"), Foreign("2"), Foreign("3")]


async def test_a_seller_named_goes_before_the_inquirys_own(kept: Kept) -> None:
    """A scope's seller is read in place of the inquiry's, also where it does not exist."""
    other = a_seller(id=SellerId("other"), name=Foreign("Other"))
    await kept.store.commit(decided(an_inquiry(), a_seller(), other))
    named = Scope(desk=DESK, key=Key("k"), number=1, seller=SellerId("other"))
    snapshot = await kept.store.read(named)
    assert (snapshot.seller, snapshot.seller_count) == (other, 0)
    own = await kept.store.read(Scope(desk=DESK, key=Key("k"), number=1, seller=SellerId("acme")))
    assert (own.seller, own.seller_count) == (a_seller(), 1)
    missing = Scope(desk=DESK, key=Key("k"), number=1, seller=SellerId("none"))
    assert (await kept.store.read(missing)).seller is None


async def test_long_texts_come_back_whole(kept: Kept) -> None:
    """Text of any length and script survives, records of every size included."""
    for length in (0, 31, 255, 256, 4_000, 70_000):
        text = "界" * length
        await kept.store.commit(decided(an_inquiry(length + 1), entries=[an_entry(text)]))
        shown = await kept.store.shown(DESK, length + 1)
        assert shown is not None
        assert shown.entries[0].text == Foreign(text)
