"""One of every notice that can be told.

Used by the tests of wording, beside the other samples.
"""

from collections.abc import Iterator

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
    WorkspaceLinked,
    WorkspaceUnlinked,
)
from core.policy import Step
from core.records import Asking, Outcome, Party, Topic, Wish
from core.refusal import Refusal
from core.text import Foreign
from tests.unit.wording.reasons import TROUBLES, WHYS
from tests.unit.wording.samples import (
    BUYER,
    DUE,
    LEFT,
    MARKET,
    NAMELESS,
    NOW,
    PHOTO,
    PLACE,
    REFUSALS,
    SHOP,
    TEXT,
    asked,
)


def notices() -> Iterator[AnyWhat]:
    """Each kind of notice, in each of its variants."""
    yield from _relayed()
    yield from _pings()
    yield from _acts()
    yield from _asked()
    for why in WHYS:
        yield Undelivered(number=7, to=Party.BUYER, place=PLACE, why=why, kept=True)
    yield Undelivered(number=0, to=None, place=PLACE, why="archived", kept=False)
    yield NotReached(number=0, seller=SHOP, buyer=BUYER)
    for kind in TROUBLES:
        yield Trouble(number=0, kind=kind, count=1)
        yield Trouble(number=0, kind=kind, count=900, since=NOW, platform="Discord")
    yield WorkspaceLinked(number=0, platform="Discord", by=BUYER)
    for sellers in (0, 1, 2):
        yield WorkspaceUnlinked(number=0, platform="Discord", by=BUYER, sellers=sellers)


def _relayed() -> Iterator[AnyWhat]:
    for by in Party:
        yield Relayed(number=7, by=by, name=BUYER, text=TEXT, due_at=DUE, files=1)
        yield Carried(number=7, by=by, name=BUYER, files=(PHOTO,), limit=10_485_760, left=1)
        yield Carried(number=7, by=by, name=Foreign(""), files=(PHOTO,), limit=10_485_760)
        yield FilesLeft(number=7, to=by, left=LEFT)
        yield Relayed(number=7, by=by, name=Foreign(""), text=Foreign(""), files=2)
    for name in (BUYER, Foreign("")):
        yield Relayed(number=7, by=Party.BUYER, name=name, text=TEXT, due_at=DUE, opening=True)


def _pings() -> Iterator[AnyWhat]:
    for late in (0, 5_400):
        for step in (Step.REMINDER, Step.LAST_CALL):
            yield Reminded(number=7, step=step, due_at=DUE, late=late)
        yield HeadsUp(number=7, seller=SHOP, due_at=DUE, late=late)
        for order_number in (MARKET.order_example, ""):
            yield WayOn(number=7, seller=SHOP, order_number=order_number, due_at=DUE, late=late)
        yield Missed(number=7, seller=SHOP, due_at=DUE, late=late, unread=bool(late))
        yield Escalated(number=7, seller=SHOP, due_at=DUE, late=late)
    yield StillOpen(number=7, seller=SHOP, due_at=DUE)


def _acts() -> Iterator[AnyWhat]:
    yield Held(number=7, due_at=DUE)
    yield SolvedAsked(number=7, seller=SHOP)
    yield SolvedDenied(number=7, due_at=DUE)
    yield SolvedDenied(number=7)
    yield AnsweredInTime(number=7, at=NOW)
    yield from (RefusedLate(number=7, at=NOW, refusal=refusal) for refusal in REFUSALS)
    for by in Party:
        yield NoReplyNeeded(number=7, by=by)
        yield Reopened(number=7, by=by, due_at=DUE)
        for outcome in Outcome:
            yield Closed(number=7, by=by, outcome=outcome)


def _asked() -> Iterator[Asked]:
    for asking in Asking:
        yield asked(asking)
        yield asked(asking, text=TEXT, refused=Refusal(reason="unknown_seller"))
    for topic, wish in zip(Topic, [*Wish, *Wish], strict=False):
        yield asked(Asking.MESSAGE, seller=SHOP, order_number="503-1234567-1234567", topic=topic, wish=wish)
    yield asked(Asking.MESSAGE, files=(PHOTO, NAMELESS), left=LEFT)
    yield asked(Asking.WHICH, choices=(("7", SHOP),))
    yield asked(Asking.SELLER, choices=(("aozora", SHOP),))
