"""What the ladder says: reminders, the heads-up, the miss, the way on, the escalation.

Used by core/wording/told. Facts about the marketplace are worded as estimates, and the way on shows exactly
two ways: the rules behind them are in the marketplace's help pages, which decide.
"""

from datetime import timedelta
from typing import assert_never

from core.ids import Lang
from core.notices import Escalated, HeadsUp, Missed, Reminded, StillOpen, WayOn
from core.phrasebook import Phrasebook
from core.policy import Step
from core.said import Said, Told

Ping = Reminded | HeadsUp | WayOn | Missed | Escalated | StillOpen


def of_ping(book: Phrasebook, lang: Lang, what: Ping) -> Told:
    """A rung of the ladder in words; one that is told late says by how long and why."""
    match what:
        case Reminded():
            return _reminded(book, lang, what)
        case HeadsUp():
            return Told(
                head=_head(book, lang, "notice.heads_up", what),
                body=_late(book, lang, what.late),
                acts=("acknowledge", "assign", "write_seller"),
            )
        case WayOn():
            return _way_on(book, lang, what)
        case Missed():
            return _missed(book, lang, what)
        case Escalated():
            how = book.say(lang, "notice.escalated.how")
            return Told(
                head=_head(book, lang, "notice.escalated", what),
                body=(how, *_late(book, lang, what.late)),
                acts=("acknowledge", "assign", "write_buyer", "write_seller"),
            )
        case StillOpen():
            return Told(
                head=_head(book, lang, "notice.still_open", what),
                body=(book.say(lang, "notice.still_open.how"),),
                acts=("write_seller", "no_reply_needed", "close"),
            )
        case _:
            assert_never(what)


def _head(
    book: Phrasebook, lang: Lang, phrase: str, what: HeadsUp | WayOn | Missed | Escalated | StillOpen
) -> Said:
    return book.say(lang, phrase, number=what.number, seller=what.seller, due=what.due_at)


def _late(book: Phrasebook, lang: Lang, seconds: int) -> tuple[Said, ...]:
    return (book.say(lang, "late", late=timedelta(seconds=seconds)),) if seconds else ()


def _reminded(book: Phrasebook, lang: Lang, what: Reminded) -> Told:
    step = Step.LAST_CALL if what.step is Step.LAST_CALL else Step.REMINDER
    return Told(
        head=book.say(lang, f"notice.reminded.{step.value}", number=what.number, due=what.due_at),
        body=(book.say(lang, "notice.reminded.how"), *_late(book, lang, what.late)),
        acts=("hold",),
    )


def _way_on(book: Phrasebook, lang: Lang, what: WayOn) -> Told:
    service = "notice.way_on.service" if what.order_number else "notice.way_on.service.no_order"
    return Told(
        head=_head(book, lang, "notice.way_on", what),
        body=(
            book.say(lang, service, order_number=what.order_number),
            book.say(lang, "notice.way_on.guarantee"),
            book.say(lang, "notice.way_on.conditions"),
            book.say(lang, "notice.way_on.until"),
            book.say(lang, "notice.way_on.still"),
            *_late(book, lang, what.late),
        ),
    )


def _missed(book: Phrasebook, lang: Lang, what: Missed) -> Told:
    unread = (book.say(lang, "notice.missed.unread"),) if what.unread else ()
    return Told(
        head=_head(book, lang, "notice.missed", what),
        body=(book.say(lang, "notice.missed.shown"), *unread, *_late(book, lang, what.late)),
        acts=("acknowledge", "assign", "write_buyer", "write_seller"),
    )
