"""Cards, lists and forms: what each party sees, and which buttons it has."""

import pytest

from core.ids import SellerId
from core.ports import Listed
from core.records import Inquiry, Party, Seller
from core.wording import face, form, greeting, help_on, listed, sellers_listed
from tests.unit.wording.reading import lines, read
from tests.unit.wording.samples import BOOK, MARKET, NOW, PLACE, SHOP, TEXT, inquiries, inquiry

BUSY = inquiries()["busy"]
STAFF_OPEN = ("assign", "write_buyer", "write_seller", "note", "snooze", "mute", "show", "close")
STAFF_QUIET = ("assign", "write_buyer", "write_seller", "note", "show", "close")


def fields(shown: Inquiry, party: Party) -> dict[str, str]:
    """A card's facts in English."""
    return {read(label): read(value) for label, value in face(BOOK, shown, party, "en").fields}


@pytest.mark.parametrize(
    ("state", "buyer", "seller", "staff"),
    [
        (
            "waiting",
            ("solved", "no_reply_needed", "withdraw"),
            ("hold", "solved"),
            ("acknowledge", *STAFF_OPEN),
        ),
        ("held", ("solved", "no_reply_needed", "withdraw"), ("solved",), ("acknowledge", *STAFF_OPEN)),
        ("missed", ("solved", "no_reply_needed", "withdraw"), ("solved",), ("acknowledge", *STAFF_OPEN)),
        ("answered", ("solved", "withdraw"), ("solved",), STAFF_QUIET),
        ("solved_asked", ("solved", "not_solved"), ("hold",), ("acknowledge", *STAFF_OPEN)),
        ("no_reply_needed", ("solved", "withdraw"), ("solved",), STAFF_QUIET),
        ("closed", ("reopen",), (), ("reopen", "show")),
        ("with_files", ("reopen",), (), ("reopen", "show", "files")),
        ("busy", ("solved", "no_reply_needed", "withdraw"), ("solved",), STAFF_OPEN),
    ],
)
def test_each_party_has_its_buttons(
    state: str, buyer: tuple[str, ...], seller: tuple[str, ...], staff: tuple[str, ...]
) -> None:
    """In each state, each party is offered what it can do then, and nothing else."""
    shown = {party: face(BOOK, inquiries()[state], party, "en").acts for party in Party}
    assert shown == {Party.BUYER: buyer, Party.SELLER: seller, Party.STAFF: staff}


def test_the_deadline_is_an_estimate_for_the_buyer_and_a_request_for_the_seller() -> None:
    """The same instant is worded for whom it concerns."""
    said = {party: read(face(BOOK, inquiry(), party, "en").state) for party in Party}
    assert said == {
        Party.BUYER: "Waiting for the seller, whose reply is expected by <48h> (estimate).",
        Party.SELLER: "The buyer is waiting. Please reply by <48h>.",
        Party.STAFF: "Waiting for the seller. The reply window closes <48h>.",
    }


def test_only_staff_see_what_staff_arranged() -> None:
    """Who has it, who has seen it and which pings wait stands on the staff's card alone."""
    own = {"Assigned to", "Acknowledged", "Staff not pinged until", "Seller not reminded until", "Messages"}
    assert fields(BUSY, Party.STAFF).keys() >= own
    assert not own & fields(BUSY, Party.BUYER).keys()
    assert not own & fields(BUSY, Party.SELLER).keys()
    assert fields(BUSY, Party.STAFF)["Acknowledged"] == "@U1, <0h>"


def test_no_empty_facts() -> None:
    """A card shows no order number where there is none."""
    assert "Order number" in fields(inquiry(), Party.SELLER)
    assert "Order number" not in fields(inquiry(order_number=""), Party.SELLER)


def test_a_running_window_shows_while_the_buyer_is_asked() -> None:
    """While the buyer is asked whether it is solved, the card still names the running window."""
    asking = inquiry(solved_asked_at=NOW)
    assert fields(asking, Party.SELLER)["Reply window closes"] == "<48h>"
    assert "Reply window closes" not in fields(inquiry(anchor=None, solved_asked_at=NOW), Party.SELLER)


def test_a_card_shows_how_it_began() -> None:
    """The beginning of the first message stands on every card."""
    assert {face(BOOK, inquiry(), party, "ja").quote for party in Party} == {TEXT}


def test_a_list_says_how_many_are_left_out() -> None:
    """A list has a line for each inquiry and counts those it leaves out."""
    said = lines(listed(BOOK, "en", Listed(inquiries=(inquiry(),), total=3), Party.STAFF))
    assert said == [
        "Open inquiries: 3",
        "Inquiry #7 from Hana ⁂ to Aozora ⁂ · Waiting for the seller. The reply window closes <48h>.",
        "2 more are not shown.",
    ]


def test_an_empty_list_tells_the_buyer_how_to_begin() -> None:
    """Where nothing is open, a buyer is told how to open something."""
    nothing = Listed(inquiries=(), total=0)
    assert lines(listed(BOOK, "ja", nothing, Party.BUYER)) == [
        "未完了の問い合わせはありません。",
        "/inquiry new で問い合わせできます。",
    ]
    assert lines(listed(BOOK, "ja", nothing, Party.STAFF)) == ["未完了の問い合わせはありません。"]


def test_sellers_are_listed_with_their_channels() -> None:
    """The list of sellers shows who can't be reached yet."""
    desk = inquiry().desk
    there = Seller(id=SellerId("a"), desk=desk, name=SHOP, place=PLACE)
    nowhere = Seller(id=SellerId("b"), desk=desk, name=SHOP)
    assert lines(sellers_listed(BOOK, "en", (there, nowhere))) == [
        "Sellers: 2",
        "Aozora ⁂ · #C1",
        "Aozora ⁂ · no channel yet",
    ]


def test_the_form_shows_an_order_number() -> None:
    """The form of a new inquiry shows an order number as the marketplace writes it, and where to find one."""
    field = form(BOOK, "en", "new", example=MARKET.order_example).fields["order_number"]
    assert field.placeholder == MARKET.order_example
    assert "order history" in field.hint


def test_the_form_names_what_its_entry_takes() -> None:
    """A hint names the limit of the platform's own entry, or that of a message."""
    assert form(BOOK, "en", "note", limit=3_000).fields["text"].hint == "Up to 3,000 characters."
    assert form(BOOK, "en", "new").fields["text"].hint == "Up to 4,000 characters."


def test_forms_name_their_fields_as_commands_do() -> None:
    """A note and a message are both entered as `text`, a desk and a seller both have a `name`."""
    assert list(form(BOOK, "en", "note").fields) == ["text"]
    assert form(BOOK, "en", "setup").fields["name"].label == "Name of the desk"
    assert form(BOOK, "en", "seller").fields["name"].label == "Seller's name"


def test_help_names_every_command() -> None:
    """Help has a line for each command and says who may set up; what is unknown is named."""
    inquiry_help = lines(help_on(BOOK, "en", "inquiry"))
    for word in ("new", "list", "show", "close", "help"):
        assert any(line.startswith(f"/inquiry {word}") for line in inquiry_help)
    assert "admins here" in lines(help_on(BOOK, "en", "desk"))[2]
    assert lines(help_on(BOOK, "en", "seller", SHOP))[0] == "I don't know Aozora ⁂. Here is what I know:"


def test_the_greeting_is_two_lines() -> None:
    """Added to a channel, Henji says what it is for and what to type."""
    what, how = lines(greeting(BOOK, "en"))
    assert what.startswith("Hello, I'm Henji.")
    assert "/inquiry new" in how
