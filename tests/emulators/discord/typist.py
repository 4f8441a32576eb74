"""A person typing slash commands, with what the app suggests on the way.

The part of a `Person` between `hands` and `people`. A command that Discord's client would not offer raises
ImpossibleError; one that the app does not answer in time comes back as not responding.
"""

from collections.abc import Mapping

from tests.emulators.discord.command_shapes import Option
from tests.emulators.discord.hands import Answer, Hands
from tests.emulators.discord.interactions import Kind
from tests.emulators.discord.records import Channel, Json
from tests.emulators.discord.typed import Given, Typed, entered, find, given
from tests.emulators.discord.wire_interactions import resolved_json
from tests.emulators.people import ImpossibleError

_MENTIONED = (Option.USER, Option.ROLE, Option.MENTIONABLE, Option.CHANNEL)


class Typist(Hands):
    """The part of a person that types commands."""

    async def command(
        self,
        typed: str,
        values: Mapping[str, Given] | None = None,
        /,
        *,
        channel: Channel | None = None,
        **by_name: Given,
    ) -> Answer:
        """Type a slash command, in the DM with the bot unless a channel is named, and send it.

        Options go by name, those called like a parameter in `values`. People, roles and channels are named;
        of what the app suggests, what reads like the value is taken, else the value goes as it was typed.
        """
        where = channel or self.inbox
        found = find(self.discord.commands, self, where, typed)
        options: list[Json] = []
        for known, value in given(found, self, {**(values or {}), **by_name}):
            meant = (
                await self._suggested(found, known, str(value), where) if known.get("autocomplete") else value
            )
            options.append(entered(self, where, known, meant))
        ids = [str(each["value"]) for each in options if each["type"] in _MENTIONED]
        data = found.data(options, resolved_json(self.world, where.id, self.id, ids))
        return await self.answered(self.acts(Kind.COMMAND, where.id, data))

    async def suggests(
        self, typed: str, *, option: str, letters: str = "", channel: Channel | None = None
    ) -> list[str]:
        """What the app suggests for an option when these letters are typed into it."""
        where = channel or self.inbox
        found = find(self.discord.commands, self, where, typed)
        known = next((each for each in found.options if each["name"] == option), None)
        if known is None or not known.get("autocomplete"):
            raise ImpossibleError(f"nothing is suggested for {option!r}")
        return [str(each["name"]) for each in await self._choices(found, known, letters, where)]

    async def _suggested(self, found: Typed, known: Json, letters: str, where: Channel) -> Given:
        for each in await self._choices(found, known, letters, where):
            if each["name"] == letters:
                value: Given = each["value"]
                return value
        return letters

    async def _choices(self, found: Typed, known: Json, letters: str, where: Channel) -> list[Json]:
        option: Json = {"name": known["name"], "type": known["type"], "value": letters, "focused": True}
        interaction = self.acts(Kind.AUTOCOMPLETE, where.id, found.data([option], {}))
        answer = await self.answered(interaction)
        return interaction.choices if answer.ok else []
