"""Slack's reception: who is speaking, which desk is theirs, and the way to it.

Used by all listeners (`commands`, `acts`, `submissions`, `listen`). It holds what they share, and puts what
people do before the front desk. Decides nothing, and words nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.aside import Asides
from adapters.slack.channels import Channels
from adapters.slack.client import Identity
from adapters.slack.parse import person_of
from adapters.slack.people import People
from core.answers import AnyAnswer
from core.commands import Actor, AnyCommand
from core.desk import FrontDesk
from core.errors import Unavailable
from core.ids import DeskId, Lang, LinkCode, PersonId, PlaceId, SellerId
from core.phrasebook import Phrasebook
from core.ports import Outbox
from core.records import Desk
from core.refusal import Refusal
from core.wording import Reader

_PATIENCE = 2.0  # of the 3 s within which Slack wants its acknowledgement; what was done later is done once
_AT_A_TIME = 32  # commits in flight: more add only waiting, and who came first should be answered first

NO_DESK = Refusal(reason="no_desk")
UNAVAILABLE = Refusal(reason="unavailable")
MOVED_ON = Refusal(reason="moved_on")

Asked = TypeVar("Asked")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Whoever acts: as Slack knows them, as the rules do, and as a reader."""

    user: str
    actor: Actor
    reader: Reader


class Reception:
    """One workspace's reception. `now` is the desk's clock; what is `new` gives fresh ids and codes."""

    def __init__(  # noqa: PLR0913 -- everything it speaks to, named at the one place that builds it
        self,
        *,
        me: Identity,
        client: AsyncWebClient,
        people: People,
        book: Phrasebook,
        desk: FrontDesk,
        outbox: Outbox,
        now: Callable[[], datetime],
        new_desk: Callable[[], DeskId],
        new_seller: Callable[[], SellerId],
        new_code: Callable[[], LinkCode],
    ) -> None:
        self.me = me
        self.client = client
        self.people = people
        self.book = book
        self.desk = desk
        self.outbox = outbox
        self.now = now
        self.new_desk = new_desk
        self.new_seller = new_seller
        self.new_code = new_code
        self.asides = Asides(client)
        self.channels = Channels(client)
        self._gate = asyncio.Semaphore(_AT_A_TIME)

    async def guest(self, user: str, place: PlaceId) -> Guest:
        """Someone who acts from a place; asks Slack about them where they were not met lately."""
        profile = await self.people.of(user)
        actor = Actor(
            person=self.person(user),
            name=profile.name,
            lang=profile.lang,
            place=place,
            admin=profile.admin,
        )
        return Guest(user=user, actor=actor, reader=self.reader(profile.lang, profile.zone))

    def person(self, user: str) -> PersonId:
        """Someone of this workspace, by Slack's id."""
        return person_of(self.me.workspace, user)

    def reader(self, lang: Lang, zone: str) -> Reader:
        """Someone who reads that language, in that time zone."""
        return Reader(book=self.book, lang=lang, zone=zone, workspace=self.me.workspace)

    async def desk_id(self) -> DeskId | None:
        """This workspace's desk. Raises Unavailable."""
        return await self.desk.desk_of(self.me.workspace)

    async def ask(
        self, query: Callable[[DeskId], Awaitable[Asked]], *, fresh: Callable[[], DeskId] | None = None
    ) -> Asked | Refusal:
        """Ask the desk, each in turn; that there is none, or that it is away, is an answer too.

        With `fresh`, where there is none, under an id that it gives.
        """
        async with self._gate:
            try:
                async with asyncio.timeout(_PATIENCE):
                    desk_id = await self.desk_id() or (None if fresh is None else fresh())
                    return NO_DESK if desk_id is None else await query(desk_id)
            except (Unavailable, TimeoutError):
                _log.warning("slack.desk_unavailable")
                return UNAVAILABLE

    async def put(
        self, command: Callable[[DeskId], AnyCommand], *, fresh: Callable[[], DeskId] | None = None
    ) -> AnyAnswer:
        """Put a command before this workspace's desk; with `fresh`, also where it has none yet."""
        return await self.ask(lambda desk_id: self.desk.handle(command(desk_id)), fresh=fresh)

    async def settings(self, guest: Guest) -> Desk | Refusal | None:
        """The desk's settings for whoever may set it up; None where they may make a new one."""
        try:
            return await self.desk.settings(await self.desk_id(), guest.actor)
        except Unavailable:
            return UNAVAILABLE
