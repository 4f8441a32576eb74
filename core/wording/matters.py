"""What the parties of an inquiry do, as the others are told: held, solved, closed, reopened.

Used by core/wording/told. Never says whose act it may be: a button that is shown is asked about again when it
is pressed.
"""

from typing import assert_never

from core.ids import Lang
from core.notices import AnsweredInTime, Closed, Held, NoReplyNeeded, Reopened, SolvedAsked, SolvedDenied
from core.phrasebook import Phrasebook
from core.records import Party
from core.said import Told
from core.wording.names import WORDS, outcome_name

Matter = Held | NoReplyNeeded | SolvedAsked | SolvedDenied | Closed | Reopened | AnsweredInTime


def of_matter(book: Phrasebook, lang: Lang, what: Matter, party: Party | None) -> Told:
    """What somebody did, as `party` reads it."""
    number = what.number
    match what:
        case Held(due_at=due):
            return Told(
                head=book.say(lang, "notice.held", number=number),
                body=(book.say(lang, "notice.held.due", due=due),),
            )
        case NoReplyNeeded(by=by):
            whose = Party.STAFF if by is Party.STAFF else Party.BUYER
            return Told(head=book.say(lang, f"notice.no_reply_needed.{WORDS[whose]}", number=number))
        case SolvedAsked(seller=seller):
            return Told(
                head=book.say(lang, "notice.solved_asked", number=number, seller=seller),
                body=(book.say(lang, "notice.solved_asked.how"),),
                acts=("solved", "not_solved"),
            )
        case SolvedDenied(due_at=due):
            return Told(
                head=book.say(lang, "notice.solved_denied", number=number),
                body=() if due is None else (book.say(lang, "relayed.due", due=due),),
            )
        case Closed():
            return _closed(book, lang, what, party)
        case Reopened(by=by, due_at=due):
            return Told(head=book.say(lang, f"notice.reopened.{WORDS[by]}", number=number, due=due))
        case AnsweredInTime(at=at):
            return Told(head=book.say(lang, "notice.answered_in_time", number=number, at=at))
        case _:
            assert_never(what)


def _closed(book: Phrasebook, lang: Lang, what: Closed, party: Party | None) -> Told:
    """Closed; who may reopen it is shown how."""
    head = book.say(
        lang,
        f"notice.closed.{WORDS[what.by]}",
        number=what.number,
        outcome=outcome_name(book, lang, what.outcome),
    )
    if party is Party.SELLER:
        return Told(head=head)
    return Told(head=head, body=(book.say(lang, "notice.closed.how"),), acts=("reopen",))
