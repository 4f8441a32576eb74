"""Formatted text: marks in one form, kept by everything that cuts, joins and shows it."""

import msgspec
import pytest

from core.marks import MOST_MARKS, tidy
from core.markup import Run, cut, excerpt, joined, linked, part, runs, signed, typed, unmarked, written
from core.text import Foreign, Mark, Style

B, E, S, C, L, Q, P = map(Style, "bisclqp")
SHOP = "https://shop.test/"


@pytest.mark.parametrize(
    ("raw", "marks", "kept"),
    [
        ("one two", [(0, 3, B), (4, 3, B)], [(0, 7, B)]),
        ("one, two", [(0, 3, B), (5, 3, B)], [(0, 3, B), (5, 3, B)]),
        (" one ", [(0, 5, E)], [(1, 3, E)]),
        ("a\nb", [(0, 3, S)], [(0, 1, S), (2, 1, S)]),
        ("a `b", [(0, 3, B), (2, 2, C)], [(0, 1, B), (2, 2, C)]),
        ("a b", [(0, 3, B), (2, 1, C)], [(0, 3, B), (2, 1, C)]),
        ("a\n b\nc", [(3, 1, Q)], [(2, 2, Q)]),
        ("\na\n\n", [(0, 4, Q)], [(1, 1, Q)]),
        ("a\nb", [(0, 3, Q), (2, 1, P), (2, 1, B)], [(0, 1, Q), (2, 1, P)]),
        ("   ", [(0, 3, B), (0, 3, L)], []),
        ("ab", [(0, 3, B), (-1, 2, B), (0, 0, B)], []),
    ],
)
def test_marks_come_into_one_form(
    raw: str, marks: list[tuple[int, int, Style]], kept: list[tuple[int, int, Style]]
) -> None:
    """Styles run as long as they go and end with letters; blocks are whole lines, and code holds no style."""
    assert tidy(raw, [Mark(*each) for each in marks]) == Foreign(raw, tuple(Mark(*each) for each in kept))


@pytest.mark.parametrize(
    ("raw", "address", "kept"),
    [
        ("the shop", SHOP, (Mark(0, 8, L, SHOP),)),
        (SHOP, SHOP, (Mark(0, 18, L),)),
        ("shop", "https://shop.test/(1)", (Mark(0, 4, L, "https://shop.test/%281%29"),)),
        ("https://bank.test", "https://evil.test", ()),
        ("bank.test", "https://evil.test", ()),
        ("shop.test", SHOP, (Mark(0, 9, L, SHOP),)),
        ("x", "javascript:alert(1)", ()),
        ("x", "https://user@evil.test", ()),
        ("x", "https://x.test/\u202e", ()),
        ("x", "https://x.test/" + "a" * 2_000, ()),
        ("x", "mailto:a@x.test", ()),
    ],
)
def test_a_link_leads_to_a_page_and_says_so(raw: str, address: str, kept: tuple[Mark, ...]) -> None:
    """Nothing else is a link; words that are one address never lead to another."""
    assert tidy(raw, [Mark(0, len(raw), L, address)]).marks == kept


@pytest.mark.parametrize(
    ("words", "address", "shown"),
    [
        ("the shop", SHOP, f"the shop ({SHOP})"),
        ("", SHOP, SHOP),
        ("shop.test", SHOP, "shop.test"),
        ("bank.test", SHOP, f"bank.test ({SHOP})"),
        ("mail", "mailto:a@x.test", "mail (mailto:a@x.test)"),
        ("a@x.test", "mailto:a@x.test", "a@x.test"),
    ],
)
def test_where_nothing_can_be_a_link_its_address_is_said(words: str, address: str, shown: str) -> None:
    """Whatever words an address is behind, plain text tells where they lead."""
    assert unmarked(written(linked([Run(words)], address))) == shown


def test_words_that_look_like_another_address_are_no_link() -> None:
    """The address stands beside them, and is the link."""
    said = written(linked([Run("bank.test", frozenset({B}))], SHOP))
    assert said == Foreign(f"bank.test ({SHOP})", (Mark(0, 9, B), Mark(11, 18, L)))


def test_marks_are_kept_in_parts_and_together() -> None:
    """A part has what of the marks lies in it, a link its whole address; joining moves them along."""
    text = tidy("see the shop", [Mark(0, 7, B), Mark(4, 8, L, SHOP)])
    assert part(text, 5, 12) == Foreign("he shop", (Mark(0, 7, L, SHOP), Mark(0, 2, B)))
    assert part(tidy(SHOP, [Mark(0, 18, L)]), 0, 10) == Foreign("https://sh")
    twice = joined((text, Foreign("and"), text))
    assert twice.raw == "see the shop\nand\nsee the shop"
    assert [(each.start, each.style) for each in twice.marks] == [(0, B), (4, L), (17, B), (21, L)]


def test_an_excerpt_is_one_line_with_its_marks() -> None:
    """Line breaks and quotes go, what is bold stays bold, and it ends with an ellipsis where it was cut."""
    text = tidy("> a\n\n  bold  word\nend", [Mark(7, 10, B), Mark(0, 3, Q)])
    assert excerpt(text) == Foreign("> a bold word end", (Mark(4, 9, B),))
    assert excerpt(text, 10) == Foreign("> a bold…", (Mark(4, 4, B),))
    assert excerpt(Foreign("a\n b")) == Foreign("a b")
    assert cut(text, 100) is text


def test_a_quote_within_a_quote_has_a_sign() -> None:
    """Each of its lines; what is formatted in it stays so."""
    text = tidy("a\nb\nc\nd", [Mark(2, 3, Q), Mark(4, 1, B), Mark(6, 1, P)])
    assert signed(text) == Foreign("a\n> b\n> c\nd", (Mark(8, 1, B), Mark(10, 1, P)))


def test_addresses_in_a_form_are_links() -> None:
    """They end where their sentence goes on, and nothing else becomes one."""
    said = typed("見て https://a.test/x(1). (https://b.test) https://c.testです http:// *b*")
    assert [run.text for run in runs(said) if run.styles] == [
        "https://a.test/x(1)",
        "https://b.test",
        "https://c.test",
    ]


def test_addresses_behind_words_count() -> None:
    """What is hidden behind words is part of what a message may have."""
    assert len(tidy("the shop", [Mark(0, 8, L, SHOP)])) == len("the shop") + len(SHOP)
    assert len(tidy(SHOP, [Mark(0, 18, L)])) == len(SHOP)


def test_there_are_only_so_many_marks() -> None:
    """A text that is formatted letter by letter keeps the first ones."""
    text = tidy("ab" * 1_000, [Mark(at, 1, B) for at in range(0, 2_000, 2)])
    assert len(text.marks) == MOST_MARKS


def test_texts_written_before_there_were_marks_are_read() -> None:
    """Such a text has none; and one without takes a byte more than it did."""
    decoded = msgspec.msgpack.decode(msgspec.msgpack.encode(["~", "届きません"]), type=Foreign)
    assert decoded == Foreign("届きません")
    assert len(msgspec.msgpack.encode(decoded)) == len(msgspec.msgpack.encode(["~", "届きません"])) + 1
    marked = tidy("a *b*", [Mark(2, 3, B), Mark(0, 5, L, SHOP)])
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(marked), type=Foreign) == marked
