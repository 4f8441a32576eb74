"""One of everything that can be said, and a phrasebook that remembers what it was asked for.

Used by the tests of wording. All foreign text carries `MARK`, so that a test can see where it ends up.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

import core
from core.answers import (
    AnyAnswer,
    CodeMade,
    DeskReady,
    Did,
    Linked,
    Nothing,
    Opened,
    Question,
    SellerSaved,
    Sent,
)
from core.files import File, FileRef, Left, Why
from core.ids import DeskId, Lang, LinkCode, PersonId, PlaceId, SellerId
from core.ladder import read_market
from core.notices import (
    Asked,
)
from core.phrasebook import Fact, Phrasebook
from core.policy import Quiet, Step
from core.records import (
    Asking,
    Entered,
    Entry,
    Inquiry,
    Line,
    Outcome,
    Party,
    ShownAs,
    Signed,
    Topic,
    Wish,
)
from core.refusal import Refusal
from core.said import Said
from core.text import Foreign
from tests.unit.wording.reasons import PLAIN_ACTS, PLAIN_REFUSALS, WHYS

MARK = "\u2042"
NOW = datetime(2026, 4, 6, 3, tzinfo=UTC)
DUE = NOW + timedelta(hours=48)
PLACE = PlaceId("slack:T1:C1")
ON_DISCORD = PlaceId("discord:1:2")
ANN = PersonId("slack:T1:U1")
BUYER = Foreign(f"Hana {MARK}")
SHOP = Foreign(f"Aozora {MARK}")
TEXT = Foreign(f"It is {MARK} broken")
PHOTO = File(Foreign(f"photo {MARK}.png"), 2_400_000, "image/png", FileRef("slack:T1:F1"))
NAMELESS = File(Foreign(""), 0, "", FileRef("slack:T1:F2"))
LEFT = tuple(Left(PHOTO, why, 10) for why in Why)
LOCALE = Path(core.__file__).parent / "locale"
CATALOGUES: dict[Lang, bytes] = {
    "en": (LOCALE / "en.po").read_bytes(),
    "ja": (LOCALE / "ja.po").read_bytes(),
}
BOOK = Phrasebook(CATALOGUES)
MARKET = read_market("amazon-jp", (Path(core.__file__).parent / "policies" / "amazon-jp.toml").read_bytes())
REFUSALS = (
    *(Refusal(reason=reason, number=7) for reason in PLAIN_REFUSALS),
    Refusal(reason="not_allowed", field="place"),
    Refusal(reason="seller_unreachable", text=SHOP, kept=True),
    Refusal(reason="order_number", text=TEXT, example=MARKET.order_example),
    Refusal(reason="too_long", limit=4_000, got=5_000, kept=True),
    Refusal(reason="too_many_open", limit=20),
    Refusal(reason="files_left", left=LEFT),
    Refusal(reason="no_files", number=7),
    Refusal(reason="too_fast", limit=20, until=NOW),
    Refusal(reason="too_late_to_hold", number=7, until=NOW),
    Refusal(reason="past", number=7, until=NOW),
    Refusal(reason="too_far", number=7, limit=30),
    Refusal(reason="name_taken", text=SHOP),
    Refusal(reason="desk_in_use", text=SHOP),
    Refusal(reason="time", text=TEXT),
    Refusal(reason="too_many_sellers", limit=1_000),
    Refusal(reason="closed", number=7, offer="reopen"),
)


class Recording(Phrasebook):
    """A phrasebook that remembers which phrases were asked of it."""

    def __init__(self) -> None:
        """Open the catalogues as shipped."""
        super().__init__(CATALOGUES)
        self.asked: set[str] = set()

    def say(self, lang: Lang, phrase: str, **facts: Fact) -> Said:
        """Say it, and remember it."""
        self.asked.add(phrase)
        return super().say(lang, phrase, **facts)


def inquiry(quiet: Quiet | None = None, **fields: Any) -> Inquiry:
    """An inquiry whose window has just begun, changed as said."""
    made = Inquiry(
        desk=DeskId("dsk"),
        number=7,
        buyer=PersonId("slack:T1:U2"),
        buyer_name=BUYER,
        seller=SellerId("aozora"),
        seller_name=SHOP,
        order_number=MARKET.order_example,
        topic=Topic.DAMAGED,
        wish=Wish.REPLACE,
        excerpt=TEXT,
        lines={party: Line(place=PLACE, lang="en") for party in Party},
        policy=msgspec.structs.replace(MARKET.policy, quiet=quiet),
        opened_at=NOW,
        anchor=NOW,
        messages=1,
    )
    return msgspec.structs.replace(made, **fields)


def inquiries() -> dict[str, Inquiry]:
    """An inquiry in each state, and one with all that staff can set."""
    return {
        "waiting": inquiry(),
        "held": inquiry(held_at=NOW),
        "by_role": inquiry(shown_as=ShownAs.ROLE),
        "nameless": inquiry(buyer_name=Foreign("")),
        "missed": inquiry(missed_at=DUE),
        "answered": inquiry(anchor=None, answered_at=NOW),
        "solved_asked": inquiry(solved_asked_at=NOW),
        "no_reply_needed": inquiry(anchor=None),
        "closed": inquiry(anchor=None, outcome=Outcome.SOLVED, closed_at=NOW),
        "busy": inquiry(
            Quiet(start=22 * 60, end=7 * 60 + 30, zone="America/New_York"),
            acknowledged=Signed(by=ANN, at=NOW),
            assigned=ANN,
            snoozed_until=DUE,
            muted_until=DUE,
            held_at=NOW,
            done=0b11,
        ),
        "with_files": inquiry(anchor=None, outcome=Outcome.SOLVED, closed_at=NOW, files=2),
    }


def asked(asking: Asking, **fields: Any) -> Asked:
    """A question of the dialogue."""
    plain = {"seller": Foreign(""), "order_number": "", "text": Foreign("")}
    return Asked(number=0, asking=asking, **{**plain, **fields})


def answers() -> Iterator[AnyAnswer]:
    """Each kind of answer, in each of its variants."""
    yield Nothing()
    yield from REFUSALS
    yield Opened(number=7, seller=SHOP, due_at=DUE)
    yield Opened(number=7, seller=SHOP, due_at=DUE, left=LEFT)
    for to in Party:
        yield Sent(number=7, to=to, due_at=DUE)
        yield Sent(number=7, to=to, left=LEFT)
    for act in PLAIN_ACTS:
        yield Did(act=act, number=7)
        yield Did(act=act, number=7, until=DUE, name=BUYER)
    yield Did(act="snoozed", number=7, until=DUE)
    yield Did(act="muted", number=7, until=DUE)
    for outcome in Outcome:
        yield Did(act="closed", number=7, outcome=outcome.value)
    for count in (0, 1, 2):
        yield Did(act="seller_removed", name=SHOP, count=count)
        yield Did(act="unlinked", count=count)
    yield CodeMade(code=LinkCode("bcdf2345"), until=DUE)
    yield Linked(desk=SHOP)
    yield DeskReady(name=SHOP, staff_place=PLACE)
    yield SellerSaved(id=SellerId("aozora"), name=SHOP, place=PLACE, ping=(ANN, ANN))
    yield SellerSaved(id=SellerId("aozora"), name=SHOP, place=PLACE)
    yield DeskReady(name=SHOP, staff_place=ON_DISCORD)
    yield SellerSaved(id=SellerId("aozora"), name=SHOP, place=ON_DISCORD)
    yield SellerSaved(id=SellerId("aozora"), name=SHOP, place=None)
    yield Question(ask=asked(Asking.ORDER))


def entries() -> tuple[Entry, ...]:
    """Each kind of entry, in each of its variants."""
    details = {
        Entered.ASSIGNED: (ANN,),
        Entered.SNOOZED: (DUE.isoformat(),),
        Entered.MUTED: (DUE.isoformat(),),
        Entered.RANG: tuple(step.value for step in Step),
        Entered.CLOSED: tuple(outcome.value for outcome in Outcome),
        Entered.UNDELIVERED: WHYS,
        Entered.FILES_LEFT: tuple(Why),
    }
    return tuple(
        Entry(
            kind=kind,
            at=NOW,
            role=role,
            name=BUYER,
            to=to,
            detail=detail,
            text=TEXT,
            files=1,
            attached=(PHOTO,),
        )
        for kind in Entered
        for role in (None, *Party)
        for to in (None, *Party)
        for detail in details.get(kind, ("",))
    )
