"""Discord's text as what somebody wrote: the table of what comes in and what is read."""

import pytest

from adapters.discord.tokens import Names
from adapters.discord.written import written
from core.markup import unmarked
from core.text import Foreign, Mark, Style

NAMES = Names(users={1: "花子", 2: "**Ada**"}, roles={3: "staff"}, channels={4: "general"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("届きません\n\nまだです", "届きません\n\nまだです"),
        ("<@1> <@!1> <@9>", "@花子 @花子 @9"),
        ("<@2>", "@**Ada**"),
        ("<@&3> <#4> <#9>", "@staff #general #9"),
        ("@everyone @here", "@everyone @here"),
        ("<:tanuki:5> <a:kitsune:6> 👍🏽", ":tanuki: :kitsune: 👍🏽"),
        ("<t:1700000000:F> <t:99999999999999999>", "2023-11-14 22:13 UTC <t:99999999999999999>"),
        ("</inquiry new:7>", "/inquiry new"),
        ("\\*no\\* \\<@1> C:\\dir \\\\", "*no* <@1> C:\\dir \\"),
        ("¯\\_(ツ)_/¯", "¯\\_(ツ)_/¯"),
        ("snake_case_name 2*3*4 a ~ b", "snake_case_name 234 a ~ b"),
        ("||the code is 7||", "||the code is 7||"),
        ("> one\n> two\nthree", "> one\n> two\nthree"),
        (">>> one\n\ntwo", "> one\n> \n> two"),
        (">no\n> > yes", ">no\n> > yes"),
        ("# Title\n## *More*\n-# small", "Title\nMore\nsmall"),
        ("- a\n  - b\n* c\ntext\n- d", "• a\n  • b\n• c\ntext\n• d"),
        ("3. a\n7. b\n  1. c\n9. d", "3. a\n4. b\n  1. c\n5. d"),
        ("a ```x``` b", "a \nx\n b"),
        ("``````", "``````"),
        ("[the **shop**](https://a.test)", "the shop (https://a.test)"),
        ("[x](<https://a.test> 'title') [y](ftp://a.test) []", "x (https://a.test) [y](ftp://a.test) []"),
        ("[bank.test](https://evil.test)", "bank.test (https://evil.test)"),
        ("[https://bank.test](https://evil.test)", "[https://bank.test](https://evil.test)"),
        (
            "<https://a.test> (https://b.test/x_(y)). https://c",
            "https://a.test (https://b.test/x_(y)). https://c",
        ),
        ("**a\r\nb**", "a\nb"),
    ],
)
def test_discord_text_is_read_as_its_client_shows_it(typed: str, read: str) -> None:
    """Mentions, markdown and escapes come out as the words their writer saw."""
    assert unmarked(written(typed, NAMES)) == read


@pytest.mark.parametrize(
    ("typed", "read", "marks"),
    [
        ("**b** *i* ~~s~~ `c`", "b i s c", [(0, 1, "b"), (2, 1, "i"), (4, 1, "s"), (6, 1, "c")]),
        ("_i_, __u__, ***both***", "i, u, both", [(0, 1, "i"), (3, 1, "i"), (6, 4, "b"), (6, 4, "i")]),
        ("**a *b***", "a b", [(0, 3, "b"), (2, 1, "i")]),
        ("*a **b** c*", "a b c", [(0, 5, "i"), (2, 1, "b")]),
        ("**not", "**not", []),
        ("a * b * c", "a * b * c", []),
        ("`` a`b `` `*c*`", " a`b  *c*", [(0, 5, "c"), (6, 3, "c")]),
        ("> **q**\nr", "q\nr", [(0, 1, "b"), (0, 1, "q")]),
        ("# T", "T", [(0, 1, "b")]),
        ("- **a**", "• a", [(2, 1, "b")]),
        ("[**s**](https://a.test)", "s", [(0, 1, "b"), (0, 1, "l")]),
    ],
)
def test_markdown_becomes_marks(typed: str, read: str, marks: list[tuple[int, int, str]]) -> None:
    """What the client shows in a style has that style, and its signs are gone."""
    said = written(typed, NAMES)
    assert said.raw == read
    assert [(each.start, each.length, each.style) for each in said.marks] == marks


def test_a_code_block_keeps_its_lines_and_its_language() -> None:
    """Nothing in it is a sign; the lines beside it stay lines."""
    said = written("see\n```py\nx = *1*\n\n# <@1>\n```\nend", NAMES)
    assert said == Foreign("see\nx = *1*\n\n# <@1>\nend", (Mark(4, 15, Style.PRE, "py"),))


@pytest.mark.parametrize(
    "piece", ["*a ", "_*", "<", "`", "```\n", "> ", "[a](", "~~_", "**", "- ", "https://", "\\"]
)
def test_hostile_text_is_read_in_bounded_steps(piece: str) -> None:
    """However a long text is made, it is read, and no sign nests it without end."""
    assert len(written((piece * 4_000)[:4_000], NAMES).raw) <= 4_000
