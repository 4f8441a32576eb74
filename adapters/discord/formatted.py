"""What somebody wrote, as Discord's markdown: formatted as they did, and deaf to everything else.

Called by `blocks` and `lists`. What is no mark is escaped; what a mark says is written so that the client's
old rules and its new ones read it alike, and left out where they would not. No letter is lost or added. Pure.
https://support.discord.com/hc/en-us/articles/210298617
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from adapters.discord.markdown import escape
from adapters.discord.nesting import paired
from core.marks import LETTERED, detail_of
from core.markup import blocks, lines, part, signed
from core.spans import Span, minus
from core.text import Foreign, Style

_ENDS_NO_ADDRESS = frozenset(".,:;\"']")
_SHORTEST = len("https://ab")
_SIGNS = frozenset("*_~\\")


class _Atom(NamedTuple):
    """What is drawn as it is, code or a link; `lone` where no style can stand around it."""

    start: int
    end: int
    drawn: str
    lone: bool


def as_written(text: Foreign) -> str:
    """A text as its writer could have typed it on Discord."""
    drawn: list[str] = []
    for style, language, inner in blocks(text):
        if style is Style.PRE and "```" not in inner.raw:
            drawn.append(f"```{language}\n{inner.raw}\n```")
        else:
            sign = "> " if style is Style.QUOTE else ""
            drawn += [sign + _line(line) for line in lines(inner)]
    return "\n".join(drawn)


def in_bar(text: Foreign) -> str:
    """A text to be quoted as a whole; Discord has no quote within a quote, so its own keep a sign."""
    return as_written(signed(text))


def pieces(text: Foreign, limit: int) -> list[str]:
    """A text to be quoted in pieces of at most `limit` characters, none of which breaks what is formatted."""
    first, last = len(text.raw) - len(text.raw.lstrip("\n")), len(text.raw.rstrip("\n"))
    text = part(text, first, max(first, last))
    drawn = in_bar(text)
    middle = len(text.raw) // 2
    if len(drawn) <= limit or not middle:
        return [drawn]
    end = max(text.raw.rfind("\n", middle // 2, middle), text.raw.rfind(" ", middle // 2, middle))
    begin, end = (middle, middle) if end < 0 else (end + 1, end)
    return [*pieces(part(text, 0, end), limit), *pieces(part(text, begin, len(text.raw)), limit)]


def _line(line: Foreign) -> str:
    """A line: its code and its links as they are, its letters between the signs of their styles."""
    if not line.marks:
        return escape(line.raw)
    atoms = {each.start: each for each in _atoms(line)}
    signs = _signs(line, list(atoms.values()))
    edges = sorted({0, len(line.raw), *atoms, *(each.end for each in atoms.values()), *signs})
    drawn = [signs.get(0, "")]
    for start, end in pairwise(edges):
        drawn += (atoms[start].drawn if start in atoms else escape(line.raw[start:end]), signs.get(end, ""))
    return "".join(drawn)


def _signs(line: Foreign, atoms: list[_Atom]) -> dict[int, str]:
    """What stands before each place of a line: signs that close, then signs that open."""
    styles = {style: _spans(line, style) for style in LETTERED}
    ink = line.raw
    for atom in atoms:
        ink = ink[: atom.start] + atom.drawn[0] * (atom.end - atom.start) + ink[atom.end :]
        for style, spans in styles.items():
            if atom.lone or not _covers(spans, atom.start, atom.end):
                styles[style] = minus(spans, [(atom.start, atom.end)])
    signs: dict[int, str] = {}
    opened: list[tuple[int, str]] = []
    for start, end, sign in [*paired(ink, styles), (len(ink), len(ink), "")]:
        while opened and opened[-1][0] <= start:
            place, closing = opened.pop()
            signs[place] = signs.get(place, "") + closing
        signs[start] = signs.get(start, "") + sign
        opened.append((end, sign))
    return signs


def _atoms(line: Foreign) -> Iterator[_Atom]:
    links = _spans(line, Style.LINK)
    for start, end in minus(_spans(line, Style.CODE), links):
        code = line.raw[start:end]
        if "`" not in code:
            yield _Atom(start, end, f"`{code}`", not _SIGNS.isdisjoint(code))
    for each in line.marks:
        if each.style is Style.LINK:
            yield _link(part(line, each.start, each.end), detail_of(line, each), each.start)


def _link(words: Foreign, address: str, start: int) -> _Atom:
    """A link; one whose words or address Discord would misread stands beside its words."""
    coded = "".join(words.raw[slice(*each)] for each in _spans(words, Style.CODE))
    lone = not _SIGNS.isdisjoint(address + coded)
    end = start + len(words.raw)
    if words.raw == address:
        return _Atom(start, end, f"<{address}>", lone)
    # What is formatted as a whole is so around the link; code is not, since it can't hold one.
    around = [each for each in words.marks if each.length == len(words.raw) and each.style in LETTERED]
    kept = [each for each in words.marks if each.style is not Style.LINK and (lone or each not in around)]
    readable = len(address) >= _SHORTEST and address[-1] not in _ENDS_NO_ADDRESS
    if readable and "[" not in words.raw and "]" not in words.raw:
        return _Atom(start, end, f"[{_line(Foreign(words.raw, tuple(kept)))}]({address})", lone)
    return _Atom(start, end, f"{escape(words.raw)} (<{address}>)", lone)


def _spans(line: Foreign, style: Style) -> list[Span]:
    return [(each.start, each.end) for each in line.marks if each.style is style]


def _covers(spans: list[Span], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)
