"""Where what Discord reads in pairs ends: emphasis, code, brackets.

Called by `inline`, which asks at each place that might begin a pair. All signs of a text are found once, so
that no question costs more than looking up the next ones, however the text is made. Pure.
"""

import re
from bisect import bisect_left

_SIGNS = re.compile(r"\\[\s\S]|\*+|_+|[\[\]]")
_TICKS = re.compile(r"`+")
_STRIKE = re.compile(r"(?=~~(?!_))")
_LATIN = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")

Pair = tuple[int, int]
"""Where the content ends, and where what closes it does."""


class Delimiters:
    """The signs of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._runs: dict[str, list[Pair]] = {"*": [], "_": []}
        self._brackets: dict[int, int] = {}
        self._ticks: dict[int, list[int]] = {}
        self._strikes = [found.start() for found in _STRIKE.finditer(text)]
        opened: list[int] = []
        for found in _SIGNS.finditer(text):
            sign = found[0][0]
            if sign in self._runs:
                self._runs[sign].append(found.span())
            elif sign == "[":
                opened.append(found.start())
            elif sign == "]" and opened:
                self._brackets[opened.pop()] = found.start()
        for found in _TICKS.finditer(text):
            self._ticks.setdefault(len(found[0]), []).append(found.start())

    def bracket(self, at: int) -> int | None:
        """Where the bracket closes that opens here."""
        return self._brackets.get(at)

    def code(self, at: int, end: int) -> Pair | None:
        """Where the code ends whose ticks begin here: at just as many, or at fewer, the others being code."""
        ticks = _TICKS.match(self._text, at, end)
        for length in range(len(ticks[0]) if ticks else 0, 0, -1):
            places = self._ticks.get(length, [])
            found = bisect_left(places, at + length + 1)
            if found < len(places) and places[found] + length <= end:
                return places[found], places[found] + length
        return None

    def strike(self, at: int, end: int) -> Pair | None:
        """Where a strike ends: at the first two signs after something, but before an underscore."""
        found = bisect_left(self._strikes, at + 3)
        if found < len(self._strikes) and self._strikes[found] + 2 <= end:
            return self._strikes[found], self._strikes[found] + 2
        # Where what is read ends, no underscore follows.
        return (end - 2, end) if end >= at + 5 and self._text.endswith("~~", at + 3, end) else None

    def strong(self, at: int, end: int) -> Pair | None:
        """Where `**` or `__` ends: with the last two of the first run that has as many."""
        runs, first = self._from(at)
        for start, stop in runs[first:]:
            close = min(stop, end)
            if start >= end:
                return None
            if close - max(start, at + 3) >= len("**"):
                return close - 2, close
        return None

    def weak(self, at: int, end: int) -> Pair | None:
        """Where `*` or `_` ends: at the first sign that is not one of two."""
        sign = self._text[at]
        runs, first = self._from(at)
        own = min(runs[first][1], end) - at
        if own % 2 == 0:
            return (at + own - 1, at + own) if own > len("**") and self._closes(sign, at + own, end) else None
        if sign == "*" and (at + 1 >= end or self._text[at + 1].isspace()):
            return None
        for start, stop in runs[first + 1 :]:
            close = min(stop, end)
            if start >= end:
                return None
            if (close - start) % 2:
                alone = close - start == 1 and sign == "*" and self._text[start - 1].isspace()
                return (close - 1, close) if not alone and self._closes(sign, close, end) else None
        return None

    def _from(self, at: int) -> tuple[list[Pair], int]:
        """The runs of the sign that stands here, and which of them it belongs to."""
        runs = self._runs[self._text[at]]
        return runs, bisect_left(runs, (at + 1,)) - 1

    def _closes(self, sign: str, after: int, end: int) -> bool:
        """Whether a word may follow: an underscore closes nothing in the middle of one."""
        return sign == "*" or after >= end or self._text[after] not in _LATIN
