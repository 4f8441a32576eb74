"""Rich text: what Slack takes of it, and what a reader sees of it, which characters in which styles.

`blocks` asks for problems, property tests hold an app's formatting against what is shown. It never looks at
intentions. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
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


# Per type of part, and of element within one: what it must have, and what it may have besides.
_FIELDS: dict[str, tuple[str, str]] = {
    "rich_text_section": ("elements", ""),
    "rich_text_quote": ("elements", "border"),
    "rich_text_preformatted": ("elements", "border language"),
    "rich_text_list": ("elements style", "border indent offset"),
    "text": ("text", "style"),
    "link": ("url", "text style unsafe"),
    "emoji": ("name", "style unicode url"),
    "user": ("user_id", "style"),
    "usergroup": ("usergroup_id", "style"),
    "channel": ("channel_id", "style"),
    "broadcast": ("range", "style"),
    "date": ("timestamp format", "style url fallback"),
    "color": ("value", "style"),
}
_IN_CODE = ("text", "link")


def rich_text_problems(parts: object, at: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a rich_text block's parts, and where."""
    for index, part in enumerate(parts if isinstance(parts, list) else []):
        here = f"{at}/{index}"
        kind = part.get("type")
        if kind not in _PARTS:
            yield f"unsupported type: {kind}", f"{here}/type"
            continue
        yield from _wrong_fields(part, here)
        inner = f"{here}/elements"
        if kind == "rich_text_list":
            yield from rich_text_problems(part["elements"], inner)
            continue
        for number, element in enumerate(part.get("elements") or [{}]):
            allowed = _IN_CODE if kind == "rich_text_preformatted" else _FIELDS.keys() - _PARTS.keys()
            if element.get("type") not in allowed:
                yield f"unsupported type: {element.get('type')}", f"{inner}/{number}/type"
            else:
                yield from _wrong_fields(element, f"{inner}/{number}")


def _wrong_fields(part: Json, at: str) -> Iterator[tuple[str, str]]:
    needed, allowed = (set(each.split()) for each in _FIELDS[part["type"]])
    yield from ((f"missing required field: {each}", at) for each in sorted(needed) if not part.get(each))
    unknown = set(part) - needed - allowed - {"type"}
    yield from ((f"invalid additional property: {each}", at) for each in sorted(unknown))
    style = part.get("style", {})
    if part["type"] == "rich_text_list":
        fits = style in ("bullet", "ordered")
    else:
        fits = isinstance(style, dict) and set(style) <= _STYLES and set(style.values()) <= {True, False}
    if not fits:
        yield f"unsupported style: {style}", at


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
        named = {name for name, on in element.get("style", {}).items() if on} | own
        match element["type"]:
            case "text":
                yield Span(element["text"], frozenset(named))
            case "link":
                shown = element.get("text") or element["url"]
                yield Span(shown, frozenset(named | {f"link:{element['url']}"}))
            case other:
                raise AssertionError(other)
