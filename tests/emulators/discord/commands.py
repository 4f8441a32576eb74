"""The app's slash commands as they are registered: for everywhere, and for one guild.

Set by `routes_commands`, read by `typed` when a person types one. Slash commands only; what an app may
register is checked in `command_shapes`. https://discord.com/developers/docs/interactions/application-commands
"""

from enum import IntEnum
from typing import Any

from tests.emulators.discord.command_shapes import Option, commands_problems
from tests.emulators.discord.problems import refuse
from tests.emulators.discord.records import DiscordError, Json
from tests.emulators.discord.world import World

EVERYWHERE = ""
_MOST = 100


class Context(IntEnum):
    """Where a command may be used; the app is installed into guilds only."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


class Commands:
    """What is registered, by guild and name; `EVERYWHERE` for what is not of one guild."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.registered: dict[str, dict[str, Json]] = {}

    def overwrite(self, guild: str, bodies: list[Json]) -> list[Json]:
        """Register exactly these. A command that was there before keeps its id."""
        if len(bodies) > _MOST:
            raise DiscordError(400, 30032, "Maximum number of application commands reached (100)")
        refuse(commands_problems(bodies))
        before = self.registered.get(guild, {})
        self.registered[guild] = {each["name"]: self._registered(guild, each, before) for each in bodies}
        return self.all(guild)

    def put(self, guild: str, body: Json) -> Json:
        """Register one beside the others, or in place of the one of its name."""
        refuse(commands_problems([body]))
        there = self.registered.setdefault(guild, {})
        there[body["name"]] = self._registered(guild, body, there)
        return there[body["name"]]

    def remove(self, guild: str, some_id: str) -> None:
        """Register one no longer."""
        del self.registered[guild][self.find(guild, some_id)["name"]]

    def all(self, guild: str) -> list[Json]:
        """What is registered there."""
        return list(self.registered.get(guild, {}).values())

    def find(self, guild: str, some_id: str) -> Json:
        """The one with this id."""
        for each in self.all(guild):
            if each["id"] == some_id:
                return each
        raise DiscordError(404, 10063, "Unknown application command")

    def offered(self, guild: str) -> list[Json]:
        """What can be typed in a guild, or in a DM where there is none; a guild's own command comes first."""
        return [*(self.all(guild) if guild else ()), *self.all(EVERYWHERE)]

    def _registered(self, guild: str, body: Json, before: dict[str, Json]) -> Json:
        known = before.get(body["name"])
        permissions = body.get("default_member_permissions")
        kept: Json = {
            "id": known["id"] if known else self.world.new_id(), "application_id": self.world.application_id,
            "version": self.world.new_id(), "type": body.get("type") or 1, "name": body["name"],
            "name_localizations": body.get("name_localizations") or None,
            "description": body.get("description") or "",
            "description_localizations": body.get("description_localizations") or None,
            "default_member_permissions": None if permissions is None else str(permissions),
            "dm_permission": body.get("dm_permission") is not False, "nsfw": bool(body.get("nsfw")),
            "integration_types": body.get("integration_types") or [0], "contexts": body.get("contexts"),
            "options": [_option(each) for each in body.get("options") or ()],
        }  # fmt: skip
        if guild:
            kept["guild_id"] = guild
        if known and {**kept, "version": ""} == {**known, "version": ""}:
            kept["version"] = known["version"]
        return kept


def without_localizations(command: Json) -> Json:
    """A command as it is listed where nobody asked for its words in other languages."""
    return {name: each for name, each in command.items() if not name.endswith("_localizations")}


def contexts(command: Json) -> list[Any]:
    """Where a command may be used."""
    if command.get("contexts") is not None:
        return list(command["contexts"])
    everywhere = [Context.GUILD, Context.BOT_DM, Context.PRIVATE_CHANNEL]
    return everywhere if command["dm_permission"] and not command.get("guild_id") else [Context.GUILD]


def localized(node: Json, field: str, locale: str) -> str:
    """A name or description in somebody's language, as their client shows it."""
    return str((node.get(f"{field}_localizations") or {}).get(locale) or node[field])


def _option(body: Json) -> Json:
    kept = {name: value for name, value in body.items() if value is not None}
    kept = {
        name: value for name, value in kept.items() if not (name.endswith("_localizations") and not value)
    }
    if body["type"] in (Option.SUBCOMMAND, Option.GROUP):
        kept["options"] = [_option(each) for each in body.get("options") or ()]
    return kept
