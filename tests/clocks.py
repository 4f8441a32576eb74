"""A clock that moves by hand.

Handed to the desk in place of the wall clock by every test and story in which time passes; nothing ever waits
for it.
"""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


class HandClock:
    """The desk's clock: it stands still until someone moves it."""

    def __init__(self, at: datetime = NOON) -> None:
        self._at = at

    def now(self) -> datetime:
        """The instant it shows, aware, in UTC."""
        return self._at

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let so much time pass."""
        self._at += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
