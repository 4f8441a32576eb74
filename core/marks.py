"""Marks in one form: what two texts that look alike have in common.

`tidy` is called wherever a text is made, cut or joined (core/markup, and by it the adapters): quotes and code
blocks become whole lines, styles run as long as they go, links lead to pages and not elsewhere than their
words say. It knows no platform's markup, and never changes the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from core.spans import Span, inked, lettered, lines, minus, within
from core.text import Foreign, Mark, Style

MOST_MARKS: Final = 400
"""Of one text. What is formatted beyond that is read without."""

LETTERED: Final = (Style.BOLD, Style.ITALIC, Style.STRIKE)
"""The styles of letters, which say nothing of the space between two words."""

_MOST_ADDRESS: Final = 2_000
_ADDRESS: Final = re.compile(
    r"https?://[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?"
    r"(?:[/?#][^\s<>\"\\^`{|}\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*)?"
)
_SCHEMES: Final = ("https://", "http://", "mailto:", "tel:")
_LOOKS_LIKE_ONE: Final = re.compile(r"://|\w\.[^\W\d_]{2}")
_LANGUAGE: Final = re.compile(r"[a-z0-9_+.#-]{1,20}")
_PARENTHESES: Final = str.maketrans({"(": "%28", ")": "%29"})


def is_address(text: str) -> bool:
    """Whether a text is the address of a page, with nothing in it that would end it early."""
    return len(text) <= _MOST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def says(words: str, address: str) -> bool:
    """Whether words are the address, but for what Slack adds to what only looks like one."""
    bare = next((address.removeprefix(scheme) for scheme in _SCHEMES if address.startswith(scheme)), address)
    return words == address or bare.rstrip("/") == words.rstrip("/")


def misleads(words: str, address: str) -> bool:
    """Whether words look like another address than the one behind them."""
    return _LOOKS_LIKE_ONE.search(words) is not None and not says(words, address)


def detail_of(text: Foreign, mark: Mark) -> str:
    """A mark of this text's detail, spelled out where the characters are the address."""
    if mark.style is Style.LINK and not mark.detail:
        return text.raw[mark.start : mark.end]
    return mark.detail


def tidy(raw: str, marks: Iterable[Mark]) -> Foreign:
    """A text with its marks in the one form: two texts that look alike are alike.

    Quotes and code blocks are whole lines; nothing is formatted in a code block; code and links stay within
    a line; letters are bold, italic or struck out, and the space between two such words with them.
    """
    given = [each for each in marks if each.length > 0 and each.start >= 0 and each.end <= len(raw)]
    if not given:
        return Foreign(raw)
    whole = lines(raw)
    found = _block_marks(raw, whole, given)
    free = minus(whole, [(each.start, each.end) for each in found if each.style is Style.PRE])
    code = within(_spans(given, Style.CODE), free)
    found += [Mark(start, end - start, Style.CODE) for start, end in code]
    found += _link_marks(raw, free, given)
    ink = inked(raw, code)
    for style in LETTERED:
        spans = _whole(within(_spans(given, style), free), code)
        found += [Mark(start, end - start, style) for start, end in lettered(ink, spans)]
    found.sort(key=lambda each: (each.start, -each.length, each.style, each.detail))
    return Foreign(raw, tuple(found[:MOST_MARKS]))


def _block_marks(raw: str, whole: Sequence[Span], given: Sequence[Mark]) -> list[Mark]:
    """Quotes and code blocks as whole lines, without the blank ones around them."""
    kinds: dict[int, tuple[Style, str]] = {}
    starts = [start for start, _ in whole]
    for style in (Style.QUOTE, Style.PRE):  # a code block ends a quote
        for each in (each for each in given if each.style is style):
            language = each.detail.lower() if style is Style.PRE else ""
            kind = (style, language if _LANGUAGE.fullmatch(language) else "")
            touched = range(bisect_right(starts, each.start) - 1, bisect_right(starts, each.end - 1))
            kinds |= {one: kind for one in touched if one not in kinds or kinds[one][0] != style}
    found: list[Mark] = []
    at = 0
    while at < len(whole):
        alike = [at]
        while alike[-1] + 1 < len(whole) and kinds.get(alike[-1] + 1) == kinds.get(at):
            alike.append(alike[-1] + 1)
        inked = [whole[one] for one in alike if raw[slice(*whole[one])].strip()]
        if inked and at in kinds:
            found.append(Mark(inked[0][0], inked[-1][1] - inked[0][0], *kinds[at]))
        at = alike[-1] + 1
    return found


def _link_marks(raw: str, free: Sequence[Span], given: Iterable[Mark]) -> list[Mark]:
    """Links that lead to a page, and not elsewhere than their words say."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for each in sorted((each for each in given if each.style is Style.LINK), key=lambda each: each.start):
        address = each.detail or raw[each.start : each.end]
        if is_address(address):
            for start, end in within([(max(at, each.start), each.end)], free):
                found.append((start, end, address.translate(_PARENTHESES)))
                at = end
    links = []
    for start, end, address in _alike(found):
        words = raw[start:end].strip()
        own = words.translate(_PARENTHESES) == address
        if words and (own or not misleads(words, address)):
            first = start + raw[start:end].index(words)
            links.append(Mark(first, len(words), Style.LINK, "" if own else address))
    return links


def _alike(links: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Links with those made one that touch and lead to the same address."""
    found: list[tuple[int, int, str]] = []
    for start, end, address in links:
        if found and found[-1][1:] == (start, address):
            found[-1] = (found[-1][0], end, address)
        else:
            found.append((start, end, address))
    return found


def _spans(given: Iterable[Mark], style: Style) -> list[Span]:
    """Where a style is, with what touches made one."""
    found: list[Span] = []
    for start, end in sorted((each.start, each.end) for each in given if each.style is style):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _whole(spans: Sequence[Span], code: Sequence[Span]) -> list[Span]:
    """The spans, with no code half in and half out of them."""
    entire = set(code)
    return minus(spans, [each for each in within(code, spans) if each not in entire])
