"""Marks in one form: what two texts that look alike have in common.

`tidy` is called wherever a text is made, cut or joined (core/markup, and by it the adapters): quotes and code
blocks become whole lines, styles run as long as they go, links lead to pages and not elsewhere than their
words say. It knows no platform's markup, and never changes the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

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
_LANGUAGE: Final = re.compile(r"[a-z0-9_+.#-]{1,20}")
_PARENTHESES: Final = str.maketrans({"(": "%28", ")": "%29"})

Span = tuple[int, int]
"""From where to where, the end left out."""


def is_address(text: str) -> bool:
    """Whether a text is the address of a page, with nothing in it that would end it early."""
    return len(text) <= _MOST_ADDRESS and _ADDRESS.fullmatch(text) is not None


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
    lines = _lines(raw)
    found = _block_marks(raw, lines, given)
    lines = _minus(lines, [(each.start, each.end) for each in found if each.style is Style.PRE])
    code = _within(_spans(given, Style.CODE), lines)
    found += [Mark(start, end - start, Style.CODE) for start, end in code]
    found += _link_marks(raw, lines, given)
    ink = _inked(raw, code)
    for style in LETTERED:
        spans = _whole(_within(_spans(given, style), lines), code)
        found += [Mark(start, end - start, style) for start, end in _lettered(ink, spans)]
    found.sort(key=lambda each: (each.start, -each.length, each.style, each.detail))
    return Foreign(raw, tuple(found[:MOST_MARKS]))


def _lines(raw: str) -> list[Span]:
    found: list[Span] = []
    at = 0
    for line in raw.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _block_marks(raw: str, lines: Sequence[Span], given: Sequence[Mark]) -> list[Mark]:
    """Quotes and code blocks as whole lines, without the blank ones around them."""
    kinds: dict[int, tuple[Style, str]] = {}
    starts = [start for start, _ in lines]
    for style in (Style.QUOTE, Style.PRE):  # a code block ends a quote
        for each in (each for each in given if each.style is style):
            language = each.detail.lower() if style is Style.PRE else ""
            kind = (style, language if _LANGUAGE.fullmatch(language) else "")
            touched = range(bisect_right(starts, each.start) - 1, bisect_right(starts, each.end - 1))
            kinds |= {one: kind for one in touched if one not in kinds or kinds[one][0] != style}
    found: list[Mark] = []
    at = 0
    while at < len(lines):
        alike = [at]
        while alike[-1] + 1 < len(lines) and kinds.get(alike[-1] + 1) == kinds.get(at):
            alike.append(alike[-1] + 1)
        inked = [lines[one] for one in alike if raw[slice(*lines[one])].strip()]
        if inked and at in kinds:
            found.append(Mark(inked[0][0], inked[-1][1] - inked[0][0], *kinds[at]))
        at = alike[-1] + 1
    return found


def _link_marks(raw: str, lines: Sequence[Span], given: Iterable[Mark]) -> list[Mark]:
    """Links that lead to a page, and not elsewhere than their words say."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for each in sorted((each for each in given if each.style is Style.LINK), key=lambda each: each.start):
        address = each.detail or raw[each.start : each.end]
        if is_address(address):
            for start, end in _within([(max(at, each.start), each.end)], lines):
                found.append((start, end, address.translate(_PARENTHESES)))
                at = end
    links = []
    for start, end, address in _alike(found):
        words = raw[start:end].strip()
        own = words.translate(_PARENTHESES) == address
        if words and (own or "://" not in words):
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


def _within(spans: Iterable[Span], lines: Sequence[Span]) -> list[Span]:
    """The spans, parted at the ends of lines."""
    found: list[Span] = []
    starts = [start for start, _ in lines]
    for start, end in spans:
        at = max(bisect_right(starts, start) - 1, 0)
        while at < len(lines) and lines[at][0] < end:
            first, last = max(start, lines[at][0]), min(end, lines[at][1])
            if first < last:
                found.append((first, last))
            at += 1
    return found


def _minus(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The spans without what lies in a hole. Both in order, neither overlapping itself."""
    found: list[Span] = []
    ends = [end for _, end in holes]
    for start, end in spans:
        kept, at = start, bisect_right(ends, start)
        while at < len(holes) and holes[at][0] < end:
            if kept < holes[at][0]:
                found.append((kept, holes[at][0]))
            kept = holes[at][1]
            at += 1
        if kept < end:
            found.append((kept, end))
    return found


def _whole(spans: Sequence[Span], code: Sequence[Span]) -> list[Span]:
    """The spans, with no code half in and half out of them."""
    covered = _within(code, spans)
    return _minus(spans, [each for each in covered if each not in set(code)])


def _inked(raw: str, code: Iterable[Span]) -> str:
    """A text in which code is no space."""
    pieces: list[str] = []
    at = 0
    for start, end in code:
        pieces += (raw[at:start], "x" * (end - start))
        at = end
    return "".join(pieces) + raw[at:]


def _lettered(ink: str, spans: Iterable[Span]) -> list[Span]:
    """The spans from their first letter to their last, over the space between two of one line."""
    found: list[Span] = []
    for start, end in spans:
        words = ink[start:end]
        first, last = end - len(words.lstrip()), start + len(words.rstrip())
        if first >= last:
            continue
        gap = ink[found[-1][1] : first] if found else "x"
        if gap.isspace() and "\n" not in gap:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found
