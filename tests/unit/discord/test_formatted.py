"""Formatted text on Discord: how what people formatted elsewhere is written there."""

from typing import Any

import pytest

from adapters.discord.formatted import as_written, in_bar, pieces
from core.marks import tidy
from core.text import Foreign, Mark, Style
from tests.emulators.discord.markdown import read_markdown

B, E, S, C, L, Q, P = map(Style, "bisclqp")
SHOP = "https://shop.test/"


@pytest.mark.parametrize(
    ("raw", "marks", "drawn"),
    [
        ("bold", [(0, 4, B)], "**bold**"),
        ("an italic word", [(3, 6, E)], "an _italic_ word"),
        ("unbelievable", [(2, 7, E)], "un*believa*ble"),
        ("both", [(0, 4, B), (0, 4, E), (0, 4, S)], "**~~_both_~~**"),
        ("one two three", [(0, 7, B), (4, 9, E)], "**one _two_** _three_"),
        ("a*b", [(0, 3, B)], "**a\\*b**"),
        ("x = 1", [(0, 5, C)], "`x = 1`"),
        ("a`b", [(0, 3, C)], "a\\`b"),
        ("q\nr", [(0, 3, Q)], "> q\n> r"),
        ("a\nx*\nb", [(2, 2, P, "py")], "a\n```py\nx*\n```\nb"),
        ("```", [(0, 3, P)], "\\`\\`\\`"),
        ("the shop", [(0, 8, L, SHOP)], f"[the shop]({SHOP})"),
        ("the shop", [(0, 8, L, SHOP), (0, 8, B)], f"**[the shop]({SHOP})**"),
        ("see the shop", [(0, 7, B), (4, 8, L, SHOP)], f"**see** [**the** shop]({SHOP})"),
        (SHOP, [(0, 18, L)], f"<{SHOP}>"),
        ("a [shop]", [(0, 8, L, SHOP)], f"a \\[shop] (<{SHOP}>)"),
        ("so", [(0, 2, L, "https://a.test/.")], "so (<https://a.test/.>)"),
        ("-", [(0, 1, L, "https://a.test/_b*"), (0, 1, E)], "[_-_](https://a.test/_b*)"),
        ("ab", [(0, 1, B), (1, 1, E)], "**a**_b_"),
        ("abc", [(0, 1, B), (1, 1, E)], "**a**bc"),
        ("1. <@1> #7\n# @here ~", [], "1\\. \\<@1> #7\n\\# \\@here \\~"),
    ],
)
def test_marks_become_markdown(raw: str, marks: list[Any], drawn: str) -> None:
    """Each mark by its signs, all else escaped; what could be misread beside its neighbours goes without."""
    assert as_written(tidy(raw, [Mark(*each) for each in marks])) == drawn


def test_a_quote_in_a_relayed_message_has_a_sign() -> None:
    """Discord has no quote within a quote, so that one is a line after a sign."""
    assert in_bar(tidy("q\na", [Mark(0, 1, Style.QUOTE)])) == "\\> q\na"


def test_a_message_too_long_for_one_embed_stays_formatted() -> None:
    """It is parted between lines, and what is bold is bold in every piece."""
    raw = "\n".join(["*" * 50] * 60)
    parted = pieces(tidy(f"\n{raw}\n", [Mark(1, len(raw), Style.BOLD)]), 4_000)
    assert all(len(each) <= 4_000 for each in parted)
    shown = [span for each in parted for span in read_markdown(each) if span.text.strip()]
    assert "".join(span.text for span in shown).replace("\n", "") == raw.replace("\n", "")
    assert {span.styles for span in shown} == {frozenset({"bold"})}


def test_plain_text_is_only_escaped() -> None:
    """A text without marks is its own escaping."""
    assert as_written(Foreign("a **b** https://c.test")) == "a \\*\\*b\\*\\* https\\://c.test"
