"""What people wrote, as part of a sentence."""

import pytest

from core.text import Foreign, one_line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("花子", "花子"),
        ("  two\n\u2028lines ", "two lines"),
        ("x" * 200, "x" * 99 + "…"),
        ("e\u0301", "e\u0301"),
        ("z" + "\u0335" * 50 + "a", "z" + "\u0335" * 4 + "a"),
        ("\u202eevil\u2069", "\u2068\u202eevil\u2069"),
        ("\u05d0", "\u2068\u05d0\u2069"),
    ],
)
def test_a_name_stays_within_its_place(written: str, shown: str) -> None:
    """On one line, cut, without piles of marks, and isolated where it runs from right to left."""
    assert one_line(Foreign(written)) == shown
