"""What somebody wrote on Discord: mentions back into words, markdown into marks.

Called by `parse` for every message. The opposite of `formatted`, which puts it on Discord. This part reads
whole lines: quotes, code blocks, headings, small print and lists; `inline` reads what is in them. What comes
out is foreign text: it mentions nothing any more. Pure.
https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.discord.inline import runs_of
from adapters.discord.tokens import Names
from core import markup
from core.markup import PLAIN, Run
from core.text import Foreign, Style

_QUOTE = re.compile(r"^ *(?:(>>>) +|> +)", re.MULTILINE)
_QUOTED = re.compile(r"(?: *>(?!>>) +[^\n]*(?:\n|$))+")
_QUOTE_SIGN = re.compile(r"^ *> ?", re.MULTILINE)
_FENCE = re.compile(r"\\[\s\S]|```")
_LANGUAGE = re.compile(r"([\w+\-.#]+)\n(?=\n*[^\n])", re.ASCII)
_HEADING = re.compile(r" *#{1,3} +(?!#)(?=.*\S)")
_SMALL = re.compile(r"-# +(?!-#)(?=.*\S)")
_ITEM = re.compile(r"( *)([+*-]|\d{1,9}\.) +(?=\S)")

Lines = list[Run]
"""Some lines, without the break after the last."""


def written(text: str, names: Names) -> Foreign:
    """What somebody wrote, from the content of Discord's message."""
    return markup.written(_joined(_Reading(text.replace("\r\n", "\n"), names).blocks()))


def _joined(blocks: Iterator[Lines]) -> Iterator[Run]:
    for count, block in enumerate(blocks):
        if count:
            yield Run("\n")
        yield from block


@dataclass
class _Reading:
    """A text being read, or what a quote holds: no quote is within another."""

    text: str
    names: Names
    quoted: bool = False

    def blocks(self) -> Iterator[Lines]:
        """Quotes, code blocks, and what is between them."""
        at = 0
        fence, quote = self._fence(0), self._quote(0)
        while fence or quote:
            if fence and (not quote or fence[0] < quote.start()):
                yield from self._plain(at, fence[0])
                code, language, at = fence[2], fence[3], fence[1]
                yield [Run(code, frozenset({Style.PRE}), language)]
            elif quote:
                yield from self._plain(at, quote.start())
                whole = None if quote[1] else _QUOTED.match(self.text, quote.start())
                at = whole.end() if whole else len(self.text)
                held = _QUOTE_SIGN.sub("", whole[0]) if whole else self.text[quote.end() :]
                inner = _Reading(held.removesuffix("\n"), self.names, quoted=True)
                yield [run._replace(styles=run.styles | {Style.QUOTE}) for run in _joined(inner.blocks())]
            fence = self._fence(at) if fence and fence[0] < at else fence
            quote = self._quote(at) if quote and quote.start() < at else quote
        yield from self._plain(at, len(self.text))

    def _quote(self, at: int) -> re.Match[str] | None:
        return None if self.quoted else _QUOTE.search(self.text, at)

    def _fence(self, at: int) -> tuple[int, int, str, str] | None:
        """The next code block: from where to where, its code and its language."""
        for found in _FENCE.finditer(self.text, at):
            close = self.text.find("```", found.end()) if found[0] == "```" else -1
            body = self.text[found.end() : max(close, found.end())]
            if close >= 0 and body.strip("\n"):
                language = _LANGUAGE.match(body)
                code = body[language.end() if language else 0 :].strip("\n")
                end = close + len("```")
                return (
                    found.start(),
                    end + self.text.startswith("\n", end),
                    code,
                    language[1] if language else "",
                )
            if found[0] == "```" and close < 0:
                return None
        return None

    def _plain(self, at: int, end: int) -> Iterator[Lines]:
        """Lines that are neither: headings, lists and small print one by one, the others together."""
        if at == end and (at or self.text):
            return
        lines = self.text[at:end].removesuffix("\n" if end < len(self.text) else "").split("\n")
        together: list[str] = []
        lists = _Lists()
        for line in lines:
            block = lists.item(line, self.names) or self._line(line)
            if block is None:
                together.append(line)
                continue
            if together:
                yield runs_of("\n".join(together), self.names)
                together = []
            yield block
        if together:
            yield runs_of("\n".join(together), self.names)

    def _line(self, line: str) -> Lines | None:
        if heading := _HEADING.match(line):
            words = line[heading.end() :].strip()
            return [run._replace(styles=run.styles | {Style.BOLD}) for run in runs_of(words, self.names)]
        small = _SMALL.match(line)
        return runs_of(line[small.end() :].strip(), self.names) if small else None


class _Lists:
    """The lists that lines belong to, the deepest last: how far it is indented, and its next number."""

    def __init__(self) -> None:
        self._open: list[tuple[int, int | None]] = []

    def item(self, line: str, names: Names) -> Lines | None:
        """An item with its sign: a list counts on from its first number, whatever the others are."""
        item = _ITEM.match(line)
        if item is None:
            self._open = self._open if line.startswith("  ") else []
            return None
        indent = len(item[1])
        while self._open and self._open[-1][0] > indent:
            self._open.pop()
        if not self._open or self._open[-1][0] < indent:
            self._open.append((indent, int(item[2][:-1]) if item[2].endswith(".") else None))
        _, number = self._open.pop()
        sign = "• " if number is None else f"{number}. "
        depth = "  " * len(self._open)
        self._open.append((indent, None if number is None else number + 1))
        return [Run(f"{depth}{sign}", PLAIN), *runs_of(line[item.end() :], names)]
