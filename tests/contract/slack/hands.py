"""A clock that moves by hand."""

from datetime import UTC, datetime, timedelta


class Clock:
    """It stands still until it is moved."""

    def __init__(self) -> None:
        """Noon, UTC."""
        self.at = datetime(2026, 4, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """What it shows."""
        return self.at

    def advance(self, **by: float) -> None:
        """Move it on."""
        self.at += timedelta(**by)
