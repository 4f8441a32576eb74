"""What can be told from an inquiry alone: its state, its index entries, its names.

Pure functions, called by the rules, the store, the audit and the wording. They never change an inquiry:
core/rules does.
"""

import enum

import msgspec

from core.clock import due_at
from core.ids import MessageId, NoticeId
from core.records import Inquiry, Line, Party


class State(enum.StrEnum):
    """Where an inquiry stands, as a card says it. The value is a phrase id below `state.`."""

    WAITING = "waiting"
    HELD = "held"
    MISSED = "missed"
    ANSWERED = "answered"
    SOLVED_ASKED = "solved_asked"
    NO_REPLY_NEEDED = "no_reply_needed"
    CLOSED = "closed"


def state_of(inquiry: Inquiry) -> State:
    """The one word for where it stands."""
    if inquiry.outcome is not None:
        return State.CLOSED
    if inquiry.solved_asked_at is not None:
        return State.SOLVED_ASKED
    if inquiry.anchor is None:
        return State.NO_REPLY_NEEDED if inquiry.answered_at is None else State.ANSWERED
    if inquiry.missed_at is not None:
        return State.MISSED
    return State.WAITING if inquiry.held_at is None else State.HELD


def is_open(inquiry: Inquiry) -> bool:
    """Whether it has not been closed."""
    return inquiry.outcome is None


def pressing(inquiry: Inquiry) -> float:
    """What puts the most pressing first: when its window closes, or when it was opened (epoch seconds)."""
    return (due_at(inquiry) or inquiry.opened_at).timestamp()


def index_entries(inquiry: Inquiry) -> frozenset[tuple[str, float]]:
    """The indexes an inquiry stands in, with its score in each (seconds since the epoch).

    None once it is closed.
    """
    if not is_open(inquiry):
        return frozenset()
    opened, first = inquiry.opened_at.timestamp(), pressing(inquiry)
    return frozenset(
        {("open", first), (f"seller:{inquiry.seller}", first), (f"buyer:{inquiry.buyer}", opened)}
    )


def standing(inquiry: Inquiry) -> tuple[object, ...]:
    """All that its index entries follow from: while this is the same, so are they."""
    return (
        inquiry.outcome,
        inquiry.anchor,
        inquiry.opened_at,
        inquiry.policy.window,
        inquiry.buyer,
        inquiry.seller,
    )


def card_notice(inquiry: Inquiry, party: Party) -> NoticeId:
    """The notice id that a line's card carries."""
    return NoticeId(f"{inquiry.desk}.{inquiry.number}.c{party}")


def is_card(notice: NoticeId) -> bool:
    """Whether a notice id is one that a line's card carries."""
    return notice.rpartition(".")[2].startswith("c")


def with_heard(lines: dict[Party, Line], party: Party, message: MessageId) -> dict[Party, Line]:
    """The lines, with a message of one of them known; an older one than is known changes nothing."""
    line = lines[party]
    if (len(message), message) <= (len(line.heard), line.heard):
        return lines
    return {**lines, party: msgspec.structs.replace(line, heard=message)}
