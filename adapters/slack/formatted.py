"""What somebody wrote, as parts of a rich_text block: formatted as they did, and deaf to everything else.

Called by `blocks`. Only what a mark says is a style or a link; each text element shows its characters as they
are, so that nothing in them can ping, format or link. Pure.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Iterator

from adapters.slack.mrkdwn import Json
from core.markup import blocks, runs, signed
from core.text import Foreign, Style

_CHUNK = 3_000
_STYLES = {Style.BOLD: "bold", Style.ITALIC: "italic", Style.STRIKE: "strike", Style.CODE: "code"}
_KINDS = {None: "rich_text_section", Style.QUOTE: "rich_text_quote", Style.PRE: "rich_text_preformatted"}


def as_written(text: Foreign) -> list[Json]:
    """The parts that its writer's own client would have made of a text."""
    parts = list(blocks(text))
    drawn: list[Json] = []
    for count, (style, _, inner) in enumerate(parts, 1):
        # A part ends its last line itself where that is an empty one.
        ends = count < len(parts) and (not inner.raw or inner.raw.endswith("\n"))
        elements = [*inlines(inner), *(_plain("\n") if ends else ())]
        if elements:
            drawn.append({"type": _KINDS[style], "elements": elements})
    return drawn


def in_bar(text: Foreign) -> list[Json]:
    """A text with a bar at its side, all of it; Slack has no quote within a quote, so its own keep a sign."""
    drawn: list[Json] = []
    for style, _, inner in blocks(signed(text)):
        # An empty line above or below a code block is the space that Slack leaves there anyway.
        if inner.raw:
            border = {"border": 1} if style is Style.PRE else {}
            drawn.append({"type": _KINDS[style or Style.QUOTE], "elements": inlines(inner)} | border)
    return drawn


def inlines(text: Foreign) -> list[Json]:
    """The characters of a text as elements, a style and a link each as its marks say."""
    return [element for run in runs(text) for element in _element(run.text, run.styles, run.detail)]


def _element(text: str, styles: frozenset[Style], detail: str) -> Iterator[Json]:
    named = {name: True for style, name in _STYLES.items() if style in styles}
    style: Json = {"style": named} if named else {}
    if Style.LINK in styles:
        label: Json = {"text": text} if text != detail else {}
        yield {"type": "link", "url": detail} | label | style
        return
    for plain in _plain(text):
        yield plain | style


def _plain(text: str) -> Iterator[Json]:
    for start in range(0, len(text), _CHUNK):
        yield {"type": "text", "text": text[start : start + _CHUNK]}
