"""Wording as Slack's text: rich text elements, and mrkdwn for what a notification shows.

Called by `render`, `lists` and `forms` with whom it is written for. What people wrote goes only into text
elements that Slack draws as they are, or is escaped; never into anything Slack interprets. Pure.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.ids import PersonId, PlaceId, workspace_of
from core.said import Mention, Part, PlaceName, Said
from core.wording import Reader, plain, spelled

Json = dict[str, Any]

# "tomorrow 15:00" in the reader's own zone and language; the client knows both.
# https://docs.slack.dev/messaging/formatting-message-text#date-formatting
_INSTANT = "{date_short_pretty} {time}"


def escape(raw: str) -> str:
    """Text with the three characters escaped that mean something to Slack.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def elements(said: Said, reader: Reader, *, bold: bool = False) -> list[Json]:
    """Wording as elements of a rich text section; a sentence in bold where asked."""
    style: Json = {"style": {"bold": True}} if bold else {}
    return [element | style for part in spelled(said, reader) if (element := _element(part, reader))]


def mrkdwn(said: Said, reader: Reader) -> str:
    """Wording as the top-level text of a message, which Slack shows in notifications."""
    return "".join(_mrkdwn(part, reader) for part in spelled(said, reader))


def pinged(people: Sequence[PersonId], reader: Reader) -> list[str]:
    """The Slack ids of those who can be mentioned here, each once."""
    return list(dict.fromkeys(own(each) for each in people if workspace_of(each) == reader.workspace))


def own(name: PersonId | PlaceId) -> str:
    """The id that Slack itself knows a person or a channel by."""
    return name.rpartition(":")[2]


def _element(part: Part, reader: Reader) -> Json | None:
    match part:
        case datetime():
            return {
                "type": "date",
                "timestamp": round(part.timestamp()),
                "format": _INSTANT,
                "fallback": reader.book.instant(reader.lang, part, reader.zone),
            }
        case Mention(person) if workspace_of(person) == reader.workspace:
            return {"type": "user", "user_id": own(person)}
        case PlaceName(place) if workspace_of(place) == reader.workspace:
            return {"type": "channel", "channel_id": own(place)}
        case _:
            text = plain((part,), reader)
            return {"type": "text", "text": text} if text else None


def _mrkdwn(part: Part, reader: Reader) -> str:
    match part:
        case datetime():
            fallback = escape(reader.book.instant(reader.lang, part, reader.zone))
            return f"<!date^{round(part.timestamp())}^{_INSTANT}|{fallback}>"
        case Mention(person) if workspace_of(person) == reader.workspace:
            return f"<@{own(person)}>"
        case PlaceName(place) if workspace_of(place) == reader.workspace:
            return f"<#{own(place)}>"
        case _:
            return escape(plain((part,), reader))
