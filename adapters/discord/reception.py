"""Discord's reception: who is speaking, which desk is theirs, and the way to it.

Used by all listeners (`commands`, `acts`, `submissions`, `listen`). It holds what they share, and puts what
people do before the front desk. Decides nothing, and words nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from weakref import WeakValueDictionary

import discord
import structlog

from adapters.discord.aside import Asides
from adapters.discord.client import Identity
from adapters.discord.desks import Desks
from adapters.discord.guest import Guest
from adapters.discord.kept import Kept
from adapters.discord.markdown import PEOPLE
from adapters.discord.names import called
from adapters.discord.parse import actor_in, groups_of, lang_of, person_of, workspace_of
from core.answers import AnyAnswer
from core.commands import Actor, AnyCommand
from core.desk import FrontDesk
from core.errors import Unavailable
from core.ids import DeskId, Lang, LinkCode, PlaceId, SellerId
from core.phrasebook import Phrasebook
from core.ports import Outbox
from core.records import Desk
from core.refusal import Refusal
from core.wording import Reader

SOON = 2.0
"""Seconds within which a form is ready: it has to be the first answer, for which Discord waits 3 s."""

_PATIENCE = 10.0
_AT_A_TIME = 32  # commits in flight: more add only waiting, and who came first should be answered first
_ZONE = "Asia/Tokyo"  # Discord doesn't tell anybody's

NO_DESK = Refusal(reason="no_desk")
UNAVAILABLE = Refusal(reason="unavailable")
MOVED_ON = Refusal(reason="moved_on")

Asked = TypeVar("Asked")

_log = structlog.get_logger(__name__)


class Reception:
    """One bot's reception, for all its guilds. `now` is the desk's clock.

    `new_desk`, `new_seller` and `new_code` give fresh ones; `on_gap` is told when something was heard that
    could not be kept, so that it is read back.
    """

    def __init__(  # noqa: PLR0913 -- everything it speaks to, named at the one place that builds it
        self,
        *,
        me: Identity,
        client: discord.AutoShardedClient,
        book: Phrasebook,
        desk: FrontDesk,
        outbox: Outbox,
        now: Callable[[], datetime],
        new_desk: Callable[[], DeskId],
        new_seller: Callable[[], SellerId],
        new_code: Callable[[], LinkCode],
        on_gap: Callable[[datetime], None],
    ) -> None:
        self.me = me
        self.client = client
        self.book = book
        self.desk = desk
        self.outbox = outbox
        self.now = now
        self.new_desk = new_desk
        self.new_seller = new_seller
        self.new_code = new_code
        self.on_gap = on_gap
        self.asides = Asides()
        self.desks = Desks(client, desk, now)
        self.kept = Kept()
        self._gate = asyncio.Semaphore(_AT_A_TIME)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def guest(self, interaction: discord.Interaction) -> Guest:
        """Whoever acts by an interaction, which tells all about them."""
        actor = actor_in(interaction, self.me.user)
        guild = interaction.guild_id
        return Guest(
            user=interaction.user.id,
            actor=actor,
            reader=self.reader(actor.lang, guild),
            workspace=None if guild is None else workspace_of(guild),
            desk=self.desks.of_message(interaction.message) if guild is None else None,
        )

    async def present(self, guest: Guest) -> Guest:
        """The same; in direct messages without staff's rights, where they have left all the desk's guilds."""
        if guest.workspace is not None or guest.desk is None:
            return guest
        try:
            left = await self.desks.left(guest.user, guest.desk, guest.actor)
        except Unavailable:  # which the desk will say
            return guest
        return replace(guest, actor=replace(guest.actor, left=left))

    async def writer(self, message: discord.Message, place: PlaceId) -> Guest:
        """Whoever wrote a message, in the language they spoke last. Raises Unavailable."""
        author, guild = message.author, message.guild
        person = person_of(author.id)
        lang = await self.desk.store.lang_of(person) or await self._spoken(guild, place)
        actor = Actor(
            person=person,
            name=called(author),
            lang=lang,
            place=place,
            groups=groups_of(author),
        )
        return Guest(
            user=author.id,
            actor=actor,
            reader=self.reader(lang, None),
            workspace=None if guild is None else workspace_of(guild.id),
        )

    async def _spoken(self, guild: discord.Guild | None, place: PlaceId) -> Lang:
        """What is spoken in a place, for whom nobody knows better. Raises Unavailable."""
        if guild is None:
            return lang_of(None)
        desk_id = await self.desk.desk_of(workspace_of(guild.id))
        desk = None if desk_id is None else await self.desk.store.desk(desk_id)
        known = None if desk is None else desk.languages.get(place)
        return known or lang_of(guild.preferred_locale)

    def turn(self, channel: int) -> asyncio.Lock:
        """The turn of what is written in one channel, which lasts while anybody waits for it."""
        return self._turns.setdefault(channel, asyncio.Lock())

    def reader(self, lang: Lang, guild: int | None) -> Reader:
        """Someone who reads that language, in a guild or in their DM."""
        workspace = PEOPLE if guild is None else workspace_of(guild)
        return Reader(book=self.book, lang=lang, zone=_ZONE, workspace=workspace)

    async def desk_id(self, guest: Guest) -> DeskId | None:
        """The desk of the guild they act in, or the one they mean. Raises Unavailable."""
        if guest.workspace is None:
            return guest.desk
        return await self.desk.desk_of(guest.workspace)

    async def ask(
        self,
        guest: Guest,
        query: Callable[[DeskId], Awaitable[Asked]],
        *,
        patience: float = _PATIENCE,
        fresh: Callable[[], DeskId] | None = None,
    ) -> Asked | Refusal:
        """Ask the desk, each in turn; that there is none, or that it is away, is an answer too.

        What needs no desk is asked of one that `fresh` names.
        """
        async with self._gate:
            return await self.ask_at_once(guest, query, patience=patience, fresh=fresh)

    async def ask_at_once(
        self,
        guest: Guest,
        query: Callable[[DeskId], Awaitable[Asked]],
        *,
        patience: float,
        fresh: Callable[[], DeskId] | None = None,
    ) -> Asked | Refusal:
        """The same without a turn, for what can't wait for any."""
        try:
            async with asyncio.timeout(patience):
                desk_id = await self.desk_id(guest) or (None if fresh is None else fresh())
                return NO_DESK if desk_id is None else await query(desk_id)
        except (Unavailable, TimeoutError):
            _log.warning("discord.desk_unavailable")
            return UNAVAILABLE

    async def put(self, guest: Guest, command: Callable[[DeskId], AnyCommand]) -> AnyAnswer:
        """Put a command before their desk."""
        return await self.ask(guest, lambda desk_id: self.handled(guest, command(desk_id)))

    async def handled(self, guest: Guest, command: AnyCommand) -> AnyAnswer:
        """Have a command decided; that they have to do with this desk is noted before. Raises Unavailable."""
        await self.met(guest, command.desk)
        return await self.desk.handle(command)

    async def met(self, guest: Guest, desk_id: DeskId) -> None:
        """Note that somebody has to do with a desk, and what they speak. Raises Unavailable."""
        await self.desk.store.remember(guest.actor.person, desk_id, guest.actor.lang)

    async def settings(self, guest: Guest) -> Desk | Refusal | None:
        """The desk's settings for whoever may set it up; None where they may make a new one."""
        try:
            async with asyncio.timeout(SOON):
                return await self.desk.settings(await self.desk_id(guest), guest.actor)
        except (Unavailable, TimeoutError):
            return UNAVAILABLE
