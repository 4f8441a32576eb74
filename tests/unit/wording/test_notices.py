"""Notices: what each party is told, and what is said beside it."""

from datetime import timedelta

import msgspec
import pytest

from core.ids import LANGUAGES, Lang
from core.notices import Closed, Missed, NotReached, RefusedLate, Relayed, Reminded, Undelivered, WayOn
from core.policy import Step
from core.records import Asking, Outcome, Party
from core.refusal import Refusal
from core.said import Told
from core.wording import choices, told
from tests.unit.wording.reading import lines, notice, read
from tests.unit.wording.samples import BOOK, BUYER, DUE, MARKET, PLACE, SHOP, TEXT, asked

OPENING = Relayed(number=7, by=Party.BUYER, name=BUYER, text=TEXT, due_at=DUE, opening=True)
WAY_ON = WayOn(number=7, seller=SHOP, order_number=MARKET.order_example, due_at=DUE)
MISSED = Missed(number=7, seller=SHOP, due_at=DUE)


def in_english(what: Relayed | Closed, party: Party) -> Told:
    """A notice in English."""
    return told(BOOK, "en", what, party)


def test_seller_reads_an_opening_with_its_deadline() -> None:
    """A new inquiry reaches the seller with the buyer's words, the deadline, and how to reply."""
    read_by_seller = in_english(OPENING, Party.SELLER)
    assert lines(read_by_seller) == [
        "New inquiry from Hana ⁂",
        "Please reply by <48h>.",
        "What you write here goes to the buyer.",
    ]
    assert read_by_seller.quote == TEXT


def test_buyer_reads_their_own_opening_as_sent() -> None:
    """The buyer's own line begins with what was sent and with an estimate, not a promise."""
    assert notice(OPENING, Party.BUYER) == [
        "Your inquiry #7, as sent to the seller",
        "The seller's reply is expected by <48h>. This is an estimate.",
        "The reply comes here, and what you write here goes to the seller.",
    ]


@pytest.mark.parametrize(
    ("by", "party", "head"),
    [
        (Party.SELLER, Party.BUYER, "出品者のHana ⁂さんからです。"),
        (Party.BUYER, Party.SELLER, "購入者のHana ⁂さんからです。"),
        (Party.STAFF, Party.BUYER, "窓口担当のHana ⁂さんからです。"),
        (Party.STAFF, Party.SELLER, "窓口担当のHana ⁂さんからです。"),
        (Party.STAFF, Party.STAFF, "Hana ⁂さんのメモです。"),
    ],
)
def test_messages_say_whose_they_are(by: Party, party: Party, head: str) -> None:
    """A message names who wrote it and for which side; among staff it is a note."""
    assert notice(Relayed(number=7, by=by, name=BUYER, text=TEXT), party, "ja") == [head]


def test_receiver_hears_of_files_left_behind() -> None:
    """Whoever reads a message some of whose files stayed behind is told how many."""
    one = Relayed(number=7, by=Party.SELLER, name=BUYER, text=TEXT, files=1)
    two = msgspec.structs.replace(one, files=2)
    assert notice(one, Party.BUYER)[1].startswith("1 file did not come along")
    assert notice(two, Party.BUYER)[1].startswith("2 files did not come along")


def test_refused_late_says_which_message_and_what_to_change() -> None:
    """The message is named by when it was written; the refusal is said as it would have been at once."""
    closed = Refusal(reason="closed", number=7, offer="reopen", kept=True)
    what = told(BOOK, "en", RefusedLate(number=7, at=DUE, refusal=closed), Party.BUYER)
    assert lines(what) == [
        "What you wrote here (<48h>) was read later, and could not be taken.",
        "#7 is closed. To go on with it, the buyer or the staff can reopen it.",
        "What you wrote is kept.",
    ]
    assert what.acts == ("reopen",)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_way_on_shows_exactly_two_ways(lang: Lang) -> None:
    """After a miss the buyer is shown customer service and the guarantee, in that order, and no third way."""
    said = notice(WAY_ON, Party.BUYER, lang)
    assert [line[:2] for line in said if line[0].isdigit()] == ["1.", "2."]
    assert MARKET.order_example in said[1]


@pytest.mark.parametrize(("lang", "word"), [("en", "estimate"), ("ja", "目安")])
def test_way_on_is_an_estimate(lang: Lang, word: str) -> None:
    """The way on is said to be an estimate, about 90 days to be one too, and Henji not to be Amazon."""
    said = "".join(notice(WAY_ON, Party.BUYER, lang))
    assert word in said
    assert "90" in said
    assert "Henji is not Amazon" in said or "HenjiはAmazonではなく" in said


def test_way_on_keeps_the_guarantees_own_gates() -> None:
    """A missing reply is never said to open the guarantee: its own conditions stand beside it."""
    said = notice(WAY_ON, Party.BUYER)
    assert said[3] == (
        "A missing reply alone does not open the guarantee; it has conditions of its own. Not arrived: 3 days"
        " past the last day of the estimated delivery, or tracking says delivered. Damaged or different: you"
        " asked for a return more than 48 hours ago."
    )


