"""Starting and stopping the clock of an inquiry: the changes of its record, each to its next version.

Used by the rules; pure. The anchor is set here and nowhere else.
"""

from datetime import datetime
from typing import Any

import msgspec

from core.records import Inquiry


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
            **fields,
        },
    )


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
            **fields,
        },
    )
