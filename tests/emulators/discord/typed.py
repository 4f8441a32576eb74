"""A slash command as somebody types it: which one is meant, which options it takes, what the app is sent.

Called by `typist`. Names count in the typist's own language and as they are registered; what Discord's client
would not offer or accept raises ImpossibleError.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.emulators.discord.choosing import CHANNELS, ROLES, USERS, option, thing
from tests.emulators.discord.command_shapes import Option
from tests.emulators.discord.commands import Commands, Context, contexts, localized
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, Json
from tests.emulators.discord.sight import Sight
from tests.emulators.people import ImpossibleError

Given = str | int | float | bool
_WHAT = {
    Option.USER: (USERS,),
    Option.ROLE: (ROLES,),
    Option.MENTIONABLE: (USERS, ROLES),
    Option.CHANNEL: (CHANNELS,),
}
_WRITTEN: dict[int, tuple[type, ...]] = {
    Option.STRING: (str,),
    Option.INTEGER: (int,),
    Option.BOOLEAN: (bool,),
    Option.NUMBER: (int, float),
}
_NESTED = (Option.SUBCOMMAND, Option.GROUP)


@dataclass(frozen=True)
class Typed:
    """A command, and the groups and the subcommand on the way to its options."""

    command: Json
    path: tuple[Json, ...]

    @property
    def options(self) -> list[Json]:
        """What can be given with it."""
        return list((self.path or (self.command,))[-1]["options"])

    def data(self, entered: list[Json], resolved: Json) -> Json:
        """What the app is sent, with what was entered."""
        inner = entered
        for each in reversed(self.path):
            inner = [{"name": each["name"], "type": each["type"], "options": inner}]
        body: Json = {name: self.command[name] for name in ("id", "name", "type")} | {"options": inner}
        if "guild_id" in self.command:
            body["guild_id"] = self.command["guild_id"]
        return body | ({"resolved": resolved} if resolved else {})


def find(commands: Commands, person: Sight, where: Channel, typed: str) -> Typed:
    """The command that reads so, among those that are offered to somebody in a channel."""
    first, *rest = typed.removeprefix("/").split()
    offered = [each for each in commands.offered(where.guild) if _may_use(person, where, each)]
    command = _called(offered, first, person)
    path: list[Json] = []
    node = command
    for word in rest:
        node = _called([each for each in node["options"] if each["type"] in _NESTED], word, person)
        path.append(node)
    if any(each["type"] in _NESTED for each in node["options"]):
        raise ImpossibleError(
            f"/{typed.removeprefix('/')} goes on: {[each['name'] for each in node['options']]}"
        )
    return Typed(command, tuple(path))


def given(typed: Typed, person: Sight, values: Mapping[str, Given]) -> list[tuple[Json, Given]]:
    """Each option that is given, with its value; all that are needed have to be there."""
    found = [(_called(typed.options, name, person), value) for name, value in values.items()]
    names = {each["name"] for each, _ in found}
    missing = [each["name"] for each in typed.options if each.get("required") and each["name"] not in names]
    if missing:
        raise ImpossibleError(f"the client asks for {missing} first")
    return found


def entered(person: Sight, where: Channel, known: Json, value: Given) -> Json:
    """An option with its value as the app gets it: ids for names, the value of a choice for what it reads."""
    kind = Option(known["type"])
    about: Json = {"name": known["name"], "type": int(kind)}
    if kind in _WHAT:
        found = thing(person, str(value), _WHAT[kind], where.id, known.get("channel_types") or [])
        return about | {"value": found}
    if kind not in _WRITTEN or not isinstance(value, _WRITTEN[kind]):
        raise ImpossibleError(f"{known['name']} is no place for {value!r}")
    if known.get("choices"):
        words = [each | {"name": localized(each, "name", person.user.locale)} for each in known["choices"]]
        return about | {"value": option(words, "name", str(value))}
    if not _fits(known, value):
        raise ImpossibleError(f"{known['name']} is too short, too long, too small or too great")
    return about | {"value": value}


def _fits(known: Json, value: Given) -> bool:
    if isinstance(value, str):
        return bool(known.get("min_length", 0) <= len(value) <= known.get("max_length", 6000))
    return bool(known.get("min_value", value) <= value <= known.get("max_value", value))


def _called(nodes: list[Json], name: str, person: Sight) -> Json:
    for each in nodes:
        if name in (localized(each, "name", person.user.locale), each["name"]):
            return each
    there = [localized(each, "name", person.user.locale) for each in nodes]
    raise ImpossibleError(f"{person.name} is offered nothing called {name!r}; there are {there}")


def _may_use(person: Sight, where: Channel, command: Json) -> bool:
    if where.is_dm:
        return Context.BOT_DM in contexts(command)
    allowed, needed = person.world.may(person.id, where), command["default_member_permissions"]
    # With "0", only administrators are offered it.
    needs = Permission.NONE if needed is None else Permission(int(needed) or Permission.ADMINISTRATOR)
    there = person.world.bot.id in person.world.guilds[where.guild].members
    return (
        there
        and (needs | Permission.USE_APPLICATION_COMMANDS) in allowed
        and Context.GUILD in contexts(command)
    )
