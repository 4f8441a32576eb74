"""Guilds, channels, members and roles, as the bot can look them up; and DMs, which it can open.

Found by `server` through `rest.ROUTES`. https://discord.com/developers/docs/resources/guild
"""

from tests.emulators.discord import deeds_guilds
from tests.emulators.discord.permissions import Permission, in_guild
from tests.emulators.discord.problems import Problem, refuse
from tests.emulators.discord.records import DiscordError, Json
from tests.emulators.discord.rest import Api, Call, missing_access, route, unknown
from tests.emulators.discord.wire import bits, channel_json, guild_json, member_json, role_json


@route("GET", "/guilds/{guild_id}", name="get_guild")
def guild(api: Api, call: Call) -> Json:
    """A guild, with about how many are in it where that is asked."""
    found = api.guild(call.path["guild_id"])
    count = len(found.members)
    about = {"approximate_member_count": count, "approximate_presence_count": count}
    return guild_json(found) | (about if call.query.get("with_counts") in ("true", "1") else {})


@route("GET", "/guilds/{guild_id}/channels", name="list_guild_channels")
def channels(api: Api, call: Call) -> list[Json]:
    """The channels of a guild, without its threads."""
    found = api.guild(call.path["guild_id"])
    there = [each for each in api.world.channels.values() if each.guild == found.id and not each.is_thread]
    return [channel_json(api.world, each) for each in there]


@route("GET", "/guilds/{guild_id}/roles", name="list_guild_roles")
def roles(api: Api, call: Call) -> list[Json]:
    """The roles of a guild."""
    return [role_json(each) for each in api.guild(call.path["guild_id"]).roles.values()]


@route("GET", "/guilds/{guild_id}/roles/{role_id}", name="get_guild_role")
def role(api: Api, call: Call) -> Json:
    """A role of a guild."""
    found = api.guild(call.path["guild_id"]).roles.get(call.path["role_id"])
    if found is None:
        raise unknown("Role", 10011)
    return role_json(found)


@route("GET", "/guilds/{guild_id}/members/search", name="search_guild_members")
def search(api: Api, call: Call) -> list[Json]:
    """The members whose name or nickname begins so."""
    found = api.guild(call.path["guild_id"])
    begin = call.query.get("query", "").casefold()
    if not begin:
        refuse([Problem("query", "BASE_TYPE_REQUIRED", "This field is required")])
    world = api.world
    named = [
        each
        for each in found.members.values()
        if any(name.casefold().startswith(begin) for name in (each.nick, world.users[each.user].name) if name)
    ]
    return [member_json(world, each) for each in named][: int(call.query.get("limit", 1))]


@route("GET", "/guilds/{guild_id}/members/{user_id}", name="get_guild_member")
def member(api: Api, call: Call) -> Json:
    """A member of a guild."""
    found = api.guild(call.path["guild_id"])
    if call.path["user_id"] not in api.world.users:
        raise unknown("User", 10013)
    if call.path["user_id"] not in found.members:
        raise unknown("Member", 10007)
    return member_json(api.world, found.members[call.path["user_id"]])


@route("GET", "/guilds/{guild_id}/members", name="list_guild_members")
def members(api: Api, call: Call) -> list[Json]:
    """All members by their ids, which only apps with the intent for members may know."""
    found = api.guild(call.path["guild_id"])
    if api.world.guild_members == "off":
        raise missing_access()
    after, limit = int(call.query.get("after", 0)), int(call.query.get("limit", 1))
    there = sorted(found.members.values(), key=lambda each: int(each.user))
    return [member_json(api.world, each) for each in there if int(each.user) > after][:limit]


@route("GET", "/channels/{channel_id}", name="get_channel")
def channel(api: Api, call: Call) -> Json:
    """A channel, a thread or a DM."""
    return channel_json(api.world, api.channel(call.path["channel_id"]))


@route("DELETE", "/channels/{channel_id}", name="delete_channel")
def delete(api: Api, call: Call) -> Json:
    """Delete a channel or a thread."""
    found = api.channel(call.path["channel_id"])
    if found.is_dm:
        raise DiscordError(403, 50003, "Cannot execute action on a DM channel")
    api.channel(found.id, Permission.MANAGE_THREADS if found.is_thread else Permission.MANAGE_CHANNELS)
    body = channel_json(api.world, found)
    deeds_guilds.delete_channel(api.world, found)
    return body


@route("POST", "/users/@me/channels", name="create_dm")
def create_dm(api: Api, call: Call) -> Json:
    """The DM with somebody, new or not; that it is there does not mean that one may write into it."""
    user = api.world.users.get(str(call.body.get("recipient_id")))
    if user is None or user.id == api.world.bot.id:
        raise DiscordError(400, 50033, "Invalid Recipient(s)")
    if user.bot:
        raise DiscordError(400, 50007, "Cannot send messages to this user")
    return channel_json(api.world, api.world.dm(user.id))


@route("GET", "/users/@me/guilds", name="list_my_guilds")
def my_guilds(api: Api, call: Call) -> list[Json]:
    """The guilds that the bot is in, by their ids."""
    own, after = api.world.bot.id, int(call.query.get("after", 0))
    there = sorted(
        (each for each in api.world.guilds.values() if own in each.members), key=lambda each: int(each.id)
    )
    return [
        {
            "id": each.id, "name": each.name, "icon": None, "banner": None, "owner": each.owner == own,
            "permissions": str(bits(in_guild(each, own))), "features": [],
        }
        for each in there
        if int(each.id) > after
    ][: int(call.query.get("limit", 200))]  # fmt: skip


@route("DELETE", "/users/@me/guilds/{guild_id}", name="leave_guild")
def leave(api: Api, call: Call) -> None:
    """Leave a guild."""
    deeds_guilds.leave_guild(api.world, api.guild(call.path["guild_id"]), api.world.bot.id)
