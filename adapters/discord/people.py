"""People as Discord knows them: the name and the roles somebody has in a guild, and the language they read.

Called by `history`, for which no event tells who wrote; keeps for a while what it learned. It never fails:
somebody who can't be looked up is called as their message calls them, and has no roles, until the next time.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord
import structlog

from adapters.discord.errors import translating
from adapters.discord.names import name_of
from adapters.discord.parse import person_of, role_of
from core.errors import DeskError
from core.ids import Lang, PersonId
from core.text import Foreign

_KEPT_FOR = timedelta(minutes=5)  # so long may somebody count as staff who no longer has the role
_MOST = 5_000
_PATIENCE = 5.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Someone in a guild; `groups` are the roles they have there."""

    name: Foreign
    groups: tuple[PersonId, ...] = ()


class People:
    """Looks people up, and remembers them."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        lang_of: Callable[[PersonId], Awaitable[Lang | None]],
        now: Callable[[], datetime],
    ) -> None:
        """Ask through `client`; `lang_of` tells the language of the Discord somebody used last.

        `now` tells how long something has been known.
        """
        self._client = client
        self._lang_of = lang_of
        self._now = now
        self._known: dict[tuple[int, int], tuple[Profile, datetime]] = {}

    async def lang(self, user: int, otherwise: Lang) -> Lang:
        """The language somebody reads. Raises Unavailable."""
        return await self._lang_of(person_of(user)) or otherwise

    async def of(self, author: discord.User | discord.Member, guild: int | None) -> Profile:
        """Somebody who wrote in a guild, or in direct messages, where nobody has a role."""
        if guild is None:
            return Profile(name=name_of(author.global_name, author.name))
        known = self._known.get((guild, author.id))
        if known is not None and self._now() - known[1] < _KEPT_FOR:
            return known[0]
        try:
            with translating(sending=False):
                async with asyncio.timeout(_PATIENCE):
                    # Not guild.fetch_member: that knows roles by name only where the gateway told of them.
                    member = await self._client.http.get_member(guild, author.id)
        except DeskError as error:
            _log.warning("discord.person_unknown", user=author.id, why=str(error))
            return known[0] if known is not None else Profile(name=name_of(author.global_name, author.name))
        profile = Profile(
            name=name_of(member.get("nick"), author.global_name, author.name),
            groups=tuple(role_of(guild, int(role)) for role in member["roles"]),
        )
        self._remember(guild, author.id, profile)
        return profile

    def _remember(self, guild: int, user: int, profile: Profile) -> None:
        self._known.pop((guild, user), None)
        self._known[guild, user] = (profile, self._now())
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
