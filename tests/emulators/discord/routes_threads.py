"""Threads: started from a message or alone, archived, locked, joined; and who is in them.

Found by `server` through `rest.ROUTES`. https://discord.com/developers/docs/topics/threads
"""

from collections.abc import Iterator

from tests.emulators.discord import deeds
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.problems import Problem, one_of, refuse, text
from tests.emulators.discord.records import Channel, ChannelKind, DiscordError, Json
from tests.emulators.discord.rest import (
    Api,
    Call,
    Reply,
    missing_access,
    missing_permissions,
    route,
    unknown,
)
from tests.emulators.discord.routes_messages import archived
from tests.emulators.discord.wire import channel_json, thread_member_json

_ARCHIVE_AFTER = (60, 1440, 4320, 10080)
_NEEDS = {
    ChannelKind.PUBLIC_THREAD: Permission.CREATE_PUBLIC_THREADS,
    ChannelKind.PRIVATE_THREAD: Permission.CREATE_PRIVATE_THREADS,
}


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads", name="create_thread_from_message")
def from_message(api: Api, call: Call) -> Reply:
    """Start the one thread that a message can have."""
    channel = api.channel(call.path["channel_id"], Permission.CREATE_PUBLIC_THREADS)
    refuse(_problems(call.body))
    if channel.is_dm or channel.is_thread:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    message = api.message(channel, call.path["message_id"])
    if message.id in api.world.channels:
        raise DiscordError(400, 160004, "A thread has already been created for this message")
    thread = deeds.start_thread(
        api.world, api.world.bot.id, message, call.body["name"], minutes=_minutes(call.body)
    )
    return Reply(201, channel_json(api.world, thread))


@route("POST", "/channels/{channel_id}/threads", name="create_thread")
def alone(api: Api, call: Call) -> Reply:
    """Start a thread without a message: private, unless its type says otherwise."""
    kind = call.body.get("type", int(ChannelKind.PRIVATE_THREAD))
    channel = api.channel(call.path["channel_id"])
    if channel.is_dm or channel.is_thread:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    refuse([*_problems(call.body), *([] if kind in _NEEDS else [one_of("type", map(int, _NEEDS))])])
    api.channel(channel.id, _NEEDS[ChannelKind(kind)])
    thread = deeds.open_thread(
        api.world,
        api.world.bot.id,
        channel,
        call.body["name"],
        ChannelKind(kind),
        minutes=_minutes(call.body),
    )
    thread.invitable = call.body.get("invitable", True)
    return Reply(201, channel_json(api.world, thread))


@route("PATCH", "/channels/{channel_id}", name="update_channel")
def update(api: Api, call: Call) -> Json:
    """Rename, archive, lock a thread, or undo it; the emulator changes no other channels for an app."""
    thread = _thread(api, call)
    refuse(_changes(call.body))
    bot, body = api.world.bot.id, call.body
    mighty = Permission.MANAGE_THREADS in api.world.may(bot, thread)
    opens = thread.owner == bot or body == {"archived": False}
    if not mighty and (thread.locked or "locked" in body or not opens):
        raise missing_permissions()
    if thread.archived and body.get("archived") is not False:
        raise archived()
    thread.name = body.get("name", thread.name)
    thread.auto_archive_minutes = body.get("auto_archive_duration", thread.auto_archive_minutes)
    thread.invitable = body.get("invitable", thread.invitable)
    deeds.set_thread(api.world, thread, archived=body.get("archived"), locked=body.get("locked"))
    return channel_json(api.world, thread)


@route("PUT", "/channels/{channel_id}/thread-members/@me", name="join_thread")
def join(api: Api, call: Call) -> None:
    """Join a thread."""
    thread = _open(_thread(api, call))
    deeds.join_thread(api.world, thread, api.world.bot.id)


@route("DELETE", "/channels/{channel_id}/thread-members/@me", name="leave_thread")
def leave(api: Api, call: Call) -> None:
    """Leave a thread."""
    deeds.leave_thread(api.world, _open(_thread(api, call)), api.world.bot.id)


