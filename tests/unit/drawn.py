"""One of everything that is told, and what people write to break it.

Used by the tests of what the chat platforms' adapters draw. Whatever holds for these texts holds for any:
they ping, format, link, command, turn the line around, or are nothing to see.
"""

from datetime import UTC, datetime

import msgspec

from core.answers import AnyAnswer, DeskReady, Did, Nothing, Opened, Question, SellerSaved, Sent
from core.files import File, FileRef, Left, Why
from core.ids import PersonId, PlaceId, SellerId
from core.notices import (
    AnsweredInTime,
    AnyWhat,
    Asked,
    Carried,
    Closed,
    Escalated,
    FilesLeft,
    HeadsUp,
    Held,
    Missed,
    NoReplyNeeded,
    NotReached,
    RefusedLate,
    Relayed,
    Reminded,
    Reopened,
    SolvedAsked,
    SolvedDenied,
    StillOpen,
    Trouble,
    Undelivered,
    WayOn,
)
from core.policy import Step
from core.records import Asking, Inquiry, Outcome, Party, Seller, Topic, Wish
from core.refusal import Refusal
from core.text import Foreign
from tests.contract.store.things import a_seller, an_inquiry

DUE = datetime(2026, 4, 3, 3, tzinfo=UTC)
CHANNEL = PlaceId("slack:T01:C01")

HOSTILE = (
    "<!channel> <!here> <!everyone>",
    "@channel @here @everyone",
    "<@U99> <@U99|hanako>",
    "<!subteam^S01> <#C99> <!date^0^{date}|x>",
    "*bold* _italic_ ~strike~ `code` ```block```",
    "> quoted\n* listed\n1. counted",
    "<https://evil.example|Amazon> https://evil.example [a](https://evil.example)",
    "&lt;!channel&gt; &amp;lt; &#60;!channel&#62;",
    ":smile: /inquiry close 1",
    "\u202eرسالة\u2066 abc \u05d0\u05d1",
    "zero\u200bwidth\u2060\ufeff",
    "'\"\\ {name} {0} %s </b><script>",
    "<<!channel>>",
    "𝕳 👩\u200d👩\u200d👧 ﷽",
    "x" * 4_000,
    "<&>" * 1_300,
)


def file(name: Foreign) -> File:
    """A file of that name."""
    return File(name, 2_400_000, "image/png", FileRef("slack:T01:F01"))


def left(name: Foreign) -> tuple[Left, ...]:
    """A file of that name, left behind."""
    return (Left(file(name), Why.TOO_LARGE, 10_485_760),)


def everything(text: Foreign) -> list[AnyWhat]:
    """One of each notice, with `text` wherever something of a person stands."""
    refusal = Refusal(reason="order_number", text=text, example="503-1234567-1234567", field="order_number")
    return [
        Relayed(number=7, by=Party.BUYER, name=text, text=text, due_at=DUE, files=2, opening=True),
        Relayed(number=7, by=Party.SELLER, name=text, text=text),
        Carried(number=7, by=Party.SELLER, name=text, files=(file(text),), limit=10_485_760, left=1),
        FilesLeft(number=7, to=Party.BUYER, left=left(text)),
        Relayed(number=7, by=Party.STAFF, name=text, text=text),
        Reminded(number=7, step=Step.REMINDER, due_at=DUE, late=7_200),
        Reminded(number=7, step=Step.LAST_CALL, due_at=DUE),
        HeadsUp(number=7, seller=text, due_at=DUE),
        WayOn(number=7, seller=text, order_number="503-1234567-1234567", due_at=DUE),
        WayOn(number=7, seller=text, order_number="", due_at=DUE, late=100_000),
        Missed(number=7, seller=text, due_at=DUE, unread=True),
        Escalated(number=7, seller=text, due_at=DUE),
        StillOpen(number=7, seller=text, due_at=DUE),
        Held(number=7, due_at=DUE),
        NoReplyNeeded(number=7, by=Party.BUYER),
        SolvedAsked(number=7, seller=text),
        SolvedDenied(number=7, due_at=DUE),
        SolvedDenied(number=7),
        *(Closed(number=7, by=Party.STAFF, outcome=outcome) for outcome in Outcome),
        Reopened(number=7, by=Party.BUYER, due_at=DUE),
        AnsweredInTime(number=7, at=DUE),
        RefusedLate(number=7, at=DUE, refusal=refusal),
        Undelivered(number=7, to=Party.BUYER, place=PlaceId("slack:T01:@U05"), why="dm_closed", kept=True),
        Undelivered(number=7, to=None, place=PlaceId("discord:9:8"), why="not_in_channel", kept=False),
        NotReached(number=0, seller=text, buyer=text),
        Trouble(number=0, kind="sweep_late", count=90, since=DUE),
        *asked(text),
        Asked(number=0, asking=Asking.ORDER, seller=text, order_number="", text=text, refused=refusal),
    ]


def asked(text: Foreign) -> list[Asked]:
    """Each of the dialogue's questions."""
    known = Asked(number=0, asking=Asking.NOTHING, seller=text, order_number="503-1", text=text)
    many = tuple((str(number), text) for number in range(20))
    return [
        *(
            msgspec.structs.replace(known, asking=asking, topic=Topic.RETURN, wish=Wish.REFUND)
            for asking in Asking
        ),
        msgspec.structs.replace(known, asking=Asking.WHICH, choices=(("7", text), ("8", text))),
        msgspec.structs.replace(known, asking=Asking.WHICH, choices=many),
        msgspec.structs.replace(known, asking=Asking.SELLER, choices=(("acme", text),)),
    ]


def answers(text: Foreign) -> list[AnyAnswer]:
    """One of each answer, but for those in which nobody's words stand."""
    return [
        Nothing(),
        Opened(number=7, seller=text, due_at=DUE),
        Sent(number=7, to=Party.SELLER, due_at=DUE, left=left(text)),
        Did(act="closed", number=7, outcome="solved"),
        Did(act="seller_removed", name=text, count=3),
        DeskReady(name=text, staff_place=CHANNEL),
        SellerSaved(id=SellerId("acme"), name=text, place=CHANNEL, ping=(PersonId("slack:T01:U05"),)),
        SellerSaved(id=SellerId("acme"), name=text, place=None),
        Refusal(reason="order_number", text=text, example="503-1234567-1234567"),
        Refusal(reason="too_long", limit=4_000, got=5_000, kept=True, number=7),
        Refusal(reason="closed", number=7, offer="reopen"),
        Question(ask=asked(text)[0]),
    ]


def inquiry(text: Foreign) -> Inquiry:
    """An inquiry between people of these names, about this."""
    return an_inquiry(7, buyer_name=text, seller_name=text, excerpt=text)


def seller(text: Foreign) -> Seller:
    """A seller of that name."""
    return a_seller(name=text)
