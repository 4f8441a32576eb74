"""What an inquiry's index entries follow from."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from core.ids import PersonId, SellerId
from core.inquiry import index_entries, standing
from core.records import Outcome
from tests.contract.store.things import an_inquiry

LATER = datetime(2026, 9, 1, tzinfo=UTC)
KNOWN = an_inquiry()
CHANGES: list[dict[str, Any]] = [
    {"anchor": LATER, "done": 1},
    {"anchor": None},
    {"opened_at": LATER},
    {"outcome": Outcome.SOLVED},
    {"buyer": PersonId("slack:T01:U77")},
    {"seller": SellerId("other")},
    {"policy": msgspec.structs.replace(KNOWN.policy, window=3600)},
    {"done": 3, "repeats": 1, "messages": 9},
    {"missed_at": LATER, "held_at": LATER, "answered_at": LATER, "closed_at": LATER},
    {"snoozed_until": LATER, "muted_until": LATER, "solved_asked_at": LATER},
    {"anchor": KNOWN.opened_at + timedelta(microseconds=1), "messages": 2},
]


@pytest.mark.parametrize("fields", CHANGES, ids="+".join)
def test_the_standing_tells_whether_index_entries_move(fields: dict[str, Any]) -> None:
    """Index entries change exactly when the standing does, so a commit may compare that alone."""
    changed = msgspec.structs.replace(KNOWN, **fields)
    moved = index_entries(changed) != index_entries(KNOWN)
    assert (standing(changed) != standing(KNOWN)) is moved
