"""Discord's markdown as its client reads it: which characters are shown, and in which styles.

Property tests hold an app's escaping against it; `reading` makes lines of text of it. The rules are those of
the client (https://support.discord.com/hc/en-us/articles/210298617), which takes the first rule that fits at
each place, and the longest of those for `*` and `_`. It interprets, and never looks at intentions.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_SHRUG = re.compile(r"¯\\_\(ツ\)_/¯")
_CODE_BLOCK = re.compile(r"```(?:([\w+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```(\n?)", re.ASCII)
_CODE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
_EMPHASIS = {
    "italic": (
        re.compile(
            r"_((?:__|\\[\s\S]|[^\\_])+?)_(?![0-9A-Za-z_])"
            r"|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"
        )
    ),
    "bold": re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"),
}
_STRIKE = re.compile(r"~~([\s\S]+?)~~(?!_)")
_SPOILER = re.compile(r"\|\|([\s\S]+?)\|\|")
_TOKENS = {
    "mention": re.compile(r"<(?:@[!&]?|#)\d+>|@everyone|@here|</[^:>\n]+:\d+>"),
    "emoji": re.compile(r"<a?:\w+:\d+>", re.ASCII),
    "timestamp": re.compile(r"<t:-?\d{1,17}(?::[tTdDfFsSR])?>"),
}
_URL = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]")
_AUTOLINK = re.compile(r"<(https?://[^ >]+)>")
_TARGET = re.compile(r"\(\s*<?((?:\([^)\s]*\)|[^\s\\()<>]|\\.)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_TEXT = re.compile(r"\n|[^\n]+?(?=[^0-9A-Za-z\s\u00c0-\U0010ffff-]|\n|https?://|$)")

_QUOTE = re.compile(r" *>(?!>>) +[^\n]*(?:\n *>(?!>>) +[^\n]*)*\n?")
_QUOTE_REST = re.compile(r" *>>> +([\s\S]*)")
_QUOTE_MARK = re.compile(r"^ *> ?", re.MULTILINE)
_HEADING = re.compile(r" *(#{1,3}) +(?!#)([^\n]*[^\s][^\n]*)(?:\n|$)")
_SUBTEXT = re.compile(r"-# +(?!-#)([^\n]*[^\s][^\n]*)(?:\n|$)")
_DEEPEST, _DEEPEST_LIST = 50, 11
_ITEM = re.compile(r"( *)([+*-]|\d{1,9}\.) +([^\n]+(?:\n\1 {2}[^\n]+)*)(?:\n|$)")


class Span(NamedTuple):
    """Characters as shown, and their styles.

    Styles: italic, bold, underline, strike, spoiler, code, code_block, quote, heading, subtext, list (list2
    within it), marker (a bullet or number), link:<address>; mention, emoji, timestamp (text: the token).
    """

    text: str
    styles: frozenset[str]


def visible(text: str) -> str:
    """The characters of a text that are shown."""
    return "".join(each.text for each in read_markdown(text))


def read_markdown(text: str, *, inline: bool = False) -> list[Span]:
    """What the client makes of a text; `inline` where it knows no quotes, headings, lists and code blocks."""
    reading = _Reading(blocks=not inline)
    reading.parse(text.strip(), frozenset())
    return reading.spans


@dataclass
class _Reading:
    """One text being read: what came of it so far, and where in a line and in which things it stands."""

    blocks: bool
    spans: list[Span] = field(default_factory=list)
    line_start: bool = True
    ended: bool = False
    quoted: bool = False
    linked: bool = False
    depth: int = 0

    def parse(self, source: str, styles: frozenset[str]) -> None:
        """Read all of a source, each piece by the first rule that fits; nothing is nested without end."""
        self.depth += 1
        if self.depth > _DEEPEST:
            self.show(source, styles)
            source = ""
        while source:
            source = source[self._piece(source, styles) :]
        self.depth -= 1

    def show(self, text: str, styles: frozenset[str]) -> None:
        """Put characters on the screen; what follows a block begins a line."""
        if self.ended:
            self.ended = False
            self._put("\n", styles & self.spans[-1].styles if self.spans else styles)
        self._put(text, styles)
        self.line_start = text.endswith("\n")

    @contextmanager
    def block(self) -> Iterator[None]:
        """Something with lines of its own."""
        self.ended = self.ended or (bool(self.spans) and not self.spans[-1].text.endswith("\n"))
        self.line_start = True
        yield
        self.ended = self.line_start = True

    def _put(self, text: str, styles: frozenset[str]) -> None:
        if self.spans and self.spans[-1].styles == styles:
            text = self.spans.pop().text + text
        self.spans.append(Span(text, styles))

    def _piece(self, source: str, styles: frozenset[str]) -> int:
        for rule in _LINE_RULES if self.blocks and self.line_start and not self.linked else ():
            if length := rule(self, source, styles):
                return length
        for rule in _RULES:
            if length := rule(self, source, styles):
                return length
        text = _TEXT.match(source)
        shown = text[0] if text else source[0]
        self.show(shown, styles)
        return len(shown)


Rule = Callable[[_Reading, str, frozenset[str]], int]


def _quote(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    match = None if reading.quoted else _QUOTE_REST.match(source) or _QUOTE.match(source)
    if not match:
        return 0
    content = match[1] if match.re is _QUOTE_REST else _QUOTE_MARK.sub("", match[0])
    reading.quoted = True
    with reading.block():
        reading.parse(content.removesuffix("\n"), styles | {"quote"})
    reading.quoted = False
    return len(match[0])


def _heading(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    return _line(reading, _HEADING.match(source), styles | {"heading"}, group=2)


def _subtext(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    return _line(reading, _SUBTEXT.match(source), styles | {"subtext"}, group=1)


def _line(reading: _Reading, match: re.Match[str] | None, styles: frozenset[str], *, group: int) -> int:
    if not match:
        return 0
    with reading.block():
        reading.parse(match[group].strip(), styles)
    return len(match[0])


def _list(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    """A list: its first mark says whether it is numbered, and from where; the client counts on from there."""
    nested = sum(each.startswith("list") for each in styles)
    first = _ITEM.match(source) if nested < _DEEPEST_LIST else None
    if not first:
        return 0
    start = int(first[2][:-1]) if first[2].endswith(".") else None
    end, count = 0, 0
    item: re.Match[str] | None = first
    while item is not None and item[1] == first[1]:
        mark = "• " if start is None else f"{start + count}. "
        with reading.block():
            _item(reading, mark, re.sub(rf"\n{item[1]} {{2}}", "\n", item[3]), styles)
        end, count = end + len(item[0]), count + 1
        item = _ITEM.match(source[end:])
    return end


def _item(reading: _Reading, mark: str, content: str, styles: frozenset[str]) -> None:
    depth = sum(each.startswith("list") for each in styles)
    within = styles | {f"list{depth + 1}" if depth else "list"}
    reading.show("  " * depth + mark, within | {"marker"})
    reading.line_start = True
    reading.parse(content, within)


def _code_block(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    match = _CODE_BLOCK.match(source) if reading.blocks and not reading.linked else None
    if not match:
        return 0
    with reading.block():
        reading.show(match[2], styles | {"code_block"})
    reading.line_start = bool(match[3])
    return len(match[0])


def _escape(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    if shrug := _SHRUG.match(source):
        reading.show(shrug[0], styles)
        return len(shrug[0])
    match = _ESCAPE.match(source)
    if match:
        reading.show(match[1], styles)
    return len(match[0]) if match else 0


def _code(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    match = _CODE.match(source)
    if match:
        shown = re.sub(r"^ (?= *`)|(` *) $", r"\1", match[2])
        reading.show(shown, styles | {"code"})
    return len(match[0]) if match else 0


def _emphasis(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    found = [(match, style) for style, rule in _EMPHASIS.items() if (match := rule.match(source))]
    if not found:
        return 0
    match, style = max(found, key=lambda each: len(each[0][0]))
    reading.parse(next(each for each in match.groups() if each is not None), styles | {style})
    return len(match[0])


def _around(rule: re.Pattern[str], style: str) -> Rule:
    def styled(reading: _Reading, source: str, styles: frozenset[str]) -> int:
        match = rule.match(source)
        if match:
            reading.parse(match[1], styles | {style})
        return len(match[0]) if match else 0

    return styled


def _token(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    for style, rule in _TOKENS.items():
        if match := rule.match(source):
            reading.show(match[0], styles | {style})
            return len(match[0])
    return 0


def _address(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    """An address as it stands, or between angle brackets, which are not shown."""
    if reading.linked:
        return 0
    if hidden := _AUTOLINK.match(source):
        reading.show(hidden[1], styles | {f"link:{hidden[1]}"})
        return len(hidden[0])
    match = _URL.match(source)
    if not match:
        return 0
    url = match[0]
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1]
    reading.show(url, styles | {f"link:{url}"})
    return len(url)


def _link(reading: _Reading, source: str, styles: frozenset[str]) -> int:
    """A label that hides an address. One whose label is itself an address is shown as it was written."""
    end = 0 if reading.linked else _closing(source)
    target = _TARGET.match(source, end + 1) if end else None
    if not target or not _URL.fullmatch(address := re.sub(r"\\(.)", r"\1", target[1])):
        return 0
    label, whole = source[1:end], source[: target.end()]
    if not label.strip() or _URL.search(label) or "```" in label:
        reading.show(whole, styles)
        return len(whole)
    reading.linked = True
    reading.parse(label, styles | {f"link:{address}"})
    reading.linked = False
    return len(whole)


def _closing(source: str) -> int:
    """Where the bracket closes that a source begins with, 0 where none does."""
    depth, skip = 0, False
    for at, character in enumerate(source):
        if skip:
            skip = False
        elif character == "\\":
            skip = True
        elif character in "[]":
            depth += 1 if character == "[" else -1
        if depth == 0:
            return at
    return 0


_LINE_RULES: tuple[Rule, ...] = (_quote, _heading, _subtext, _list)
_RULES: tuple[Rule, ...] = (
    _code_block,
    _escape,
    _code,
    _token,
    _address,
    _link,
    _emphasis,
    _around(_STRIKE, "strike"),
    _around(_SPOILER, "spoiler"),
)
