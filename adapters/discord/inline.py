"""Discord's markdown within lines, as runs: emphasis, code, links, and what names somebody.

Called by `written`, which has parted quotes, code blocks, headings and lists. At each place the first rule
that fits is taken, as the client does; signs that close nothing are characters. Spoilers keep their bars:
whoever reads elsewhere should know that something was to be hidden. Bounded in depth and in steps. Pure.
https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from collections.abc import Iterator

from adapters.discord.delimiters import Delimiters
from adapters.discord.tokens import TOKEN, Names, said
from core.markup import PLAIN, Run, linked
from core.text import Style

_DEEPEST = 12
_SPECIAL = re.compile(r"[\\`<\[*_~¯]|https?://")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_SHRUG = "¯\\_(ツ)_/¯"  # Discord's own, although a backslash would take away what follows it
_TICKS = re.compile("`+")
_HIDDEN = re.compile(r"<(https?://[^\s<>]+)>")
_ADDRESS = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]")
_TARGET = re.compile(r"\(\s*<?((?:\([^)\s]*\)|[^\s\\()<>]|\\.)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_PADDING = re.compile(r"^ (?= *`)|(` *) $")

Found = tuple[list[Run], int]
"""What is read, and where to go on."""


def runs_of(text: str, names: Names) -> list[Run]:
    """What some lines say."""
    return list(_Inline(text, names).read(0, len(text), PLAIN))


class _Inline:
    """Lines being read."""

    def __init__(self, text: str, names: Names) -> None:
        self._text = text
        self._names = names
        self._signs = Delimiters(text)
        self._depth = 0
        self._in_link = False

    def read(self, at: int, end: int, styles: frozenset[Style]) -> Iterator[Run]:
        """Everything from here to there, in these styles and its own."""
        while at < end:
            special = _SPECIAL.search(self._text, at, end)
            start = special.start() if special else end
            if start > at:
                yield Run(self._text[at:start], styles)
            if start < end:
                runs, at = self._special(start, end, styles)
                yield from runs
            else:
                at = end

    def _special(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        match self._text[at]:
            case "\\" | "¯":
                return self._escaped(at, end, styles)
            case "`":
                return self._code(at, end, styles)
            case "<":
                return self._token(at, end, styles)
            case "h":
                return self._address(at, end, styles)
            case "[":
                return self._link(at, end, styles)
            case "~":
                return self._struck(at, end, styles)
            case _:
                return self._emphasis(at, end, styles)

    def _character(self, at: int, styles: frozenset[Style], length: int = 1) -> Found:
        """A sign that means nothing here."""
        return [Run(self._text[at : at + length], styles)], at + length

    def _escaped(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        if self._text.startswith(_SHRUG, at, end):
            return self._character(at, styles, len(_SHRUG))
        escaped = _ESCAPED.match(self._text, at, end)
        return ([Run(escaped[1], styles)], escaped.end()) if escaped else self._character(at, styles)

    def _code(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        pair = self._signs.code(at, end)
        if pair is None:
            ticks = _TICKS.match(self._text, at, end)
            return self._character(at, styles, len(ticks[0]) if ticks else 1)
        content = _PADDING.sub(r"\1", self._text[at + pair[1] - pair[0] : pair[0]])
        return [Run(content, styles | {Style.CODE})], pair[1]

    def _token(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        token = TOKEN.match(self._text, at, end)
        if token:
            return [Run(said(token, self._names), styles)], token.end()
        hidden = None if self._in_link else _HIDDEN.match(self._text, at, end)
        if hidden:
            return linked([Run(hidden[1], styles)], hidden[1]), hidden.end()
        return self._character(at, styles)

    def _address(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        found = None if self._in_link else _ADDRESS.match(self._text, at, end)
        if not found:
            return self._character(at, styles, len("http"))
        url = found[0]
        spare = max(url.count(")") - url.count("("), 0)
        url = url[: max(len(url) - spare, len(url.rstrip(")")))]
        return linked([Run(url, styles)], url), at + len(url)

    def _link(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        """A label that hides an address. Discord shows one whose label is itself an address as it is."""
        close = None if self._in_link else self._signs.bracket(at)
        target = _TARGET.match(self._text, close + 1, end) if close is not None and close < end else None
        if close is None or not target:
            return self._character(at, styles)
        address = re.sub(r"\\(.)", r"\1", target[1])
        label = self._text[at + 1 : close]
        if not _ADDRESS.fullmatch(address):
            return self._character(at, styles)
        if not label.strip() or _ADDRESS.search(label) or "```" in label:
            return self._character(at, styles, target.end() - at)
        self._in_link = True
        words = self._within(at + 1, close, styles)
        self._in_link = False
        return linked(words, address), target.end()

    def _struck(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        pair = self._signs.strike(at, end) if self._text.startswith("~~", at, end) else None
        if pair is None:
            return self._character(at, styles)
        return self._within(at + 2, pair[0], styles | {Style.STRIKE}), pair[1]

    def _emphasis(self, at: int, end: int, styles: frozenset[Style]) -> Found:
        """One sign is italic, two are bold; two underscores underline, which is emphasis too.

        Where both fit, the longer one is meant.
        """
        sign = self._text[at]
        weak = self._signs.weak(at, end)
        strong = self._signs.strong(at, end) if self._text.startswith(sign * 2, at, end) else None
        if weak and (not strong or weak[1] >= strong[1]):
            return self._within(at + 1, weak[0], styles | {Style.ITALIC}), weak[1]
        if strong:
            style = Style.BOLD if sign == "*" else Style.ITALIC
            return self._within(at + 2, strong[0], styles | {style}), strong[1]
        return self._character(at, styles)

    def _within(self, at: int, end: int, styles: frozenset[Style]) -> list[Run]:
        """What a pair holds; what is nested too deep is read as it is."""
        if self._depth == _DEEPEST:
            return [Run(self._text[at:end], styles)]
        self._depth += 1
        runs = list(self.read(at, end, styles))
        self._depth -= 1
        return runs
