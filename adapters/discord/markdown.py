"""Wording as Discord's markdown, and as plain words for labels and titles; what people wrote, escaped.

Called by `render`, `lists` and `forms` with whom it is written for. What people wrote neither formats nor
mentions, links or unfurls; whom a message tells is decided by its allowed mentions, never by its text. Pure.
https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from core.ids import Lang, PersonId, PlaceId, WorkspaceId, is_group, person_of_dm, workspace_of
from core.phrasebook import Phrasebook
from core.said import Mention, Part, PlaceName, Said
from core.text import Foreign, one_line
from core.wording.names import place_dm, place_elsewhere, someone_elsewhere

PEOPLE = WorkspaceId("discord:users")
"""What stands for a workspace in the names of people, who are the same in every guild."""

# A backslash takes the meaning from whatever is no letter, number or space. Angle brackets begin mentions,
# emoji, instants and links; a colon ends the scheme of an address, or begins the name of an emoji; what is
# left unescaped means something only where these stand.
_ANYWHERE = re.compile(r"[\\*_~|`<\[]|@(?=everyone|here)|:(?=//|[^\s:]+:)")
# Quotes, headings, small print and lists begin a line.
_BEGINNING = re.compile(r"^([^\S\n]*)(>(?=(?:>>)?\s)|#(?=#{0,2}\s)|-(?=[\s#])|\+(?=\s))", re.MULTILINE)
_NUMBERED = re.compile(r"^([^\S\n]*\d+)\.(?=\s)", re.MULTILINE)
# discord.gg/word is an invitation without any scheme before it.
_PATH = re.compile(r"(?<=\w)/")
_TWO_OF_A_FENCE = re.compile("``(?=`)")


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom something is written for.

    `zone` is for instants in plain text, where Discord can't show each reader their own; `workspace` the
    guild whose roles and channels can be named, or `discord:users` in direct messages.
    """

    book: Phrasebook
    lang: Lang
    zone: str
    workspace: WorkspaceId


def escape(raw: str) -> str:
    """Text that Discord shows as it is."""
    whole = _ANYWHERE.sub(r"\\\g<0>", raw)
    return _NUMBERED.sub(r"\1\\.", _BEGINNING.sub(r"\1\\\2", whole))


def fenced(raw: str) -> str:
    """Text as a code block, in which nothing but its end means anything, so that it hardly gets longer."""
    unbroken = _TWO_OF_A_FENCE.sub("``\u200b", raw)  # with a space of no width between them
    return f"```\n{unbroken}\n```"


def said(sentence: Said, reader: Reader) -> str:
    """Wording as markdown."""
    return "".join(_marked(part, reader) for part in _spelled(sentence, reader))


def plain(sentence: Said, reader: Reader) -> str:
    """Wording as plain characters, for labels, titles and choices; not escaped."""
    return "".join(_plain(part, reader) for part in _spelled(sentence, reader))


def fitted(raw: str, limit: int) -> str:
    """Plain characters cut, with an ellipsis, to at most `limit`."""
    return raw if len(raw) <= limit else f"{raw[: limit - 1].rstrip()}…"


def pinged(people: Sequence[PersonId], reader: Reader) -> tuple[PersonId, ...]:
    """The people and roles that can be mentioned here, each once."""
    return tuple(dict.fromkeys(each for each in people if _known(each, reader)))


def mention(person: PersonId) -> str:
    """Somebody on Discord, or a role, as its text names them."""
    return f"<@&{own(person)}>" if is_group(person) else f"<@{own(person)}>"


def own(name: PersonId | PlaceId) -> int:
    """The id that Discord itself knows a person, a role or a channel by."""
    return int(name.rpartition(":")[2].lstrip("@&"))


def _known(person: PersonId, reader: Reader) -> bool:
    """People are known all over Discord, a role only in its guild."""
    return workspace_of(person) == (reader.workspace if is_group(person) else PEOPLE)


def _spelled(sentence: Said, reader: Reader) -> Iterator[Part]:
    """The parts, with a DM named by whom it is with."""
    for part in sentence:
        person = person_of_dm(part.place) if isinstance(part, PlaceName) else None
        if person is None:
            yield part
        else:
            yield from place_dm(reader.book, reader.lang, person)


def _marked(part: Part, reader: Reader) -> str:
    match part:
        case datetime():
            at = round(part.timestamp())
            return f"<t:{at}:F> (<t:{at}:R>)"
        case Mention(person) if _known(person, reader):
            return mention(person)
        case PlaceName(place) if workspace_of(place) == reader.workspace:
            return f"<#{own(place)}>"
        case Foreign():
            return _PATH.sub(r"\\/", escape(one_line(part)))
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
