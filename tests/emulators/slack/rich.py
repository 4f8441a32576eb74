"""What a reader sees of rich_text blocks: which characters, and in which styles.

Property tests hold an app's formatting against it. It shows what Slack's client shows, and never looks at
intentions; what it does not know it refuses.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.emulators.slack.records import Json

_STYLES = {"bold", "italic", "strike", "underline", "code"}
_PARTS = {
    "rich_text_section": "",
    "rich_text_quote": "quote",
    "rich_text_preformatted": "code_block",
    "rich_text_list": "list",
}


class Span(NamedTuple):
    """Characters as shown, and their styles.

    Styles: bold, italic, strike, underline, code, quote, code_block, list, bar (at its side), link:<address>.
    """

    text: str
    styles: frozenset[str]


def read_rich(blocks: list[Json]) -> list[Span]:
    """Everything that blocks show, part by part; each part begins a line."""
    spans: list[Span] = []
    for part in (part for block in blocks if block["type"] == "rich_text" for part in block["elements"]):
        if spans and not spans[-1].text.endswith("\n"):
            spans.append(Span("\n", frozenset()))
        spans += _part(part)
    return spans


def _part(part: Json) -> Iterator[Span]:
    own = {_PARTS[part["type"]]} - {""} | ({"bar"} if part.get("border") else set())
    if part["type"] == "rich_text_list":
        for count, item in enumerate(part["elements"], part.get("offset", 0) + 1):
            sign = f"{count}. " if part["style"] == "ordered" else "• "
            yield Span("  " * part.get("indent", 0) + sign, frozenset(own))
            yield from _part(item)
            yield Span("\n", frozenset(own))
        return
    for element in part["elements"]:
        styles = element.get("style", {})
        assert set(styles) <= _STYLES, styles
        named = {name for name, on in styles.items() if on} | own
        match element["type"]:
            case "text":
                assert element["text"], "Slack refuses empty text"
                yield Span(element["text"], frozenset(named))
            case "link":
                shown = element.get("text") or element["url"]
                yield Span(shown, frozenset(named | {f"link:{element['url']}"}))
            case other:
                raise AssertionError(other)
