"""Slack's text as what somebody wrote: the table of what comes in and what is read."""

from typing import Any

import pytest

from adapters.slack.written import Names, filled_in, mentioned, written
from core.markup import unmarked
from core.text import Foreign, Mark, Style
from tests.emulators.slack.composer import as_typed

NAMES = {"U1": "花子", "W2": "Ada <b>"}


@pytest.mark.parametrize(
    ("slack", "read"),
    [
        ("", ""),
        ("届きません", "届きません"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;lt;!here&amp;gt;", "&amp;lt;!here&gt;"),
        ("<@U1> さん", "@花子 さん"),
        ("<@W2>", "@Ada <b>"),
        ("<@U9>", "@U9"),
        ("<@U9|taro>", "@taro"),
        ("<#C1|general>", "#general"),
        ("<#C1>", "#C1"),
        ("<#C1|>", "#C1"),
        ("<!here>", "@here"),
        ("<!here|here>", "@here"),
        ("<!channel> <!everyone>", "@channel @everyone"),
        ("<!subteam^S1|@support>", "@support"),
        ("<!subteam^S1>", "@S1"),
        ("<!date^1700000000^{date}|Nov 14, 2023>", "Nov 14, 2023"),
        ("<!date^1700000000^{date}^https://x.test|Nov &lt;14&gt;>", "Nov <14>"),
        ("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"),
        ("<https://example.com|the shop>", "the shop (https://example.com)"),
        ("<http://example.com|example.com>", "example.com"),
        ("<https://example.com/|example.com>", "example.com"),
        ("<https://example.com|https://example.com>", "https://example.com"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("<tel:+8131234|+8131234>", "+8131234"),
        ("<https://evil.test|https://bank.test>", "https://bank.test (https://evil.test)"),
        ("see <https://a.test|A> and <@U1>\n&gt; quoted", "see A (https://a.test) and @花子\n> quoted"),
        ("<", "<"),
        ("<|x>", "x ()"),
        ("< >", " "),
        ("2 * 3 * 4 snake_case_name a*b*c ``", "2 * 3 * 4 snake_case_name a*b*c ``"),
    ],
)
def test_slack_text_is_read_as_it_was_written(slack: str, read: str) -> None:
    """Mentions, links, dates and entities come out as the words their writer saw."""
    assert unmarked(written(slack, NAMES.get)) == read


FORMATTED = [
    ("*b* _i_ ~s~ `c`", "b i s c", [(0, 1, "b"), (2, 1, "i"), (4, 1, "s"), (6, 1, "c")]),
    ("*_both_ bold*", "both bold", [(0, 9, "b"), (0, 4, "i")]),
    ("[the shop](https://a.test) https://b.test", "the shop https://b.test", [(0, 8, "l"), (9, 14, "l")]),
    ("> one\n> *two*\nthree", "one\ntwo\nthree", [(0, 7, "q"), (4, 3, "b")]),
    ("see\n```\nx = *1*\n```\nend", "see\nx = *1*\nend", [(4, 7, "p")]),
    ("", "", []),
]


@pytest.mark.parametrize(("typed", "read", "marks"), FORMATTED)
@pytest.mark.parametrize("blocks", [True, False], ids=["blocks", "text"])
def test_formatting_is_read_from_blocks_and_from_text(
    typed: str, read: str, marks: list[tuple[int, int, str]], *, blocks: bool
) -> None:
    """What the client made bold, struck, quoted or a link is that, whichever way Slack tells it."""
    text, rich = as_typed(typed, {})
    said = written(text, NAMES.get, rich if blocks else ())
    assert said.raw == read
    assert [(each.start, each.length, each.style) for each in said.marks] == marks


def test_lists_are_lines_with_their_signs() -> None:
    """Bullets, numbers and depth are seen in the text itself."""
    said = written(*_typed("to do:\n- one\n- *two*\n  - deep\n7. x\n8. y\ndone"))
    assert said == Foreign("to do:\n• one\n• two\n  • deep\n7. x\n8. y\ndone", (Mark(15, 3, Style.BOLD),))


def test_a_link_in_several_styles_is_one_link() -> None:
    """Slack tells each style's piece apart; together they may look like another address than theirs."""
    pieces = [
        {"type": "link", "url": "https://evil.test", "text": text, "style": {"bold": text == "test"}}
        for text in ("bank.", "test")
    ]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": pieces}]}]
    said = written("", NAMES.get, blocks)
    assert said == Foreign(
        "bank.test (https://evil.test)", (Mark(5, 4, Style.BOLD), Mark(11, 17, Style.LINK))
    )


def test_parts_within_parts_are_read() -> None:
    """Slack may put sections into quotes and lists; what they say is said, however deep."""
    inner: dict[str, Any] = {"type": "rich_text_section", "elements": [{"type": "text", "text": "so"}]}
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [inner]}]}]
    assert written("", NAMES.get, blocks) == Foreign("so", (Mark(0, 2, Style.QUOTE),))
    for _ in range(100):
        inner = {"type": "rich_text_section", "elements": [inner, {"type": "text", "text": "."}]}
    blocks = [{"type": "rich_text", "elements": [inner]}]
    assert set(written("", NAMES.get, blocks).raw) == {"."}


