"""Slack's text as Slack reads it: which parts mention somebody, and what a reader sees.

Called by `world` for the pings of a message and by `rendering` for what is shown. It interprets rather than
trusts: text that an app forgot to escape comes out as the mention or link that it would really be.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_TOKEN = re.compile(r"<([^<>\n]+)>")
_BARE_BROADCAST = re.compile(r"(?<![\w@])@(here|channel|everyone)\b")
BROADCASTS = ("here", "channel", "everyone")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True)
class Reader:
    """Whose eyes: how ids read, and the zone and language that dates are shown in."""

    name_of: Callable[[str], str]
    tz: str = "Etc/UTC"
    locale: str = "en-US"


def escape(text: str) -> str:
    """Text with the three characters escaped that Slack escapes in what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Text with those three entities turned back, as every reader sees them."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def mentions(text: str) -> Iterator[str]:
    """The ids of users and user groups, and the broadcasts, that a text mentions."""
    for match in _TOKEN.finditer(text):
        body = match[1].split("|")[0]
        if re.fullmatch(r"@[UW][A-Z0-9]+", body):
            yield body[1:]
        elif body.startswith("!subteam^"):
            yield body.removeprefix("!subteam^")
        elif body.startswith("!") and body[1:] in BROADCASTS:
            yield body[1:]


def bare_broadcasts(text: str) -> Iterator[str]:
    """The broadcasts written as plain words, which count only under `parse=full` or `link_names`."""
    for match in _BARE_BROADCAST.finditer(text):
        yield match[1]


def read(text: str, reader: Reader) -> str:
    """What a reader sees of a text: names for ids, dates in their zone, links with their address."""
    return unescape(_TOKEN.sub(lambda match: _token(match[1], reader), text))


def _token(body: str, reader: Reader) -> str:
    target, _, label = body.partition("|")
    if target.startswith("!date^"):
        return date_token(target, label, reader)
    if target.startswith("!subteam^"):
        return f"@{reader.name_of(target.removeprefix('!subteam^'))}"
    if target.startswith("!"):
        return f"@{target[1:]}"
    if target.startswith("@"):
        return f"@{reader.name_of(target[1:])}"
    if target.startswith("#"):
        return f"#{label or reader.name_of(target[1:])}"
    return f"{label} ({target})" if label and label != target else target


def date_token(target: str, fallback: str, reader: Reader) -> str:
    """A `!date^seconds^format^link` token in the reader's zone; the fallback where it makes no sense.

    https://docs.slack.dev/messaging/formatting-message-text#date-formatting. "Pretty" forms come out plain.
    """
    parts = target.split("^")
    if len(parts) < 3 or not parts[1].isdigit():
        return fallback
    at = datetime.fromtimestamp(int(parts[1]), UTC).astimezone(ZoneInfo(reader.tz))
    return re.sub(
        r"\{(\w+)\}", lambda match: _date_part(match[1].removesuffix("_pretty"), at, reader.locale), parts[2]
    )


def _date_part(name: str, at: datetime, locale: str) -> str:
    japanese = locale.startswith("ja")
    day = f"{at.year}年{at.month}月{at.day}日" if japanese else f"{at:%B} {at.day}, {at.year}"
    match name:
        case "date_num":
            return f"{at:%Y-%m-%d}"
        case "date":
            return day
        case "date_short":
            return day if japanese else f"{at:%b} {at.day}, {at.year}"
        case "date_long":
            return f"{day}({'月火水木金土日'[at.weekday()]})" if japanese else f"{at:%A}, {day}"
        case "time":
            return f"{at:%H:%M}" if japanese else f"{at:%I:%M %p}".lstrip("0")
        case "time_secs":
            return f"{at:%H:%M:%S}" if japanese else f"{at:%I:%M:%S %p}".lstrip("0")
        case _:
            return f"{{{name}}}"
