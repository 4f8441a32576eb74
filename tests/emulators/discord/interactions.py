"""Interactions: what people did with commands, components and forms, and what the app may do about it.

Made by the hands of a person; `callbacks` is how the app answers. An app has three seconds to answer, once,
and then fifteen minutes for more by the interaction's token: both on the story's clock, the first also in
real time. https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from tests.emulators.discord.records import DiscordError, Json, Message
from tests.emulators.discord.world import World

ANSWER_WITHIN = timedelta(seconds=3)
TOKEN_LIFETIME = timedelta(minutes=15)


class Kind(IntEnum):
    """The numbers of the kinds of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class Callback(IntEnum):
    """The numbers of the answers to an interaction."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Modal:
    """A form in front of somebody: what the app sent, which interaction that answered, what is entered."""

    body: Json
    opened_by: "Interaction"
    state: dict[str, str | list[str]] = field(default_factory=dict)


@dataclass(eq=False)
class Interaction:
    """One act of one person, as the app is told of it.

    `message` is the one whose component was used, or from which the form was opened. `original` is the
    message that the answer made or changed; `shown` all that the person got to see by it. `over` when nobody
    waits for an answer any more.
    """

    id: str
    token: str
    kind: Kind
    user: str
    channel: str
    at: datetime
    data: Json
    message: Message | None = None
    opened_by: "Interaction | None" = None
    answer: Callback | None = None
    original: str = ""
    choices: list[Json] = field(default_factory=list)
    shown: list[Message] = field(default_factory=list)
    over: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    filled: asyncio.Event = field(default_factory=asyncio.Event)


class Interactions:
    """All interactions so far. `patience`: the real seconds that the app may take to answer."""

    def __init__(self, world: World, patience: float) -> None:
        self.world = world
        self.patience = patience
        self.modals: dict[str, Modal] = {}
        self.all: dict[str, Interaction] = {}

    def new(self, kind: Kind, user: str, channel: str, data: Json) -> Interaction:
        """An act, of which the app has not been told yet."""
        some_id = self.world.new_id()
        made = Interaction(some_id, f"token-of-{some_id}", kind, user, channel, self.world.now(), data)
        self.all[made.id] = made
        return made

    async def answered(self, interaction: Interaction) -> bool:
        """Wait for the answer, and for what it put off; whether there was an answer in time."""
        if await self._within_patience(interaction.answered):
            if interaction.answer is Callback.DEFERRED_MESSAGE:
                await self._within_patience(interaction.filled)
            return True
        interaction.over = True
        return False

    def awaiting(self, some_id: str, token: str) -> Interaction:
        """The interaction that can be answered with this id and token."""
        found = self.all.get(some_id)
        if found is None or found.token != token or self._too_late(found):
            raise DiscordError(404, 10062, "Unknown interaction")
        self._still_there(found)
        if found.answer is not None:
            raise DiscordError(400, 40060, "Interaction has already been acknowledged.")
        return found

    def by_token(self, application: str, token: str) -> Interaction:
        """The interaction that was answered and whose token still opens something."""
        found = self.all.get(token.removeprefix("token-of-"))
        ours = application == self.world.application_id
        if found is None or found.token != token or found.answer is None or not ours:
            raise DiscordError(404, 10015, "Unknown Webhook")
        if self.world.now() > found.at + TOKEN_LIFETIME:
            raise DiscordError(401, 50027, "Invalid Webhook Token")
        self._still_there(found)
        return found

    def _still_there(self, interaction: Interaction) -> None:
        if interaction.channel not in self.world.channels:
            raise DiscordError(404, 10003, "Unknown Channel")

    def _too_late(self, interaction: Interaction) -> bool:
        return interaction.over or self.world.now() > interaction.at + ANSWER_WITHIN

    async def _within_patience(self, event: asyncio.Event) -> bool:
        try:
            await asyncio.wait_for(event.wait(), self.patience)
        except TimeoutError:
            return False
        return True
