"""Wording as Slack's text: rich text elements, mrkdwn for what a notification shows, plain text for forms.

Called by `render`, `lists` and `forms` with whom it is written for. What people wrote goes only into text
elements that Slack draws as they are, or is escaped; never into anything Slack interprets. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from core.ids import Lang, PersonId, PlaceId, WorkspaceId, person_of_dm, workspace_of
from core.phrasebook import Phrasebook
from core.said import Mention, Part, PlaceName, Said
from core.text import Foreign, one_line
from core.wording.names import place_dm, place_elsewhere, someone_elsewhere

Json = dict[str, Any]

# "tomorrow 15:00" in the reader's own zone and language; the client knows both.
# https://docs.slack.dev/messaging/formatting-message-text#date-formatting
_INSTANT = "{date_short_pretty} {time}"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom something is written for.

    `zone` is for instants in plain text, where Slack can't show each reader their own; `workspace` the one
    whose people can be mentioned.
    """

    book: Phrasebook
    lang: Lang
    zone: str
    workspace: WorkspaceId


def escape(raw: str) -> str:
    """Text with the three characters escaped that mean something to Slack.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def elements(said: Said, reader: Reader, *, bold: bool = False) -> list[Json]:
    """Wording as elements of a rich text section; a sentence in bold where asked."""
    style: Json = {"style": {"bold": True}} if bold else {}
    return [element | style for part in _spelled(said, reader) if (element := _element(part, reader))]


def mrkdwn(said: Said, reader: Reader) -> str:
    """Wording as the top-level text of a message, which Slack shows in notifications."""
    return "".join(_mrkdwn(part, reader) for part in _spelled(said, reader))


def plain(said: Said, reader: Reader) -> str:
    """Wording as plain characters, for forms and buttons; not escaped."""
    return "".join(_plain(part, reader) for part in _spelled(said, reader))


def pinged(people: Sequence[PersonId], reader: Reader) -> list[str]:
    """The Slack ids of those who can be mentioned here, each once."""
    return list(dict.fromkeys(own(each) for each in people if workspace_of(each) == reader.workspace))


def own(name: PersonId | PlaceId) -> str:
    """The id that Slack itself knows a person or a channel by."""
    return name.rpartition(":")[2]


def _spelled(said: Said, reader: Reader) -> Iterator[Part]:
    """The parts, with a DM named by whom it is with."""
    for part in said:
        person = person_of_dm(part.place) if isinstance(part, PlaceName) else None
        if person is None:
            yield part
        else:
            yield from place_dm(reader.book, reader.lang, person)


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
            text = _plain(part, reader)
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
            return escape(_plain(part, reader))


def _plain(part: Part, reader: Reader) -> str:
    match part:
        case str():
            return part
        case Foreign():
            return one_line(part)
        case datetime():
            return reader.book.instant(reader.lang, part, reader.zone)
        case Mention():
            return plain(someone_elsewhere(reader.book, reader.lang, part), reader)
        case PlaceName(place):
            return place_elsewhere(reader.book, reader.lang, place)
        case _:
            assert_never(part)
