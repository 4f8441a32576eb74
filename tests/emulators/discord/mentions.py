"""Whom a message mentions, by its content and by what its sender allowed.

Called by `world` for every message and every edit. Only the content counts, never an embed; a mention within
code counts too, so that nobody comes to rely on code to keep people from being pinged.
https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

import re
from dataclasses import dataclass

from tests.emulators.discord.records import Json

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_BROADCAST = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Mentions:
    """The ids of users and roles, and the words everyone and here, each once, in the order of the text."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    broadcasts: tuple[str, ...] = ()
    replied: bool = False


def written(content: str) -> Mentions:
    """All that is written."""
    users, roles, broadcasts = (
        tuple(dict.fromkeys(each.findall(content))) for each in (_USER, _ROLE, _BROADCAST)
    )
    return Mentions(users, roles, broadcasts, replied=True)


def allowed(found: Mentions, permitted: Json | None) -> Mentions:
    """What is left of it; without `allowed_mentions` everything is."""
    if permitted is None:
        return found
    parse = permitted.get("parse") or []
    return Mentions(
        _kept(found.users, parsed="users" in parse, named=permitted.get("users")),
        _kept(found.roles, parsed="roles" in parse, named=permitted.get("roles")),
        found.broadcasts if "everyone" in parse else (),
        replied=bool(permitted.get("replied_user")),
    )


def _kept(found: tuple[str, ...], *, parsed: bool, named: list[object] | None) -> tuple[str, ...]:
    ids = {str(each) for each in named or ()}
    return tuple(each for each in found if parsed or each in ids)
