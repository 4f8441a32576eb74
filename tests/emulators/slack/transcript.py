"""What people see, as plain text: channels with their threads, what is for one person alone, the open form.

Called by `SlackEmulator.transcript`, for stories that are printed and for reading a failed one. It draws, and
changes nothing.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.emulators.slack.elements import interactive, label_of, value_in
from tests.emulators.slack.mrkdwn import Reader
from tests.emulators.slack.records import Channel, Json, Message
from tests.emulators.slack.rendering import block_lines, element_line, message_lines
from tests.emulators.slack.sight import Sight
from tests.emulators.slack.world import World


def of_channel(world: World, channel: Channel) -> str:
    """A channel with its threads, without what only one person sees; in English, with times in UTC."""
    return "\n".join(_channel(world, channel, list(channel.messages.values()), world.reader()))


def of_person(person: Sight) -> str:
    """Every place a person is in, as they see it, and the form in front of them."""
    world, reader = person.world, person.world.reader(person.id)
    seen = [(channel, person.sees(channel)) for channel in world.channels.values()]
    parts = ["\n".join(_channel(world, channel, messages, reader)) for channel, messages in seen if messages]
    parts += ["\n".join(_form(person, reader))] if world.stacks[person.id] else []
    return "\n\n".join(parts)


def _channel(world: World, channel: Channel, messages: list[Message], reader: Reader) -> Iterator[str]:
    yield f"== {world.name_of(channel.name)}, direct ==" if channel.kind == "im" else f"== #{channel.name} =="
    for message in messages:
        if not message.is_reply or message.broadcast:
            yield from _message(message, reader, "")
        if not message.is_reply:
            for reply in messages:
                if reply.is_reply and reply.thread_ts == message.ts:
                    yield from _message(reply, reader, "    ")


def _message(message: Message, reader: Reader, indent: str) -> Iterator[str]:
    at = datetime.fromtimestamp(float(message.ts), UTC).astimezone(ZoneInfo(reader.tz))
    marks = [" (only you)"] * bool(message.ephemeral_to) + [" (edited)"] * bool(message.edited)
    yield f"{indent}{at:%m-%d %H:%M} {reader.name_of(message.user)}{''.join(marks)}"
    yield from (f"{indent}  {line}" for line in message_lines(message, reader))
    reactions = [f":{name}: {len(users)}" for name, users in message.reactions.items() if users]
    if reactions:
        yield f"{indent}  {'  '.join(reactions)}"


def _form(person: Sight, reader: Reader) -> Iterator[str]:
    view = person.world.stacks[person.id][-1]
    yield f"== form: {view.body['title']['text']} =="
    for block in view.body["blocks"]:
        if block["type"] == "input":
            yield f"{label_of(block, block['element'])}: {_filled(block, view.state, reader)}"
        else:
            yield from block_lines([block], reader)
    buttons = [view.body[name]["text"] for name in ("submit", "close") if view.body.get(name)]
    yield "  ".join(f"[{each}]" for each in buttons)


def _filled(block: Json, state: dict[str, dict[str, Json]], reader: Reader) -> str:
    element = interactive(block)[0]
    value = value_in(state[block["block_id"]][element["action_id"]])
    if not value:
        return element_line(element, reader)
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(
        each["text"]["text"] if isinstance(each, dict) else reader.name_of(str(each)) for each in chosen
    )