@route("PUT", "/channels/{channel_id}/thread-members/{user_id}", name="add_thread_member")
def add(api: Api, call: Call) -> None:
    """Bring somebody in, who has to be able to see the channel that the thread is in."""
    thread = _open(_thread(api, call))
    api.channel(thread.id, Permission.SEND_MESSAGES)
    user = call.path["user_id"]
    if user not in api.world.guilds[thread.guild].members:
        raise unknown("Member", 10007)
    if not api.world.can_see(user, api.world.channels[thread.parent]):
        raise missing_access()
    mighty = Permission.MANAGE_THREADS in api.world.may(api.world.bot.id, thread)
    if not thread.invitable and not mighty and thread.owner != api.world.bot.id:
        raise missing_permissions()
    deeds.join_thread(api.world, thread, user)


@route("DELETE", "/channels/{channel_id}/thread-members/{user_id}", name="delete_thread_member")
def remove(api: Api, call: Call) -> None:
    """Take somebody out, with MANAGE_THREADS or from a private thread of one's own."""
    thread = _open(_thread(api, call))
    own = thread.kind is ChannelKind.PRIVATE_THREAD and thread.owner == api.world.bot.id
    if not own:
        api.channel(thread.id, Permission.MANAGE_THREADS)
    deeds.leave_thread(api.world, thread, call.path["user_id"])


@route("GET", "/channels/{channel_id}/thread-members/{user_id}", name="get_thread_member")
def member(api: Api, call: Call) -> Json:
    """Somebody in a thread."""
    thread = _thread(api, call)
    if call.path["user_id"] not in thread.people:
        raise unknown("Member", 10007)
    return thread_member_json(api.world, thread, call.path["user_id"])


@route("GET", "/channels/{channel_id}/thread-members", name="list_thread_members")
def members(api: Api, call: Call) -> list[Json]:
    """All who are in a thread, which only apps with the intent for members may know."""
    thread = _thread(api, call)
    if api.world.guild_members == "off":
        raise missing_access()
    return [thread_member_json(api.world, thread, each) for each in thread.people]


@route("GET", "/channels/{channel_id}/threads/archived/public", name="list_public_archived_threads")
def public(api: Api, call: Call) -> Json:
    """The archived public threads of a channel."""
    channel = api.channel(call.path["channel_id"], Permission.READ_MESSAGE_HISTORY)
    return _archived(api, channel, ChannelKind.PUBLIC_THREAD)


@route("GET", "/channels/{channel_id}/threads/archived/private", name="list_private_archived_threads")
def private(api: Api, call: Call) -> Json:
    """The archived private threads of a channel."""
    channel = api.channel(call.path["channel_id"], Permission.MANAGE_THREADS)
    return _archived(api, channel, ChannelKind.PRIVATE_THREAD)


@route("GET", "/guilds/{guild_id}/threads/active", name="get_active_guild_threads")
def active(api: Api, call: Call) -> Json:
    """The threads of a guild that are not archived and that the bot can see."""
    guild, world = api.guild(call.path["guild_id"]), api.world
    found = [
        each
        for each in world.channels.values()
        if each.is_thread and each.guild == guild.id and not each.archived
    ]
    return _listed(api, [each for each in found if world.can_see(world.bot.id, each)])


def _archived(api: Api, channel: Channel, kind: ChannelKind) -> Json:
    found = [each for each in api.world.threads(channel) if each.archived and each.kind is kind]
    return _listed(api, found)


def _listed(api: Api, threads: list[Channel]) -> Json:
    own = api.world.bot.id
    return {
        "threads": [channel_json(api.world, each) for each in threads],
        "members": [thread_member_json(api.world, each, own) for each in threads if own in each.people],
        "has_more": False,
    }


def _thread(api: Api, call: Call) -> Channel:
    channel = api.channel(call.path["channel_id"])
    if not channel.is_thread:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    return channel


def _open(thread: Channel) -> Channel:
    if thread.archived:
        raise archived()
    return thread


def _minutes(body: Json) -> int:
    return int(body.get("auto_archive_duration") or 4320)


def _problems(body: Json) -> Iterator[Problem]:
    yield from text(body, "", "name", 100)
    if body.get("auto_archive_duration") not in (None, *_ARCHIVE_AFTER):
        yield one_of("auto_archive_duration", _ARCHIVE_AFTER)


def _changes(body: Json) -> Iterator[Problem]:
    yield from _problems({"name": "unchanged"} | body)
