"""Text as a person reads it: names for ids, instants in their zone, quotes and code by their lines.

Called by `rendering`. Emphasis leaves no trace in what is read; a hidden address is said behind its label,
and a spoiler keeps its bars. It knows nothing of messages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tests.emulators.discord import moments
from tests.emulators.discord.markdown import Span, read_markdown

_LINK = "link:"


@dataclass(frozen=True)
class Reader:
    """Whose eyes: how ids read, and the zone and language that instants are shown in, as seen at `now`."""

    name_of: Callable[[str], str]
    now: datetime
    tz: str = "Etc/UTC"
    locale: str = "en-US"


def read(text: str, reader: Reader, *, inline: bool = False) -> str:
    """What a reader sees of a text; `inline` as for `read_markdown`."""
    lines: list[str] = []
    spans = read_markdown(text, inline=inline)
    for line in _lines(spans):
        quoted = any("quote" in each.styles for each in line)
        lines.append(("> " if quoted else "") + "".join(_said(line, reader)))
    return "\n".join(lines)


def _lines(spans: list[Span]) -> Iterator[list[Span]]:
    line: list[Span] = []
    for span in spans:
        first, *rest = span.text.split("\n")
        line.append(Span(first, span.styles))
        for each in rest:
            yield [piece for piece in line if piece.text]
            line = [Span(each, span.styles)]
    yield [piece for piece in line if piece.text]


def _said(line: list[Span], reader: Reader) -> Iterator[str]:
    for at, span in enumerate(line):
        after = line[at + 1].styles if at + 1 < len(line) else frozenset()
        before = line[at - 1].styles if at else frozenset()
        if "spoiler" in span.styles and "spoiler" not in before:
            yield "||"
        yield _shown(span, reader)
        for style in span.styles - after:
            if style.startswith(_LINK) and span.text != style.removeprefix(_LINK):
                yield f" ({style.removeprefix(_LINK)})"
        if "spoiler" in span.styles and "spoiler" not in after:
            yield "||"


def _shown(span: Span, reader: Reader) -> str:
    if "mention" in span.styles:
        return _mention(span.text, reader)
    if "emoji" in span.styles:
        return f":{span.text.split(':')[1]}:"
    if "timestamp" in span.styles:
        return moments.shown(span.text, tz=reader.tz, locale=reader.locale, now=reader.now)
    return span.text


def _mention(token: str, reader: Reader) -> str:
    if token.startswith("@"):
        return token
    if token.startswith("</"):
        return token[1:].split(":", maxsplit=1)[0]
    mark = "#" if token.startswith("<#") else "@"
    return f"{mark}{reader.name_of(token.strip('<>').lstrip('@#!&'))}"
