"""The formatting of what people wrote, for whoever reads, draws, cuts or joins it.

The adapters read a platform's text into runs, and draw a text from its blocks and their runs; the rules cut
and join, so that no mark loses its characters. What comes out is in the one form of core/marks. Holds no
platform's markup.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from core import spans
from core.marks import detail_of, is_address, misleads, says, tidy
from core.text import Foreign, Mark, Style, shortened

EXCERPT: Final = 120
"""Characters of the opening message that stand on a card."""

PLAIN: Final[frozenset[Style]] = frozenset()

_BLOCKS: Final = (Style.QUOTE, Style.PRE)
_SIGN: Final = Foreign("> ")
_TYPED: Final = re.compile(r"https?://[!-;=?-~]+")
_AFTER_ONE: Final = ".,:;!?'\"*_~]"


class Run(NamedTuple):
    """Characters formatted alike. `detail` is their link's address, or their code block's language."""

    text: str
    styles: frozenset[Style] = PLAIN
    detail: str = ""


class Block(NamedTuple):
    """Lines of a text: a quote, a code block with its language, or neither, without their last line break."""

    style: Style | None
    detail: str
    text: Foreign


def written(runs: Iterable[Run]) -> Foreign:
    """The text that runs make."""
    raw: list[str] = []
    marks: list[Mark] = []
    at = 0
    for run in runs:
        raw.append(run.text)
        for style in run.styles:
            detail = run.detail if style in (Style.LINK, Style.PRE) else ""
            marks.append(Mark(at, len(run.text), style, detail))
        at += len(run.text)
    return tidy("".join(raw), marks)


def typed(raw: str) -> Foreign:
    """A text from a form, where nothing can be formatted: its addresses are links, as anywhere one types."""
    found = ((each.start(), each[0].rstrip(_AFTER_ONE)) for each in _TYPED.finditer(raw))
    whole = ((start, address if "(" in address else address.rstrip(")")) for start, address in found)
    return tidy(raw, [Mark(start, len(address), Style.LINK) for start, address in whole])


def linked(words: Sequence[Run], address: str) -> list[Run]:
    """Words with an address behind them.

    Where the words look like another address, or lead anywhere but to a page, it stands beside them: nobody
    is led elsewhere than they read.
    """
    shown = "".join(run.text for run in words).strip()
    if not any(run.text for run in words):
        words, shown = [Run(address)], address
    if not is_address(address):
        return [*words, *([] if says(shown, address) else [Run(f" ({address})")])]
    if not misleads(shown, address):
        return [Run(run.text, run.styles | {Style.LINK}, address) for run in words]
    return [*words, Run(" ("), Run(address, frozenset({Style.LINK}), address), Run(")")]


def runs(text: Foreign) -> list[Run]:
    """A text as its runs: what is formatted alike, each as long as it goes."""
    edges = sorted({0, len(text.raw), *(edge for each in text.marks for edge in (each.start, each.end))})
    opening: dict[int, list[Mark]] = {}
    for each in text.marks:
        opening.setdefault(each.start, []).append(each)
    found: list[Run] = []
    active: list[Mark] = []
    for start, end in pairwise(edges):
        active = [each for each in active if each.end > start] + opening.get(start, [])
        detail = next((detail_of(text, each) for each in active if each.style in (Style.LINK, Style.PRE)), "")
        found.append(Run(text.raw[start:end], frozenset(each.style for each in active), detail))
    return found


def blocks(text: Foreign) -> Iterator[Block]:
    """A text as its blocks, from top to bottom; the line break between two of them is left out."""
    at = 0
    for mark in text.marks:
        if mark.style not in _BLOCKS:
            continue
        if mark.start > at:
            yield Block(None, "", _stretch(text, at, mark.start - 1))
        yield Block(mark.style, mark.detail, _stretch(text, mark.start, mark.end))
        at = mark.end + 1
    if at <= len(text.raw):
        yield Block(None, "", _stretch(text, at, len(text.raw)))


def lines(text: Foreign) -> Iterator[Foreign]:
    """A text as its lines, each with the marks of its characters."""
    return (_stretch(text, start, end) for start, end in spans.lines(text.raw))


def part(text: Foreign, start: int, end: int) -> Foreign:
    """Some characters of a text, with their marks; a link cut short leads where it led."""
    kept = []
    for each in text.marks:
        first, last = max(each.start, start), min(each.end, end)
        if first < last:
            kept.append(Mark(first - start, last - first, each.style, detail_of(text, each)))
    return tidy(text.raw[start:end], kept)


def joined(texts: Sequence[Foreign], separator: str = "\n") -> Foreign:
    """Texts one after the other, with their marks."""
    marks: list[Mark] = []
    at = 0
    for text in texts:
        marks += [Mark(at + each.start, each.length, each.style, each.detail) for each in text.marks]
        at += len(text.raw) + len(separator)
    return tidy(separator.join(each.raw for each in texts), marks)


def signed(text: Foreign) -> Foreign:
    """A text for where no quote can stand: its quotes are lines after a sign."""
    pieces: list[Foreign] = []
    at = 0
    for each in text.marks:
        if each.style is Style.QUOTE:
            pieces.append(part(text, at, each.start))
            quoted = _stretch(text, each.start, each.end)
            pieces.append(joined([joined((_SIGN, line), "") for line in lines(quoted)]))
            at = each.end
    return joined((*pieces, part(text, at, len(text.raw))), "") if pieces else text


def cut(text: Foreign, limit: int) -> Foreign:
    """A text of `limit` characters at most, with an ellipsis where it was cut."""
    if len(text.raw) <= limit:
        return text
    end = len(text.raw[: limit - 1].rstrip())
    return joined((part(text, 0, end), Foreign("…")), "")


def excerpt(text: Foreign, limit: int = EXCERPT) -> Foreign:
    """The beginning of a text on one line, cut at `limit` characters with an ellipsis."""
    if not text.marks:
        return Foreign(shortened(" ".join(text.raw.split()), limit))
    line: list[str] = []
    moved: dict[int, int] = {}
    at = 0
    for word in re.finditer(r"\S+", text.raw):
        line.append(word[0])
        moved |= {here: at + here - word.start() for here in range(word.start(), word.end())}
        at += len(word[0]) + 1
    marks = []
    for each in text.marks:
        kept = [moved[here] for here in range(each.start, each.end) if here in moved]
        if kept and each.style not in _BLOCKS:
            marks.append(Mark(kept[0], kept[-1] + 1 - kept[0], each.style, detail_of(text, each)))
    return cut(tidy(" ".join(line), marks), limit)


def unmarked(text: Foreign) -> str:
    """A text where no marks can be shown: quotes as lines after "> ", addresses beside their words."""
    return "".join(_spelled(signed(text)))


def _spelled(text: Foreign) -> Iterator[str]:
    at = 0
    for each in text.marks:
        words = text.raw[each.start : each.end]
        if each.style is Style.LINK and each.detail and not says(words, each.detail):
            yield f"{text.raw[at : each.end]} ({each.detail})"
            at = each.end
    yield text.raw[at:]


def _stretch(text: Foreign, start: int, end: int) -> Foreign:
    """Whole lines of a text, with the marks of their characters, which lie within a line each."""
    first = bisect_left(text.marks, start, key=lambda each: each.start)
    last = bisect_left(text.marks, end, key=lambda each: each.start)
    return Foreign(
        text.raw[start:end],
        tuple(
            Mark(each.start - start, each.length, each.style, each.detail)
            for each in text.marks[first:last]
            if each.style not in _BLOCKS
        ),
    )
