"""What people see, as plain text: channels with their threads, what is for one person alone, the open form.

Called by `DiscordEmulator.transcript`, for stories that are printed and for reading a failed one. It draws,
and changes nothing.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from tests.emulators.discord.forms import Form
from tests.emulators.discord.hands import Hands
from tests.emulators.discord.reading import Reader
from tests.emulators.discord.records import Channel, Message
from tests.emulators.discord.rendering import message_lines
from tests.emulators.discord.sight import reader_of, shown_in
from tests.emulators.discord.snowflakes import instant
from tests.emulators.discord.world import World


def of_channel(world: World, channel: Channel) -> str:
    """A channel with its threads, without what only one person sees; in English, with times in UTC."""
    reader = reader_of(world, channel.guild)
    shown = {each.id: shown_in(each) for each in (channel, *world.threads(channel))}
    return "\n".join(_channel(world, channel, shown, reader))


def of_person(person: Hands) -> str:
    """Every place a person is in, as they see it, and the form in front of them."""
    world = person.world
    parts = []
    for channel in [each for each in world.channels.values() if not each.is_thread]:
        shown: dict[str, list[Message]] = {channel.id: []}
        for message in person.sees(channel):
            shown.setdefault(message.channel, []).append(message)
        if any(shown.values()):
            reader = reader_of(world, channel.guild, person.id)
            parts.append("\n".join(_channel(world, channel, shown, reader)))
    form = person.view
    return "\n\n".join(parts + (["\n".join(_form(form, person))] if form else []))


def _channel(
    world: World, channel: Channel, shown: dict[str, list[Message]], reader: Reader
) -> Iterator[str]:
    person = next((each for each in channel.people if each != world.bot.id), "")
    yield f"== {world.display_name(person)}, direct ==" if channel.is_dm else f"== #{channel.name} =="
    for message in shown[channel.id]:
        yield from _message(message, reader, "")
        for reply in shown.get(message.thread, []):
            yield from _message(reply, reader, "    ")
    hanging = {each.thread for each in shown[channel.id]}
    for thread in world.threads(channel):
        if thread.id not in hanging and shown.get(thread.id):
            yield f"== #{channel.name} / {thread.name} =="
            for message in shown[thread.id]:
                yield from _message(message, reader, "    ")


def _message(message: Message, reader: Reader, indent: str) -> Iterator[str]:
    at = instant(message.id).astimezone(ZoneInfo(reader.tz))
    marks = [" (only you)"] * bool(message.ephemeral_to) + [" (edited)"] * bool(message.edited_at)
    yield f"{indent}{at:%m-%d %H:%M} {reader.name_of(message.author)}{''.join(marks)}"
    yield from (f"{indent}  {line}" for line in message_lines(message, reader))
    reactions = [f"{emoji} {len(users)}" for emoji, users in message.reactions.items() if users]
    if reactions:
        yield f"{indent}  {'  '.join(reactions)}"


def _form(form: Form, person: Hands) -> Iterator[str]:
    yield f"== form: {form.title} =="
    for label in form.labels:
        value = form.value(label)
        chosen = [value] if isinstance(value, str) else value or []
        names = [person.world.display_name(each) if each in person.world.users else each for each in chosen]
        yield f"{label}: {', '.join(names) or '[ ]'}"
    yield "[Submit]"