def test_what_has_a_meaning_comes_out_as_words() -> None:
    """People, channels, groups and everyone are names; emoji are characters, a workspace's own their name."""
    text, rich = as_typed("@花子 in #general, @here :+1: :tanuki:", {"@花子": "U1", "#general": "C1"})
    assert written(text, NAMES.get, rich).raw == "@花子 in #general, @here 👍 :tanuki:"
    elements = [
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fb"},
        {"type": "emoji", "name": "flag-jp"},
        {"type": "emoji", "name": "x", "unicode": "zz"},
        {"type": "date", "timestamp": 0, "format": "{date}", "fallback": "1970"},
        {"type": "color", "value": "#ff0000"},
        {"type": "text", "text": "u", "style": {"underline": True}},
        {"type": "text", "text": 7, "style": "bold"},
        {"type": "of the future"},
    ]
    blocks = [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}]
    said = written("<!subteam^S1|@support>", NAMES.get, blocks)
    assert said == Foreign("@support👋🏻🇯🇵❌1970#ff0000u7", (Mark(24, 1, Style.ITALIC),))


@pytest.mark.parametrize(
    "blocks", [[{"type": "image"}], [{"type": "rich_text"}], [{"type": "rich_text", "elements": 7}]]
)
def test_where_no_block_says_anything_the_text_does(blocks: list[dict[str, object]]) -> None:
    """A message without rich text is read from its text."""
    assert written("hello", NAMES.get, blocks) == Foreign("hello")


def test_emoji_typed_into_a_form_are_emoji() -> None:
    """Slack sends them by name; what only looks like a name stays."""
    typed = ":+1::skin-tone-3: at 10:30:20, 1:100:2 :tanuki: :man-shrugging::tada:です"
    assert filled_in(typed) == Foreign("👍🏼 at 10:30:20, 1:100:2 :tanuki: 🤷\u200d♂️🎉です")


@pytest.mark.parametrize("piece", ["*a ", "_*", "<", "`", "```", "&gt;", ":a", "*_~"])
def test_hostile_text_is_read_in_one_pass(piece: str) -> None:
    """However a long text is made, it is read, and loses nothing but its formatting."""
    said = written(piece * 4_000, NAMES.get)
    assert len(said.raw) <= len(piece) * 4_000


def _typed(text: str) -> tuple[str, Names, list[dict[str, Any]]]:
    typed, blocks = as_typed(text, {})
    return typed, NAMES.get, blocks


def test_the_people_a_text_mentions_are_known_before_it_is_read() -> None:
    """Only real mentions count, each once, however they are labelled."""
    assert mentioned("<@U1> <@U1|x> <@W2> @U3 &lt;@U4&gt; <#C1>") == {"U1", "W2"}
