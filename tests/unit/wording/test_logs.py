"""The log and the reason for a deadline: what each role may read."""

import pytest

from core.ports import Shown
from core.records import Entered, Entry, Party
from core.wording import log_lines, why_this_deadline
from tests.unit.wording.reading import lines, read
from tests.unit.wording.samples import ANN, BOOK, BUYER, DUE, NOW, PHOTO, TEXT, entries, inquiries, inquiry

AMONG_STAFF = {Entered.NOTE, Entered.ACKNOWLEDGED, Entered.ASSIGNED, Entered.SNOOZED, Entered.MUTED}


def logged(*shown: Entry, role: Party = Party.STAFF) -> list[list[str]]:
    """A log in English, as a role reads it."""
    return [lines(one) for one in log_lines(BOOK, "en", Shown(inquiry=inquiry(), entries=shown), role)]


def message(by: Party, to: Party) -> Entry:
    """A message of one party to another."""
    return Entry(kind=Entered.MESSAGE, at=NOW, role=by, by=ANN, name=BUYER, to=to, text=TEXT)


def by_staff(kind: Entered, detail: str) -> Entry:
    """Something that one of the staff did."""
    return Entry(kind=kind, at=NOW, role=Party.STAFF, name=BUYER, detail=detail)


@pytest.mark.parametrize("role", [Party.BUYER, Party.SELLER])
def test_what_staff_do_among_themselves_stays_there(role: Party) -> None:
    """No note, acknowledgement, assignment, snooze or mute is read by buyer or seller."""
    private = [entry for entry in entries() if entry.kind in AMONG_STAFF]
    assert logged(*private, role=role) == []
    assert len(logged(*private)) == len(private)


@pytest.mark.parametrize(("role", "other"), [(Party.BUYER, Party.SELLER), (Party.SELLER, Party.BUYER)])
def test_what_staff_say_to_one_side_is_not_read_by_the_other(role: Party, other: Party) -> None:
    """What staff write to one side, and what that side writes to staff, is between those two."""
    theirs = [message(Party.STAFF, other), message(other, Party.STAFF)]
    own = [message(Party.STAFF, role), message(role, other), message(other, role)]
    assert len(logged(*theirs, *own, role=role)) == len(own)


def test_the_log_says_when_and_who() -> None:
    """An entry says when, who and to whom, with the words, the files, and how many were once left behind."""
    entry = Entry(
        kind=Entered.MESSAGE,
        at=NOW,
        role=Party.BUYER,
        name=BUYER,
        to=Party.SELLER,
        text=TEXT,
        files=1,
        attached=(PHOTO,),
    )
    shown = log_lines(BOOK, "en", Shown(inquiry=inquiry(), entries=(entry,)), Party.STAFF)[0]
    assert lines(shown) == [
        "<0h> · Hana ⁂ (buyer) to the seller",
        "photo ⁂.png (2.3 MB)",
        "with 1 file that was not carried",
    ]
    assert shown.quote == TEXT


def test_details_are_words() -> None:
    """What an entry's detail stands for is said in words."""
    heads = [
        said[0]
        for said in logged(
            by_staff(Entered.ASSIGNED, ANN),
            by_staff(Entered.SNOOZED, DUE.isoformat()),
            by_staff(Entered.CLOSED, "refunded"),
            Entry(kind=Entered.RANG, at=NOW, to=Party.SELLER, detail="last_call"),
            Entry(kind=Entered.UNDELIVERED, at=NOW, to=Party.BUYER, detail="person_gone"),
        )
    ]
    assert heads == [
        "<0h> · Hana ⁂ (staff) assigned it to @U1",
        "<0h> · Hana ⁂ (staff) stopped staff pings until <48h>",
        "<0h> · Hana ⁂ (staff) closed it: Refunded",
        "<0h> · last call sent to the seller",
        "<0h> · A message to the buyer could not be delivered. This person has left.",
    ]


def why(state: str, role: Party) -> list[str]:
    """Why the deadline of an inquiry in this state is what it is."""
    return [read(line) for line in why_this_deadline(BOOK, "en", inquiries()[state], role)]


def test_a_deadline_is_explained_in_three_lines() -> None:
    """Staff read the anchor and the rule, the pauses, and the rungs done and to come."""
    rule, pauses, rungs = why("waiting", Party.STAFF)
    assert rule == (
        "The clock runs from the first unanswered message (<0h>) for 48 hours, so it closes <48h>."
        " Rule: amazon-jp, version 1; an estimate, since the marketplace decides."
    )
    assert pauses == "No pauses: everything comes as planned."
    assert rungs == (
        "Done: nothing. To come: reminder to the seller, <24h>; last call to the seller, <42h>;"
        " heads-up to the staff, <42h>; news of the miss to the buyer, <48h>;"
        " news of the miss to the staff, <48h>; escalation to the lead, <52h>;"
        " weekly reminder to the staff, <292h>."
    )


def test_an_acknowledgement_ends_the_pings() -> None:
    """What was acknowledged has no pings of staff to come; all pauses are named."""
    rule, pauses, rungs = why("busy", Party.STAFF)
    assert rule
    for pause in (
        "quiet hours 22:00 to 7:30 (America/New York)",
        "holding reply",
        "muted",
        "snoozed",
        "acknowledged",
    ):
        assert pause in pauses
    assert rungs == (
        "Done: reminder to the seller; last call to the seller."
        " To come: news of the miss to the buyer, <48h>; news of the miss to the staff, <48h>."
    )


@pytest.mark.parametrize("role", [Party.BUYER, Party.SELLER])
@pytest.mark.parametrize("word", ["staff", "lead", "acknowledged"])
def test_what_staff_arranged_explains_nothing_to_others(role: Party, word: str) -> None:
    """Buyer and seller read the rule and what they will be told, not what staff arranged."""
    assert word not in " ".join(why("busy", role))


def test_without_a_clock_there_is_one_line() -> None:
    """Where no reply is due, that is all there is to say."""
    assert why("answered", Party.BUYER) == [
        "No clock is running: no reply is due. Rule: amazon-jp, version 1."
    ]
