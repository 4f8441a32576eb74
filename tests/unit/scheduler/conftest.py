"""Keeps what duties log about failures from the tests' output."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs


@pytest.fixture(autouse=True)
def logged() -> Iterator[None]:
    """Failures are logged elsewhere for the length of a test."""
    with capture_logs():
        yield
