"""Changes that the bot and people make alike: joining, leaving, archiving, deleting.

Called by the API's methods and by `people`; each gives the events to tell the app. None of them delivers.
"""

from tests.emulators.people import ImpossibleError
from tests.emulators.slack import events
from tests.emulators.slack.records import Channel, Json, Message
from tests.emulators.slack.wire import message_json
from tests.emulators.slack.world import World


def join(world: World, channel: Channel, user: str, inviter: str = "") -> list[Json]:
    """Let somebody into a channel, with the line that says so."""
    if user in channel.members:
        raise ImpossibleError(f"{world.name_of(user)} is in #{channel.name} already")
    channel.members.append(user)
    message = Message(
        world.new_ts(), channel.id, user, f"<@{user}> has joined the channel", subtype="channel_join"
    )
    channel.messages[message.ts] = message
    return events.joined(world, channel, user, inviter) + events.posted(world, message)


def leave(world: World, channel: Channel, user: str) -> list[Json]:
    """Take somebody out of a channel."""
    channel.members.remove(user)
    return events.left(world, channel, user)


def archive(world: World, channel: Channel, user: str) -> list[Json]:
    """Archive a channel."""
    channel.archived = True
    return events.archived(world, channel, user)


def remove(world: World, channel: Channel, message: Message) -> list[Json]:
    """Delete a message; one with replies stays as a tombstone."""
    before = message_json(world, message)
    if not channel.replies(message):
        del channel.messages[message.ts]
        return events.deleted(world, channel, before)
    message.subtype, message.text, message.blocks, message.files = (
        "tombstone",
        "This message was deleted.",
        [],
        [],
    )
    return events.changed(world, message, before)
