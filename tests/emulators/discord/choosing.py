"""What a person's words stand for when they choose: components, options, people, roles and channels.

Called by `hands`, `forms` and `typist`. What Discord's client would not offer raises ImpossibleError.
"""

from collections.abc import Iterator

from tests.emulators.discord.components import SELECTS, Kind, walk
from tests.emulators.discord.records import Json
from tests.emulators.discord.sight import Sight
from tests.emulators.people import ImpossibleError

Value = str | list[str] | None
USERS, ROLES, CHANNELS = "users", "roles", "channels"
WHAT = {
    Kind.USER_SELECT: (USERS,),
    Kind.ROLE_SELECT: (ROLES,),
    Kind.MENTIONABLE_SELECT: (USERS, ROLES),
    Kind.CHANNEL_SELECT: (CHANNELS,),
}


def named(components: list[Json], name: str) -> Json:
    """The one button or select that goes by this label, placeholder or custom id."""
    usable = [each for each in walk(components) if each["type"] == Kind.BUTTON or each["type"] in SELECTS]
    found = [each for each in usable if name in (each.get("custom_id"), label_of(each))]
    if len(found) != 1:
        there = [label_of(each) or each.get("custom_id") for each in usable]
        raise ImpossibleError(f"{len(found)} things are called {name!r}; there are {there}")
    return found[0]


def only_select(components: list[Json], name: str) -> Json:
    """The select that goes by this name, or the only one."""
    selects = [each for each in walk(components) if each["type"] in SELECTS]
    if name:
        return named(selects, name)
    if len(selects) != 1:
        raise ImpossibleError(f"say which select; there are {[each['custom_id'] for each in selects]}")
    return selects[0]


def label_of(component: Json) -> str:
    """What a person would call it."""
    return str(component.get("label") or component.get("placeholder") or "")


def values(person: Sight, select: Json, chosen: Value, channel: str) -> list[str]:
    """The values of a select that are meant by these words, as many as it takes."""
    words = [] if chosen is None else [chosen] if isinstance(chosen, str) else chosen
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(words) <= most:
        raise ImpossibleError(f"{label_of(select)!r} takes {least} to {most}, not {words}")
    if select["type"] == Kind.STRING_SELECT:
        return [option(select["options"], "label", each) for each in words]
    types = select.get("channel_types") or []
    return [thing(person, each, WHAT[select["type"]], channel, types) for each in words]


def option(options: list[Json], name: str, reads: str) -> str:
    """The value of the option that reads so."""
    for each in options:
        if each[name] == reads:
            return str(each["value"])
    raise ImpossibleError(f"no option reads {reads!r}; there are {[each[name] for each in options]}")


def thing(person: Sight, name: str, kinds: tuple[str, ...], channel: str, channel_types: list[int]) -> str:
    """The id of the person, role or channel of this name, as it is offered to somebody in a channel."""
    for label, some_id in _offered(person, kinds, channel, channel_types):
        if name.removeprefix("@").removeprefix("#") in (label, some_id):
            return some_id
    raise ImpossibleError(f"{person.name} is offered nobody and nothing called {name!r}")


def _offered(
    person: Sight, kinds: tuple[str, ...], where: str, channel_types: list[int]
) -> Iterator[tuple[str, str]]:
    world = person.world
    channel = world.channels[where]
    guild = world.guilds.get(channel.guild)
    if USERS in kinds:
        people = guild.members if guild else channel.people
        yield from ((world.display_name(each, channel.guild), each) for each in people)
    if ROLES in kinds and guild:
        yield from ((each.name, each.id) for each in guild.roles.values())
    if CHANNELS in kinds and guild:
        for each in world.channels.values():
            offered = int(each.kind) in channel_types if channel_types else not each.is_thread
            if each.guild == guild.id and offered and world.can_see(person.id, each):
                yield each.name, each.id
