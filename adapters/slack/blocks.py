"""The blocks that Henji's messages and forms are made of, within Slack's limits.

Called by `render`, `lists` and `forms`. Everything told is a rich_text block: its text elements show what
somebody wrote as it is, so that nothing in it can ping, format or link
(https://docs.slack.dev/reference/block-kit/blocks/rich-text-block). Pure.
"""

from collections.abc import Sequence
from typing import Literal

from adapters.slack.formatted import in_bar
from adapters.slack.mrkdwn import Json, escape
from core.text import Foreign

MOST_BLOCKS = 50
# Not in Slack's documents, but where it refuses (13,200), with some room.
# https://github.com/slackapi/bolt-js/issues/2509
MOST_TEXT = 12_000
_BUTTONS_A_ROW = 5
_LABEL = 75

Style = Literal["primary", "danger"]


def spoken(*lines: list[Json]) -> Json:
    """Lines of rich text elements as one block; empty lines are left out."""
    return {"type": "rich_text", "elements": [section(*lines)]}


def section(*lines: list[Json]) -> Json:
    """Lines as one section of a rich_text block."""
    joined: list[Json] = []
    for line in lines:
        if line and joined:
            joined.append({"type": "text", "text": "\n"})
        joined += line
    return {"type": "rich_text_section", "elements": joined}


def quoted(text: Foreign) -> Json:
    """What somebody wrote as a block of its own."""
    return {"type": "rich_text", "elements": in_bar(text)}


def plain_text(raw: str, limit: int) -> Json:
    """A text object in which Slack interprets nothing, cut to `limit` characters."""
    return {"type": "plain_text", "text": fitted(raw, limit), "emoji": False}


def button(action: str, label: str, value: str, style: Style | None = None) -> Json:
    """A button; what it does is named by its action id, its value is an id and no right."""
    drawn: Json = {"type": "button", "action_id": action, "text": plain_text(label, _LABEL), "value": value}
    return drawn | ({} if style is None else {"style": style})


def rows(buttons: Sequence[Json]) -> list[Json]:
    """Buttons as blocks, five beside each other at most."""
    starts = range(0, len(buttons), _BUTTONS_A_ROW)
    return [
        {"type": "actions", "elements": list(buttons[start : start + _BUTTONS_A_ROW])} for start in starts
    ]


def option(label: str, value: str) -> Json:
    """One choice of a select or of radio buttons."""
    return {"text": plain_text(label, _LABEL), "value": value}


def fitted(raw: str, limit: int) -> str:
    """Text escaped and cut, with an ellipsis, so that what is sent has at most `limit` characters."""
    whole = escape(raw)
    if len(whole) <= limit:
        return whole
    kept, room = "", limit - 1
    for piece in map(escape, raw):
        room -= len(piece)
        if room < 0:
            break
        kept += piece
    return f"{kept.rstrip()}…"


def weight(part: object) -> int:
    """How many characters of text there are in blocks, counted as Slack counts them against its limit."""
    match part:
        case list():
            return sum(map(weight, part))
        case dict():
            return sum(
                len(value) if name in {"text", "url"} and isinstance(value, str) else weight(value)
                for name, value in part.items()
            )
        case _:
            return 0
