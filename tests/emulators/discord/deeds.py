"""What the bot and people do alike to messages and threads: it is done, and the bot is told.

Called by the REST routes and by the people; whether somebody may is asked before. What they do to guilds and
channels is in `deeds_guilds`.
"""

from datetime import timedelta

from tests.emulators.discord.records import (
    Channel,
    ChannelKind,
    Flag,
    Json,
    Message,
    MessageKind,
    Reference,
)
from tests.emulators.discord.snowflakes import instant
from tests.emulators.discord.wire import channel_json, member_json, thread_member_json
from tests.emulators.discord.wire_messages import emoji_json, message_event
from tests.emulators.discord.world import World


def say(world: World, message: Message, permitted: Json | None = None) -> Message:
    """Post a message; an archived thread opens again by it."""
    channel = world.channels[message.channel]
    if channel.archived:
        set_thread(world, channel, archived=False)
    joined = world.post(message, permitted)
    world.tell("MESSAGE_CREATE", message_event(world, message), channel=channel)
    if joined:
        _tell_members(world, channel, added=joined)
    return message


def edit(world: World, message: Message, permitted: Json | None = None) -> None:
    """Let a message that has been changed be seen."""
    message.edited_at = world.now()
    world.edited(message, permitted)
    world.tell("MESSAGE_UPDATE", message_event(world, message), channel=world.channels[message.channel])


def delete(world: World, message: Message) -> None:
    """Take a message away; a thread that was started from it stays."""
    if world.ephemerals.pop(message.id, None) is not None:
        return
    channel = world.channels[message.channel]
    del channel.messages[message.id]
    body = {"id": message.id, "channel_id": channel.id} | _guild(channel)
    world.tell("MESSAGE_DELETE", body, channel=channel)


def react(world: World, message: Message, user: str, emoji: str) -> None:
    """Put an emoji on a message: a character, or name:id."""
    users = message.reactions.setdefault(emoji, [])
    if user not in users:
        users.append(user)
        _tell_reaction(world, "MESSAGE_REACTION_ADD", message, user, emoji)


def unreact(world: World, message: Message, user: str, emoji: str) -> None:
    """Take an emoji off a message."""
    if user in message.reactions.get(emoji, []):
        message.reactions[emoji].remove(user)
        if not message.reactions[emoji]:
            del message.reactions[emoji]
        _tell_reaction(world, "MESSAGE_REACTION_REMOVE", message, user, emoji)


def start_thread(world: World, user: str, message: Message, name: str, *, minutes: int = 4320) -> Channel:
    """Start a thread from a message; it takes the message's id."""
    channel = world.channels[message.channel]
    thread = Channel(message.id, channel.guild, name, ChannelKind.PUBLIC_THREAD, channel.id, user)
    _opened(world, thread, minutes)
    message.thread = thread.id
    message.flags |= Flag.HAS_THREAD
    world.tell("MESSAGE_UPDATE", message_event(world, message), channel=channel)
    starter = Message(world.new_id(), thread.id, user, kind=MessageKind.THREAD_STARTER_MESSAGE)
    starter.reference = Reference(channel.id, message.id)
    thread.messages[starter.id] = starter
    world.tell("MESSAGE_CREATE", message_event(world, starter), channel=thread)
    return thread


def open_thread(
    world: World, user: str, channel: Channel, name: str, kind: ChannelKind, *, minutes: int = 4320
) -> Channel:
    """Start a thread of its own; of a public one the channel shows a line."""
    thread = Channel(world.new_id(), channel.guild, name, kind, channel.id, user)
    _opened(world, thread, minutes)
    if kind is ChannelKind.PUBLIC_THREAD:
        line = Message(world.new_id(), channel.id, user, name, kind=MessageKind.THREAD_CREATED)
        line.reference = Reference(thread.id)
        channel.messages[line.id] = line
        world.tell("MESSAGE_CREATE", message_event(world, line), channel=channel)
    return thread


def set_thread(
    world: World, thread: Channel, *, archived: bool | None = None, locked: bool | None = None
) -> None:
    """Archive or lock a thread, or undo it."""
    if archived is not None and archived != thread.archived:
        thread.archived, thread.archive_changed_at = archived, world.now()
    if locked is not None:
        thread.locked = locked
    world.tell("THREAD_UPDATE", channel_json(world, thread), channel=thread)


def join_thread(world: World, thread: Channel, user: str) -> None:
    """Let somebody into a thread."""
    if user in thread.people:
        return
    thread.people[user] = world.now()
    if user == world.bot.id:
        world.tell("THREAD_CREATE", channel_json(world, thread), channel=thread)
    _tell_members(world, thread, added=[user])


def leave_thread(world: World, thread: Channel, user: str) -> None:
    """Take somebody out of a thread."""
    if thread.people.pop(user, None) is not None:
        _tell_members(world, thread, removed=[user])


def archive_idle(world: World) -> None:
    """Archive the threads in which nobody has written for as long as each waits."""
    for thread in [each for each in world.channels.values() if each.is_thread and not each.archived]:
        last = instant(next(reversed(thread.messages), thread.id))
        since = max(last, thread.archive_changed_at or last)
        if world.now() >= since + timedelta(minutes=thread.auto_archive_minutes):
            set_thread(world, thread, archived=True)


def _opened(world: World, thread: Channel, minutes: int) -> None:
    thread.auto_archive_minutes = minutes
    thread.people[thread.owner] = world.now()
    world.channels[thread.id] = thread
    world.tell("THREAD_CREATE", channel_json(world, thread) | {"newly_created": True}, channel=thread)


def _tell_members(
    world: World, thread: Channel, *, added: list[str] | None = None, removed: list[str] | None = None
) -> None:
    body: Json = {"id": thread.id, "guild_id": thread.guild, "member_count": min(len(thread.people), 50)}
    members = [
        thread_member_json(world, thread, each, with_member=True) | {"presence": None} for each in added or ()
    ]
    about = {"added_members": members} if added else {"removed_member_ids": removed or []}
    world.tell("THREAD_MEMBERS_UPDATE", body | about, guild=thread.guild)


def _tell_reaction(world: World, name: str, message: Message, user: str, emoji: str) -> None:
    channel = world.channels[message.channel]
    body: Json = {
        "user_id": user, "channel_id": channel.id, "message_id": message.id, "emoji": emoji_json(emoji),
        "burst": False, "type": 0,
    }  # fmt: skip
    member = world.guilds[channel.guild].members.get(user) if channel.guild else None
    if name.endswith("ADD"):
        body["message_author_id"] = message.author
        body |= {"member": member_json(world, member)} if member else {}
    world.tell(name, body | _guild(channel), channel=channel)


def _guild(channel: Channel) -> Json:
    return {"guild_id": channel.guild} if channel.guild else {}
