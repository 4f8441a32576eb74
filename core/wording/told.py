"""Notices in words: what happened, for the line that is told.

Called by every adapter's `render`. Whom a notice pings is in the notice and added there; here are only its
words, and the buttons that answer it.
"""

from typing import assert_never

from core.ids import Lang
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
from core.phrasebook import Phrasebook
from core.records import Party
from core.said import Told
from core.wording.dialogue import question
from core.wording.matters import of_matter
from core.wording.pings import of_ping
from core.wording.refusals import refused_late
from core.wording.relays import of_relay
from core.wording.trouble import of_fault


def told(book: Phrasebook, lang: Lang, what: AnyWhat, party: Party | None) -> Told:
    """A notice in words, for the party whose line it goes to (None: a place outside any inquiry)."""
    match what:
        case Relayed() | Carried() | FilesLeft():
            return of_relay(book, lang, what, party)
        case Asked():
            return question(book, lang, what)
        case Reminded() | HeadsUp() | WayOn() | Missed() | Escalated() | StillOpen():
            return of_ping(book, lang, what)
        case Held() | NoReplyNeeded() | SolvedAsked() | SolvedDenied():
            return of_matter(book, lang, what, party)
        case Closed() | Reopened() | AnsweredInTime():
            return of_matter(book, lang, what, party)
        case RefusedLate():
            return refused_late(book, lang, what)
        case Undelivered() | NotReached() | Trouble() | WorkspaceLinked() | WorkspaceUnlinked():
            return of_fault(book, lang, what)
        case _:
            assert_never(what)
