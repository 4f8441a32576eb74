"""Answers: what whoever acted is told at once."""

import pytest

from core.answers import DeskReady, Did, Nothing, Opened, SellerSaved, Sent
from core.files import Left, Why
from core.ids import SellerId
from core.records import Party
from core.refusal import Refusal
from core.wording import answered
from tests.unit.wording.reading import answer
from tests.unit.wording.samples import ANN, BOOK, BUYER, DUE, NAMELESS, NOW, PHOTO, PLACE, SHOP


def test_nothing_is_nothing() -> None:
    """An act that shows for itself is answered with silence."""
    assert answered(BOOK, "en", Nothing()).head == ()


def test_an_opening_names_its_number_and_an_estimate() -> None:
    """Who opened an inquiry reads its number, the seller, and when a reply is to be expected."""
    assert answer(Opened(number=7, seller=SHOP, due_at=DUE)) == [
        "#7 is open and on its way to Aozora ⁂.",
        "A reply is expected by <48h>. This is an estimate. It comes to you in my direct messages.",
    ]


def test_a_sender_hears_of_files_left_behind() -> None:
    """Who sent files is told which stay behind, and why."""
    large = Left(PHOTO, Why.TOO_LARGE, 10 * 1024 * 1024)
    assert answer(Sent(number=7, to=Party.BUYER, left=(large, Left(NAMELESS, Why.EMPTY)))) == [
        "#7: on its way to the buyer.",
        "photo ⁂.png (2.3 MB) is not passed on: a file may have 10 MB at most.",
        "a file without a name is not passed on: there is nothing in it.",
    ]


def test_the_window_is_told_to_who_writes_to_the_seller() -> None:
    """Only a message to the seller is answered with the window it runs in."""
    assert answer(Sent(number=7, to=Party.SELLER, due_at=DUE))[1:] == [
        "The seller's reply window closes <48h>."
    ]
    assert answer(Sent(number=7, to=Party.BUYER, due_at=DUE))[1:] == []


@pytest.mark.parametrize(
    ("did", "said"),
    [
        (
            Did(act="held", number=7, until=DUE),
            [
                "#7: the buyer is told that you are looking into it.",
                "The reply window stays: please answer by <48h>.",
            ],
        ),
        (
            Did(act="solved_denied", number=7),
            ["#7: thank you. The seller is told that it is not solved yet."],
        ),
        (Did(act="assigned", number=7), ["#7: assigned."]),
        (Did(act="assigned", number=7, name=BUYER), ["#7: assigned to Hana ⁂."]),
        (Did(act="closed", number=7, outcome="refunded"), ["#7: closed (Refunded)."]),
        (
            Did(act="seller_removed", name=SHOP, count=1),
            ["Aozora ⁂ is off the list.", "1 open inquiry with them goes on to its end."],
        ),
        (Did(act="seller_removed", name=SHOP), ["Aozora ⁂ is off the list."]),
    ],
)
def test_what_was_done_is_said(did: Did, said: list[str]) -> None:
    """What was done is said with what follows from it, and nothing that does not."""
    assert answer(did) == said


def test_a_refusal_says_that_nothing_is_lost() -> None:
    """A message over the limit is refused with both numbers, and kept."""
    refused = Refusal(reason="too_long", limit=4_000, got=5_000, kept=True)
    assert answer(refused, "ja") == [
        "本文が5,000文字あります。4,000文字以内に短くするか、2回に分けて送ってください。",
        "書いた内容は下書きに残してあります。",
    ]


def test_a_wrong_order_number_is_told_its_shape_and_where_to_find_it() -> None:
    """A malformed order number is answered with the shape, an example, and the places it stands in."""
    said = answer(Refusal(reason="order_number", text=SHOP, example="503-1234567-1234567"))
    assert "3, 7 and 7 digits, for example 503-1234567-1234567" in said[0]
    assert "order history" in said[1]


def test_a_refusal_offers_what_would_help() -> None:
    """What is closed can be reopened from the refusal itself."""
    assert answered(BOOK, "en", Refusal(reason="closed", number=7, offer="reopen")).acts == ("reopen",)


def test_pace_is_told_with_an_instant() -> None:
    """Who writes too fast is told when to go on."""
    assert answer(Refusal(reason="too_fast", limit=20, until=NOW)) == [
        "Only 20 messages a minute are carried. Please send this one again after <0h>."
    ]


def test_a_saved_seller_is_told_with_what_is_missing() -> None:
    """Who saved a seller reads where inquiries go, whom they ping, and what is missing."""
    seller = SellerId("aozora")
    reached = answer(SellerSaved(id=seller, name=SHOP, place=PLACE, ping=(ANN, ANN)))
    assert reached[1].startswith("Inquiries go to #C1.")
    assert reached[2] == "Pinged there: @U1, @U1"
    unheard = answer(SellerSaved(id=seller, name=SHOP, place=PLACE))
    assert unheard[2] == "Nobody is pinged there, so a message may go unseen."
    nowhere = answer(SellerSaved(id=seller, name=SHOP, place=None))
    assert nowhere[1].startswith("There is no channel yet")


def test_a_ready_desk_says_what_comes_next() -> None:
    """Who set up a desk reads where its inquiries appear and to add sellers next."""
    said = answer(DeskReady(name=SHOP, staff_place=PLACE))
    assert said[1].startswith("Its inquiries appear in #C1.")
    assert said[2] == "Next, add the sellers: /seller add"
