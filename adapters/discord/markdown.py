"""Wording as Discord's markdown; what people wrote, escaped.

Called by `render`, `lists` and `forms` with whom it is written for. What people wrote neither formats nor
mentions, links or unfurls; whom a message tells is decided by its allowed mentions, never by its text. Pure.
https://support.discord.com/hc/en-us/articles/210298617
"""

import re
from collections.abc import Sequence
from datetime import datetime

from core.ids import PersonId, PlaceId, WorkspaceId, is_group, workspace_of
from core.said import Mention, Part, PlaceName, Said
from core.text import Foreign, one_line
from core.wording import Reader, plain, spelled

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
    return "".join(_marked(part, reader) for part in spelled(sentence, reader))


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
            return escape(plain((part,), reader))
