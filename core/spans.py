"""Stretches of a text, by the places where they begin and end; for core/marks and what draws marks.

Each list of them is in order, and none overlaps the next. Knows nothing of styles.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

Span = tuple[int, int]
"""From where to where, the end left out."""


def lines(raw: str) -> list[Span]:
    """Where the lines of a text are, without their breaks."""
    found: list[Span] = []
    at = 0
    for line in raw.split("\n"):
        found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def within(spans: Iterable[Span], bounds: Sequence[Span]) -> list[Span]:
    """What of the spans lies within bounds."""
    found: list[Span] = []
    for start, end in spans:
        at = max(bisect_right(bounds, start, key=itemgetter(0)) - 1, 0)
        while at < len(bounds) and bounds[at][0] < end:
            first, last = max(start, bounds[at][0]), min(end, bounds[at][1])
            if first < last:
                found.append((first, last))
            at += 1
    return found


def minus(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The spans without what lies in a hole. Both in order, neither overlapping itself."""
    found: list[Span] = []
    for start, end in spans:
        kept, at = start, bisect_right(holes, start, key=itemgetter(1))
        while at < len(holes) and holes[at][0] < end:
            if kept < holes[at][0]:
                found.append((kept, holes[at][0]))
            kept = holes[at][1]
            at += 1
        if kept < end:
            found.append((kept, end))
    return found


def inked(raw: str, code: Iterable[Span]) -> str:
    """A text in which code is no space."""
    pieces: list[str] = []
    at = 0
    for start, end in code:
        pieces += (raw[at:start], "\0" * (end - start))
        at = end
    return "".join(pieces) + raw[at:]


def trimmed(ink: str, spans: Iterable[Span]) -> list[Span]:
    """The spans from their first letter to their last."""
    found: list[Span] = []
    for start, end in spans:
        words = ink[start:end]
        first, last = end - len(words.lstrip()), start + len(words.rstrip())
        if first < last:
            found.append((first, last))
    return found


def lettered(ink: str, spans: Iterable[Span]) -> list[Span]:
    """The spans from their first letter to their last, over the space between two of one line."""
    found: list[Span] = []
    for start, end in trimmed(ink, spans):
        gap = ink[found[-1][1] : start] if found else ""
        if gap.isspace() and "\n" not in gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
