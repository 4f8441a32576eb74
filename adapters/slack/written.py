"""Slack's text as what somebody wrote: mentions, links and dates back into words, entities into characters.

Called by `parse` for every message. The opposite of `mrkdwn`, which puts words on Slack. What comes out is
foreign text: it mentions and links nothing any more. Pure.
https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable

from core.text import Foreign

Names = Callable[[str], str | None]
"""How a Slack user id reads, None where that is not known (yet)."""

_TOKEN = re.compile(r"<([^<>]+)>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def written(text: str, names: Names) -> Foreign:
    """What somebody wrote, from the text of Slack's message."""
    pieces: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        pieces += (_unescaped(text[end : token.start()]), _read(token[1], names))
        end = token.end()
    pieces.append(_unescaped(text[end:]))
    return Foreign("".join(pieces))


def mentioned(text: str) -> frozenset[str]:
    """The user ids a text mentions, so that their names can be known before it is read."""
    return frozenset(_MENTION.findall(text))


def _unescaped(text: str) -> str:
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _read(token: str, names: Names) -> str:
    target, _, label = (_unescaped(part) for part in token.partition("|"))
    match target[:1]:
        case "@":
            return f"@{label or names(target[1:]) or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return _special(target[1:], label)
        case _:
            return _link(target, label)


def _special(name: str, label: str) -> str:
    """A broadcast, a user group or a date: the name stays a word, the date its fallback."""
    if name.startswith("date^"):
        return label
    word = label or name.removeprefix("subteam^")
    return word if word.startswith("@") else f"@{word}"


def _link(url: str, label: str) -> str:
    """The address, after its label where that says something else (Slack links what only looks like one)."""
    if not label or url == label:
        return url
    bare = next((url.removeprefix(scheme) for scheme in _SCHEMES if url.startswith(scheme)), url)
    return label if bare.rstrip("/") == label.rstrip("/") else f"{label} ({url})"