def test_way_on_without_an_order_number() -> None:
    """Who gave no order number is not shown an empty one."""
    said = notice(msgspec.structs.replace(WAY_ON, order_number=""), Party.BUYER)
    assert "the order number if there is one" in said[1]


def test_late_rungs_say_so() -> None:
    """A rung that is told late says by how long and why; one on time says nothing of it."""
    late = msgspec.structs.replace(MISSED, late=int(timedelta(hours=5).total_seconds()))
    assert notice(late, Party.STAFF)[-1] == (
        "This comes 5 hours late: Henji was not running, or not connected, for a while."
    )
    assert notice(MISSED, Party.STAFF) == [
        "#7: missed. Aozora ⁂ did not reply by <48h>.",
        "The buyer has been shown the way on.",
    ]


def test_an_unread_thread_is_said() -> None:
    """A miss told without having read the thread back says that a reply may be there."""
    unread = msgspec.structs.replace(MISSED, unread=True)
    assert "could not be read back" in notice(unread, Party.STAFF)[2]


def test_reminders_differ_by_step() -> None:
    """The last reminder says that the window closes soon; both offer the holding reply."""
    reminders = [Reminded(number=7, step=step, due_at=DUE) for step in (Step.REMINDER, Step.LAST_CALL)]
    first, last = (notice(one, Party.SELLER) for one in reminders)
    assert first[0] == "#7: the buyer is waiting for your reply. Please answer by <48h>."
    assert last[0] == "#7: the reply window closes soon. Please answer by <48h>."
    assert {told(BOOK, "en", one, Party.SELLER).acts for one in reminders} == {("hold",)}


@pytest.mark.parametrize(("party", "acts"), [(Party.BUYER, ("reopen",)), (Party.SELLER, ())])
def test_only_those_who_may_are_shown_reopen(party: Party, acts: tuple[str, ...]) -> None:
    """The buyer is offered to reopen what was closed, the seller is not."""
    closed = Closed(number=7, by=Party.STAFF, outcome=Outcome.REFUNDED)
    assert in_english(closed, party).acts == acts
    assert lines(in_english(closed, party))[0] == "#7: closed by the desk's staff (Refunded)."


def test_undelivered_says_what_mends_it() -> None:
    """Staff read whom a notice was for, where, what to do about it, and that it is kept."""
    what = Undelivered(number=7, to=Party.SELLER, place=PLACE, why="not_in_channel", kept=True)
    assert notice(what, Party.STAFF) == [
        "#7: a message to the seller could not be delivered (#C1).",
        (
            "Henji is not in this channel. In Slack, invite it there with /invite @Henji; "
            "on Discord, give it the permission View Channel there."
        ),
        "It is kept, and goes out once this is mended.",
    ]


def test_a_seller_without_a_place_is_told_to_staff() -> None:
    """Staff read who wanted to write to whom, and how to set the channel."""
    said = notice(NotReached(number=0, seller=SHOP, buyer=BUYER), None)
    assert said[0] == "Hana ⁂ wanted to write to Aozora ⁂, who has no channel yet."
    assert "/seller add" in said[1]


def test_a_refused_answer_stands_above_the_question() -> None:
    """In the dialogue, what was wrong comes first, then the question again, then what is known."""
    wrong = Refusal(reason="order_number", text=TEXT, example="503-1234567-1234567")
    said = notice(asked(Asking.ORDER, seller=SHOP, refused=wrong), None)
    assert said[0] == (
        "It is ⁂ broken is not an order number. It has 3, 7 and 7 digits, for example 503-1234567-1234567."
    )
    assert said[2].startswith("What is the order number?")
    assert said[3] == "Seller: Aozora ⁂"


@pytest.mark.parametrize(
    ("asking", "values"),
    [
        (Asking.NOTHING, []),
        (Asking.WHICH, ["new", "cancel"]),
        (Asking.SELLER, ["cancel"]),
        (Asking.ORDER, ["none", "cancel"]),
        (Asking.MESSAGE, ["cancel"]),
    ],
)
def test_each_question_has_its_choices(asking: Asking, values: list[str]) -> None:
    """Every question can be cancelled; there is nothing to send before there is a message."""
    assert [value for value, _ in choices(BOOK, "en", asked(asking))] == values


def test_a_message_can_be_sent_or_added_to() -> None:
    """Once there is a message, it is shown and can be sent."""
    question = asked(Asking.MESSAGE, text=TEXT)
    assert [value for value, _ in choices(BOOK, "en", question)] == [question.sending, "cancel"]
    shown = told(BOOK, "en", question, None)
    assert lines(shown) == ["Shall I send this to the seller? To add something, write it first."]
    assert shown.quote == TEXT


def test_inquiries_are_chosen_by_number_and_seller() -> None:
    """Which inquiry a message belongs to is chosen by its number and its seller's name."""
    question = asked(Asking.WHICH, choices=(("7", SHOP),))
    value, label = choices(BOOK, "en", question)[0]
    assert (value, read(label)) == ("7", "#7 · Aozora ⁂")
