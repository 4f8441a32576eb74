"""What a person does with buttons, selects and forms: the half of a `Person` that touches.

`typist` adds commands, `people` speaking, coming and going; `forms` fills in through it. Every act comes back
when the app has answered it or failed to. What Discord's client would not let a person do raises
ImpossibleError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.emulators.discord.choosing import Value, named, only_select, values
from tests.emulators.discord.components import LINK_STYLE, Kind
from tests.emulators.discord.forms import Form
from tests.emulators.discord.interactions import Interaction
from tests.emulators.discord.interactions import Kind as InteractionKind
from tests.emulators.discord.records import Json, Message, User
from tests.emulators.discord.sight import Sight
from tests.emulators.discord.wire_interactions import interaction_json, resolved_json
from tests.emulators.people import ImpossibleError

if TYPE_CHECKING:
    from tests.emulators.discord.emulator import DiscordEmulator


@dataclass(frozen=True)
class Answer:
    """What a person got: the message shown by the answer, if any, or Discord's word for the app's failure."""

    ok: bool
    message: Message | None = None
    error: str = ""


class Hands(Sight):
    """The hands of one person."""

    def __init__(self, discord: DiscordEmulator, user: User) -> None:
        super().__init__(discord.world, user)
        self.discord = discord

    @property
    def view(self) -> Form | None:
        """The form in front of them, if one is open."""
        modal = self.discord.interactions.modals.get(self.id)
        return Form(self, modal) if modal else None

    async def presses(self, name: str, *, on: Message) -> Answer:
        """Press the button that reads so (or has this custom id)."""
        button = named(self._components(on), name)
        if button["type"] != Kind.BUTTON:
            raise ImpossibleError(f"{name!r} is no button")
        if button["style"] == LINK_STYLE:
            return Answer(ok=True)
        return await self._uses(button, {}, on)

    async def chooses(self, option: Value, *, on: Message | Form, select: str = "") -> Answer:
        """Choose in a select, one or several; `select` names one of several selects."""
        if isinstance(on, Form):
            await on.fill({select or on.labels[0]: option})
            return Answer(ok=True)
        found = only_select(self._components(on), select)
        chosen = values(self, found, option, on.channel)
        about: Json = {"values": chosen}
        if found["type"] != Kind.STRING_SELECT:
            about["resolved"] = resolved_json(self.world, on.channel, self.id, chosen)
        return await self._uses(found, about, on)

    def acts(self, kind: InteractionKind, channel: str, data: Json) -> Interaction:
        """An act of theirs, where they are."""
        where = self.world.channels.get(channel)
        if where is None or not self.world.can_see(self.id, where):
            raise ImpossibleError(f"{self.name} is not there")
        return self.discord.interactions.new(kind, self.id, channel, data)

    async def answered(self, interaction: Interaction) -> Answer:
        """Let the app know of an act, and wait for its answer."""
        guild = self.world.channels[interaction.channel].guild
        self.world.tell("INTERACTION_CREATE", interaction_json(self.world, interaction), guild=guild)
        if not await self.discord.interactions.answered(interaction):
            return Answer(ok=False, error="not_responding")
        shown = [each for each in interaction.shown if self.can_see(each)]
        return Answer(ok=True, message=shown[-1] if shown else None)

    async def _uses(self, component: Json, about: Json, on: Message) -> Answer:
        if component.get("disabled"):
            raise ImpossibleError(f"{component['custom_id']} cannot be used")
        data: Json = {
            "id": component["id"],
            "custom_id": component["custom_id"],
            "component_type": component["type"],
        }
        interaction = self.acts(InteractionKind.COMPONENT, on.channel, data | about)
        interaction.message = on
        return await self.answered(interaction)

    def _components(self, on: Message) -> list[Json]:
        if not self.can_see(on):
            raise ImpossibleError(f"{self.name} cannot see that message")
        return on.components
