"""Text as Discord's client reads it: styles, blocks, links, tokens, and what only looks like them.

Pairs of what is written and what is shown; nothing is connected.
"""

from datetime import UTC, datetime

import pytest

from tests.emulators.discord.markdown import read_markdown, visible
from tests.emulators.discord.reading import Reader, read

STYLED = [
    ("plain", [("plain", set())]),
    (
        "**bold** *it* _it_",
        [("bold", {"bold"}), (" ", set()), ("it", {"italic"}), (" ", set()), ("it", {"italic"})],
    ),
    ("***both***", [("both", {"bold", "italic"})]),
    ("__under **bold**__", [("under ", {"underline"}), ("bold", {"underline", "bold"})]),
    ("~~gone~~ ||hidden||", [("gone", {"strike"}), (" ", set()), ("hidden", {"spoiler"})]),
    ("`a*b*`", [("a*b*", {"code"})]),
    ("``a`b``", [("a`b", {"code"})]),
    ("```py\n# a\n```", [("# a", {"code_block"})]),
    ("# Head\ntext", [("Head", {"heading"}), ("\ntext", set())]),
    ("-# small", [("small", {"subtext"})]),
    ("> a\n> b\nc", [("a\nb", {"quote"}), ("\nc", set())]),
    (">>> a\nb", [("a\nb", {"quote"})]),
    ("- a", [("• ", {"list", "marker"}), ("a", {"list"})]),
    ("[shop](https://shop.test/a_b)", [("shop", {"link:https://shop.test/a_b"})]),
    ("<https://shop.test>", [("https://shop.test", {"link:https://shop.test"})]),
    ("<@1>", [("<@1>", {"mention"})]),
    ("<:hi:2>", [("<:hi:2>", {"emoji"})]),
    ("<t:3:R>", [("<t:3:R>", {"timestamp"})]),
]
AS_WRITTEN = [
    "snake_case_name",
    "2 * 3 * 4",
    "a > b",
    "#hashtag",
    "-5",
    "3.5",
    "[https://a.test](https://b.test)",
    "[label](javascript:alert)",
    "[label]( )",
    "<not a token>",
    "C:\\dir",
    "¯\\_(ツ)_/¯",
    "**",
    "||",
]
ESCAPED = [
    (r"\*no\*", "*no*"), (r"\_no\_", "_no_"), (r"\~~no~~", "~~no~~"), (r"\||no||", "||no||"),
    (r"\`no\`", "`no`"), (r"\> no", "> no"), (r"\# no", "# no"), (r"\- no", "- no"), (r"1\. no", "1. no"),
    (r"\[no](https://a.test)", "[no](https://a.test)"), (r"\<@1>", "<@1>"), (r"\\", "\\"), (r"\あ", "あ"),
    (r"a\b", r"a\b"),
]  # fmt: skip
LINES = [
    ("a\n- b\n  - c\n- d\ne", "a\n• b\n  • c\n• d\ne"),
    ("3. a\n7. b", "3. a\n4. b"),
    ("a ```code``` b", "a \ncode\n b"),
    ("> a **b**\nc", "> a b\nc"),
    ("> a\n> - b", "> a\n> • b"),
    ("[shop](https://shop.test) https://a.test", "shop (https://shop.test) https://a.test"),
    ("||**no** peeking||", "||no peeking||"),
    ("# Head\n\ntext", "Head\n\ntext"),
    ("<@1> <@&2> <#3> <:hi:4> </inquiry new:5> @here", "@花子 @leads #general :hi: /inquiry new @here"),
    ("<t:1775034000:F>", "2026年4月1日 水曜日 18:00"),
    ("<t:1775034000>", "2026年4月1日 18:00"),
    ("<t:1775034000:R> <t:1774861200:R>", "1時間後 1日前"),
    (
        "<t:1775034000:t> <t:1775034000:T> <t:1775034000:d> <t:1775034000:D>",
        "18:00 18:00:00 2026/04/01 2026年4月1日",
    ),
]


@pytest.mark.parametrize(("text", "spans"), STYLED)
def test_styles(text: str, spans: list[tuple[str, set[str]]]) -> None:
    """Each piece of markup gives its characters a style, and is not shown."""
    assert [(each.text, set(each.styles)) for each in read_markdown(text)] == spans


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_what_only_looks_like_markup_is_shown(text: str) -> None:
    """Markup that is not closed, not at a line's start or within a word is text."""
    assert visible(text) == text
    assert all(not each.styles for each in read_markdown(text))


@pytest.mark.parametrize(("text", "shown"), ESCAPED)
def test_a_backslash_takes_the_meaning(text: str, shown: str) -> None:
    """What is escaped is shown as it is; a backslash before letters and digits stays."""
    assert visible(text) == shown
    assert not {"italic", "mention", "quote", "list", "code"} & {
        style for each in read_markdown(text) for style in each.styles
    }


@pytest.mark.parametrize(("text", "lines"), LINES)
def test_what_somebody_reads(text: str, lines: str) -> None:
    """Lists count on, quotes are marked, links say where they lead, instants are the reader's own."""
    names = {"1": "花子", "2": "leads", "3": "general"}
    reader = Reader(names.__getitem__, datetime(2026, 4, 1, 8, tzinfo=UTC), "Asia/Tokyo", "ja")
    assert read(text, reader) == lines


def test_titles_know_no_blocks() -> None:
    """Where only one line is shown, quotes, headings and lists are characters."""
    assert [each.text for each in read_markdown("# **a**", inline=True)] == ["# ", "a"]


def test_instants_in_english() -> None:
    """Readers of other languages than Japanese read American English."""
    reader = Reader(str, datetime(2026, 4, 1, 8, tzinfo=UTC))
    assert read("<t:1775034000:F>", reader) == "Wednesday, April 1, 2026 at 9:00 AM"
    assert read("<t:1775034000:R>, <t:1775026740:R>", reader) == "in 1 hour, 1 hour ago"
