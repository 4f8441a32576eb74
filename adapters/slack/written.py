"""What somebody wrote on Slack: mentions, links and dates back into words, formatting into marks.

Called by `parse` for every message. The opposite of `mrkdwn` and `blocks`, which put words on Slack. What
comes out is foreign text: it mentions nothing any more. Pure.
https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.slack import emoji, rich_text, spoken
from core import markup
from core.text import Foreign

Names = Callable[[str], str | None]
"""How a Slack user id reads, None where that is not known (yet)."""

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)")
_LABELLED = re.compile(r"<(?:#|!subteam\^)([A-Z0-9]+)\|([^<>]+)>")


def written(text: str, names: Names, blocks: Sequence[Mapping[str, Any]] = ()) -> Foreign:
    """What somebody wrote: from the blocks their client made of it, else from the message's text."""
    rich = [each for each in blocks if each.get("type") == "rich_text"]
    labels = {found[1]: spoken.unescaped(found[2]) for found in _LABELLED.finditer(text)}
    if rich and (said := markup.written(rich_text.runs_of(rich, names, labels))):
        return said
    return markup.written(spoken.runs_of(text, names))


def filled_in(text: str) -> Foreign:
    """What somebody typed into a form: plain, but for addresses, and emoji, which come by name."""
    return markup.typed(emoji.spelled_out(text))


def mentioned(text: str) -> frozenset[str]:
    """The user ids a text mentions, so that their names can be known before it is read."""
    return frozenset(_MENTION.findall(text))
