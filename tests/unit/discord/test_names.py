"""What somebody on Discord is called."""

import pytest

from adapters.discord.names import name_of
from core.text import Foreign


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (("花子", "Hanako", "hanako"), "花子"),
        ((None, "Hanako", "hanako"), "Hanako"),
        ((None, None, "hanako"), "hanako"),
        (("\u3164", "\u200b \u2800", "hanako"), "hanako"),
        (("\u0335\u0336", None, "hanako"), "hanako"),
        (("👻", "Hanako", "hanako"), "👻"),
    ],
)
def test_somebody_is_called_by_what_can_be_seen(names: tuple[str | None, ...], called: str) -> None:
    """The nickname, else the display name, else the user name; a name of nothing but spaces is none."""
    assert name_of(*names) == Foreign(called)
