"""Which signs stand around which letters, so that Discord reads each style where it is.

Called by `formatted` for a line. Bold is outermost, then what is struck out, then italics: what crosses is
parted. Where a sign would be read otherwise beside another, or in the middle of a word, it is left out: the
letters stay. Pure. https://support.discord.com/hc/en-us/articles/210298617
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from core.spans import Span, trimmed
from core.text import Style


class Pair(NamedTuple):
    """Two signs, and from where to where they stand around."""

    start: int
    end: int
    sign: str


def paired(ink: str, styles: Mapping[Style, Sequence[Span]]) -> list[Pair]:
    """The pairs of a line, each in or beside the others; of two that begin together, the outer one first.

    `ink` is the line with letters in place of what is drawn as it is.
    """
    bold = trimmed(ink, styles[Style.BOLD])
    struck = [
        each
        for each in trimmed(ink, _uncrossed(styles[Style.STRIKE], bold))
        if ink[each[1] - 1] != "~"  # with the two that follow, it would end one too early
    ]
    italic = trimmed(ink, _uncrossed(_uncrossed(styles[Style.ITALIC], bold), struck, ends="apart"))
    pairs = [Pair(*each, "**") for each in bold] + [Pair(*each, "~~") for each in struck]
    for each in italic:
        sign = _italic(ink, each, bold, struck)
        pairs += [Pair(*each, sign)] if sign else []
    return sorted(pairs, key=lambda each: (each.start, -each.end))


def _uncrossed(
    spans: Iterable[Span], others: Sequence[Span], *, ends: Literal["together", "apart"] = "together"
) -> list[Span]:
    """The spans, parted where they cross others, or where one in them would end together with them."""
    found: list[Span] = []
    for start, end in spans:
        reach = end - 1 if ends == "apart" else end
        edges = {first for first, last in others if start < first < end and reach < last}
        edges |= {last for first, last in others if first < start < last < end}
        at = start
        for edge in [*sorted(edges), end]:
            found.append((at, edge))
            at = edge
    return found


def _italic(ink: str, span: Span, bold: Sequence[Span], struck: Sequence[Span]) -> str:
    """The sign for italics here, empty where neither would be read."""
    start, end = span
    edges = {edge for each in bold for edge in each}
    star = "*" if start not in edges and end not in edges and "*" not in ink[start:end] else ""
    # An underscore ends nothing before a letter, and a strike does not end before an underscore.
    outer = any(
        (first <= start and last == end) or first == end for each in (bold, struck) for first, last in each
    )
    ends = outer or end == len(ink) or not ink[end].isalnum()
    strikes = any(last == start for _, last in struck)
    line = "_" if ends and not strikes else ""
    in_word = start > 0 and ink[start - 1].isalnum()
    return star or line if in_word else line or star
