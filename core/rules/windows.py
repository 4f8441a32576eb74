"""Starting and stopping the clock of an inquiry: the changes of its record, each to its next version.

Used by the rules; pure. The anchor is set here and nowhere else.
"""

from datetime import datetime
from typing import Any

import msgspec

from core.records import Inquiry

_LATER = 20
"""How many of the buyer's messages after the anchor are remembered."""


def changed(inquiry: Inquiry, **fields: Any) -> Inquiry:  # noqa: ANN401 -- the record's own fields, of any type
    """The inquiry with these fields changed, as its next version."""
    return msgspec.structs.replace(inquiry, version=inquiry.version + 1, **fields)


def started(inquiry: Inquiry, anchor: datetime, **fields: Any) -> Inquiry:  # noqa: ANN401 -- as above
    """A new window from `anchor`: nothing has rung, nothing is held, nobody has acknowledged."""
    return changed(
        inquiry,
        **{
            "anchor": anchor,
            "done": 0,
            "repeats": 0,
            "missed_at": None,
            "held_at": None,
            "acknowledged": None,
            "answered_at": None,
            "solved_asked_at": None,
            "later": (),
            **fields,
        },
    )


def asked(inquiry: Inquiry, at: datetime, **fields: Any) -> Inquiry:  # noqa: ANN401 -- as above
    """A message of the buyer: where none is unanswered yet, a window starts with it."""
    if inquiry.anchor is None:
        return started(inquiry, at, **fields)
    later = (*inquiry.later, at) if at > inquiry.anchor else inquiry.later
    return changed(inquiry, **{"later": tuple(sorted(later))[-_LATER:], "solved_asked_at": None, **fields})


def answered(inquiry: Inquiry, at: datetime, **fields: Any) -> Inquiry:  # noqa: ANN401 -- as above
    """A reply of the seller: it answers what was said before it, however late it became known.

    What the buyer said after it still waits, the first of it as the new anchor.
    """
    waiting = [asked_at for asked_at in (inquiry.anchor, *inquiry.later) if asked_at and asked_at > at]
    if not waiting:
        return stopped(inquiry, answered_at=at, **fields)
    if waiting[0] == inquiry.anchor:
        return changed(inquiry, **fields)
    return started(inquiry, waiting[0], later=tuple(waiting[1:]), **fields)


def stopped(inquiry: Inquiry, **fields: Any) -> Inquiry:  # noqa: ANN401 -- as above
    """No window runs any more."""
    return changed(
        inquiry,
        **{
            "anchor": None,
            "done": 0,
            "repeats": 0,
            "missed_at": None,
            "held_at": None,
            "acknowledged": None,
            "later": (),
            **fields,
        },
    )
