"""The emulated composer: what people type becomes the blocks and the text that Slack's client sends."""

import pytest

from tests.emulators.slack.blocks import block_problems, check_blocks
from tests.emulators.slack.composer import as_typed
from tests.emulators.slack.mrkdwn import Reader
from tests.emulators.slack.rendering import block_lines, mention_texts
from tests.emulators.slack.rich import read_rich

IDS = {"@花子": "U1", "#general": "C1"}


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("hello", "hello", [("hello", "")]),
        ("a *b* c", "a *b* c", [("a ", ""), ("b", "bold"), (" c", "")]),
        ("*b _i_*", "*b _i_*", [("b ", "bold"), ("i", "bold italic")]),
        ("~s~ `<c>`", "~s~ `&lt;c&gt;`", [("s", "strike"), (" ", ""), ("<c>", "code")]),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name", [("2*3*4 snake_case_name", "")]),
        ("https://a.test", "<https://a.test>", [("https://a.test", "link:https://a.test")]),
        ("[shop](https://a.test)", "<https://a.test|shop>", [("shop", "link:https://a.test")]),
        ("> q\n> *r*", "&gt; q\n&gt; *r*", [("q\n", "quote"), ("r", "bold quote")]),
        ("```x\n*y*```", "```x\n*y*```", [("x\n*y*", "code_block")]),
    ],
)
def test_what_is_typed_is_formatted(typed: str, text: str, shown: list[tuple[str, str]]) -> None:
    """The blocks show it as the client does, and the text says the same in mrkdwn."""
    said, blocks = as_typed(typed, IDS)
    check_blocks(blocks)
    assert said == text
    assert [(span.text, " ".join(sorted(span.styles))) for span in read_rich(blocks)] == shown


def test_lists_and_code_stand_by_themselves() -> None:
    """Each part of a message begins a line; a list counts on from its first number."""
    said, blocks = as_typed("see\n- a\n  - b\n3. c\n4. d\n```\ncode\n```\nend", IDS)
    assert said == "see\n• a\n    • b\n3. c\n4. d\n```code```\nend"
    assert "".join(span.text for span in read_rich(blocks)) == "see\n• a\n  • b\n3. c\n4. d\ncode\nend"


def test_people_and_emoji_are_what_they_mean() -> None:
    """Mentions are ids, emoji names, and a reader sees the one by name and the other as such."""
    said, blocks = as_typed("@花子 #general @here :+1: :tanuki:", IDS)
    assert said == "<@U1> <#C1|general> <!here> :+1: :tanuki:"
    assert list(mention_texts(blocks)) == ["<@U1>", "<!here>"]
    assert block_lines(blocks, Reader(name_of={"U1": "花子", "C1": "general"}.__getitem__)) == [
        "@花子 #general @here :+1: :tanuki:"
    ]


def part(kind: str, *elements: dict[str, object], **fields: object) -> dict[str, object]:
    """A part of a rich_text block."""
    return {"type": kind, "elements": list(elements), **fields}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (part("rich_text_table"), "unsupported type: rich_text_table"),
        (part("rich_text_quote"), "missing required field: elements"),
        (part("rich_text_quote", {"type": "text", "text": ""}), "missing required field: text"),
        (part("rich_text_section", {"type": "button"}), "unsupported type: button"),
        (part("rich_text_preformatted", {"type": "user", "user_id": "U1"}), "unsupported type: user"),
        (
            part("rich_text_section", {"type": "text", "text": "a", "style": {"big": True}}),
            "unsupported style",
        ),
        (
            part("rich_text_section", {"type": "text", "text": "a", "style": "bold"}),
            "unsupported style: bold",
        ),
        (part("rich_text_list", part("rich_text_section"), style="x"), "unsupported style: x"),
        (part("rich_text_section", bold=True), "invalid additional property: bold"),
    ],
)
def test_rich_text_that_makes_no_sense_is_refused(wrong: dict[str, object], problem: str) -> None:
    """Slack says what is wrong with it, and where."""
    found = list(block_problems([{"type": "rich_text", "elements": [wrong]}], "message"))
    assert any(problem in each for each in found)
