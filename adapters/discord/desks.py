"""Which desk somebody means in direct messages, which on Discord belong to no guild.

Used by the reception for what is written and typed there. Every message of ours carries its notice's id,
which begins with its desk's; where there is none to go by, the desks that somebody has to do with are looked
at. It decides no rights, and says nothing.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import discord

from adapters.discord.channels import notice_in
from adapters.discord.client import identify
from adapters.discord.errors import translating
from adapters.discord.parse import person_of, workspace_of
from core.commands import Actor
from core.desk import FrontDesk
from core.errors import DeskError, Undeliverable
from core.ids import DeskId, MessageId, PlaceId, dm_with
from core.permissions import is_staff
from core.records import Asking

_MOST_GUILDS = 20  # in how many guilds somebody is looked for whom the directory does not know well
_KEPT_FOR = timedelta(minutes=15)
_MOST_KNOWN = 10_000
_PATIENCE = 2.0


class Desks:
    """The desks of one bot's guilds."""

    def __init__(
        self, client: discord.AutoShardedClient, desk: FrontDesk, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._me = identify(client).user
        self._desk = desk
        self._now = now
        self._members: dict[tuple[int, int], tuple[bool, datetime]] = {}

    async def of(self, user: int) -> tuple[DeskId, ...]:
        """The desks somebody has to do with: those noted, and those of the guilds they are in.

        Raises Unavailable.
        """
        found = dict.fromkeys(await self._desk.store.desks_of(person_of(user)))
        if len(self._client.guilds) <= _MOST_GUILDS:
            looked = await asyncio.gather(*(self._in_guild(each, user) for each in self._client.guilds))
            found |= dict.fromkeys(desk for desk in looked if desk is not None)
        return tuple(found)

    async def noted(self, user: int) -> tuple[DeskId, ...]:
        """Those that need no look at Discord, for what has to be quick. Raises Unavailable."""
        return await self._desk.store.desks_of(person_of(user))

    def of_message(self, message: discord.Message | None) -> DeskId | None:
        """The desk that a message of ours speaks for."""
        ours = message is not None and message.author.id == self._me
        notice = notice_in(message) if message is not None and ours else None
        return None if notice is None else DeskId(notice.partition(".")[0])

    async def of_reply(self, user: int, message: discord.Message, root: MessageId) -> DeskId | None:
        """The desk to one of whose messages somebody replies. Raises Unavailable."""
        resolved = None if message.reference is None else message.reference.resolved
        desk = self.of_message(resolved if isinstance(resolved, discord.Message) else None)
        if desk is not None:
            return desk
        place: PlaceId = dm_with(person_of(user))
        for each in await self.of(user):
            if await self._desk.owns(each, place, root):
                return each
        return None

    async def meant(self, user: int) -> tuple[DeskId, ...]:
        """The desk that a message replying to nothing is for; several where somebody has to be asked.

        It is the one whose question stands, else the one with the only open inquiry. Raises Unavailable.
        """
        desks = await self.of(user)
        if len(desks) <= 1:
            return desks
        person = person_of(user)
        drafts = [await self._desk.draft(desk, person) for desk in desks]
        asking = [
            desk
            for desk, draft in zip(desks, drafts, strict=True)
            if draft is not None and draft.asking is not Asking.NOTHING
        ]
        if len(asking) == 1:
            return tuple(asking)
        totals = [(await self._desk.store.listing(desk, f"buyer:{person}", 1)).total for desk in desks]
        if sum(totals) == 1:
            return (desks[totals.index(1)],)
        return desks

    async def left(self, user: int, desk_id: DeskId, actor: Actor) -> bool:
        """Whether one of a desk's staff is in none of its guilds any more. Raises Unavailable."""
        desk = await self._desk.store.desk(desk_id)
        if desk is None or not is_staff(desk, actor):
            return False
        guilds = [each for each in self._client.guilds if workspace_of(each.id) in desk.workspaces]
        return bool(guilds) and not any([await self._is_member(each, user) for each in guilds])

    async def _in_guild(self, guild: discord.Guild, user: int) -> DeskId | None:
        desk = await self._desk.desk_of(workspace_of(guild.id))
        return desk if desk is not None and await self._is_member(guild, user) else None

    async def _is_member(self, guild: discord.Guild, user: int) -> bool:
        known = self._members.get((guild.id, user))
        if known is not None and self._now() - known[1] < _KEPT_FOR:
            return known[0]
        try:
            with translating(sending=False):
                async with asyncio.timeout(_PATIENCE):
                    await guild.fetch_member(user)
            member = True
        except Undeliverable:
            member = False
        except DeskError:
            return known is not None and known[0]
        if len(self._members) >= _MOST_KNOWN:
            self._members.clear()
        self._members[guild.id, user] = (member, self._now())
        return member
