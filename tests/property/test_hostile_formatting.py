"""Text made to be slow to read: what it costs grows with its length, and no faster."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from adapters.discord import formatted as discord
from adapters.discord.tokens import Names
from adapters.discord.written import written as read_on_discord
from adapters.slack import formatted as slack
from adapters.slack.written import written as read_on_slack
from core.text import Foreign
from tests.emulators.slack.composer import as_typed

ON_DISCORD = (
    *("*a ", "_a_*b*", "***a** ", "**a", "__a ", "*a**b**", "*_~~", "~~a~~_", "||a", "` ", "`a``", "<", "\\"),
    *("[", "[a](", "[a](https://x.y/(", "https://", "https://a)", "```\n", "```a```", "> ", "> a\n", ">>> "),
    *("- a\n", "  - a\n", "# a\n", "\n", "1. "),
)
ON_SLACK = ("*a ", "*", "_a_*b*", "*_~", "<", "<a|", "`", "`a", "```", "&gt;", "&gt;a\n", ":a", ":+1:", "\n")
COMPOSED = ("*a* ", "_b_\n", "`c`~d~ ", "- a\n", "> *a*\n", "```x```\n", "[a](https://b.c) ")


def steps(run: Callable[[], object]) -> int:
    """How many functions are called."""
    called = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal called
        called += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return called


def in_proportion(run: Callable[[int], object]) -> bool:
    """Whether four times the length costs about four times as much, once caches are warm."""
    run(400)
    return steps(lambda: run(1_600)) < 5 * steps(lambda: run(400)) + 1_000


def discord_reads(piece: str, length: int) -> Foreign:
    """What is read on Discord of a text made of one piece."""
    return read_on_discord((piece * length)[:length], Names())


@pytest.mark.parametrize("piece", ON_DISCORD)
def test_discord_text_is_read_and_drawn_in_proportion(piece: str) -> None:
    """Whatever signs a message is made of, reading it and drawing it again takes steps like its length."""
    assert in_proportion(lambda length: discord_reads(piece, length))
    assert in_proportion(lambda length: discord.as_written(discord_reads(piece, length)))


@pytest.mark.parametrize("piece", ON_SLACK)
def test_slack_text_is_read_in_proportion(piece: str) -> None:
    """Whatever signs the text of a message without blocks is made of."""
    assert in_proportion(lambda length: read_on_slack((piece * length)[:length], lambda _: None))


@pytest.mark.parametrize("piece", COMPOSED)
def test_slack_blocks_are_read_and_drawn_in_proportion(piece: str) -> None:
    """However often a message changes its formatting."""
    blocks = {length: as_typed((piece * length)[:length], {})[1] for length in (400, 1_600)}
    assert in_proportion(lambda length: slack.in_bar(read_on_slack("", lambda _: None, blocks[length])))
