"""Slack's JSON for users, channels, messages and views, as the API answers and events carry them.

Called by the API's methods, the events and the people. It only puts into shape; what may be seen by whom is
decided before.
"""

from zoneinfo import ZoneInfo

from tests.emulators.slack.records import Channel, Json, Message, User, View
from tests.emulators.slack.world import World

_AVATAR = "https://emulated.slack.test/avatar.png"
_NOBODY: Json = {"value": "", "creator": "", "last_set": 0}


def user_json(world: World, user: User) -> Json:
    """A user without the locale, which users.info gives only when asked for."""
    offset = world.now().astimezone(ZoneInfo(user.tz)).utcoffset()
    return {
        "id": user.id, "team_id": world.team_id, "name": user.name, "real_name": user.name, "deleted": False,
        "color": "9f69e7", "tz": user.tz, "tz_label": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0, "profile": _profile(world, user),
        "is_admin": user.is_admin, "is_owner": False, "is_primary_owner": False, "is_restricted": False,
        "is_ultra_restricted": False, "is_bot": bool(user.bot_id), "is_app_user": False, "updated": 0,
    }  # fmt: skip


def _profile(world: World, user: User) -> Json:
    return {
        "title": "", "phone": "", "skype": "", "real_name": user.name, "real_name_normalized": user.name,
        "display_name": user.name, "display_name_normalized": user.name, "fields": None, "status_text": "",
        "status_emoji": "", "status_expiration": 0, "avatar_hash": "ge3b51ca72de", "image_72": _AVATAR,
        "team": world.team_id,
    }  # fmt: skip


def channel_json(world: World, channel: Channel) -> Json:
    """A conversation as conversations.info gives it, seen by the bot."""
    common: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_org_shared": False,
        "is_archived": channel.archived,
    }
    if channel.kind == "im":
        return common | {"is_im": True, "user": channel.name, "priority": 0}
    return common | {
        "name": channel.name, "name_normalized": channel.name, "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group", "is_im": False, "is_mpim": False,
        "is_private": channel.kind == "group", "is_general": False, "is_shared": False,
        "is_ext_shared": False, "is_pending_ext_shared": False, "is_member": world.bot.id in channel.members,
        "creator": "", "unlinked": 0, "topic": _NOBODY, "purpose": _NOBODY, "pending_shared": [],
        "previous_names": [], "shared_team_ids": [world.team_id],
    }  # fmt: skip


def message_json(world: World, message: Message, *, metadata: bool = False) -> Json:
    """A message as history gives it, with its reactions and the count of its replies."""
    body: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": world.team_id,
    }
    if message.bot_id:
        body |= {
            "bot_id": message.bot_id,
            "app_id": message.app_id,
            "bot_profile": _bot_profile(world, message),
        }
    optional = {
        "subtype": message.subtype, "blocks": message.blocks, "files": message.files,
        "edited": message.edited, "metadata": message.metadata if metadata else {},
        "upload": bool(message.files), "reactions": _reactions(message),
        "hidden": message.subtype == "tombstone",
    }  # fmt: skip
    body |= {name: value for name, value in optional.items() if value}
    if message.subtype == "bot_message":
        del body["user"]
        body["username"] = message.bot_name
    return body | _thread(world, message)


def _thread(world: World, message: Message) -> Json:
    channel = world.channels[message.channel]
    if message.is_reply:
        root = channel.messages.get(message.thread_ts)
        return {"thread_ts": message.thread_ts, "parent_user_id": root.user if root else ""}
    replies = channel.replies(message)
    if not replies:
        return {"thread_ts": message.ts} if message.thread_ts else {}
    users = list(dict.fromkeys(each.user for each in replies))
    return {
        "thread_ts": message.ts, "reply_count": len(replies), "reply_users": users,
        "reply_users_count": len(users), "latest_reply": replies[-1].ts, "subscribed": False,
    }  # fmt: skip


def _reactions(message: Message) -> list[Json]:
    return [
        {"name": name, "users": users, "count": len(users)}
        for name, users in message.reactions.items()
        if users
    ]


def _bot_profile(world: World, message: Message) -> Json:
    return {
        "id": message.bot_id, "app_id": message.app_id, "name": message.bot_name, "deleted": False,
        "updated": 0, "icons": {f"image_{size}": _AVATAR for size in (36, 48, 72)}, "team_id": world.team_id,
    }  # fmt: skip


def bot_json(world: World) -> Json:
    """The app's bot as bots.info gives it."""
    return {
        "id": world.bot.bot_id, "deleted": False, "name": world.bot.name, "updated": 0,
        "app_id": world.app_id, "user_id": world.bot.id,
        "icons": {f"image_{size}": _AVATAR for size in (36, 48, 72)},
    }  # fmt: skip


def team_json(world: World) -> Json:
    """The workspace as team.info gives it."""
    return {
        "id": world.team_id, "name": world.team_name, "domain": world.team_domain, "email_domain": "",
        "icon": {"image_default": True},
    }  # fmt: skip


def view_json(world: World, view: View) -> Json:
    """A view as views.* answer with it and as interactions carry it."""
    kept = {
        "type": view.body["type"], "callback_id": "", "private_metadata": "", "external_id": "",
        "title": None, "submit": None, "close": None, "clear_on_close": False, "notify_on_close": False,
    }  # fmt: skip
    return kept | {
        **view.body, "id": view.id, "team_id": world.team_id, "hash": view.hash,
        "state": {"values": view.state}, "root_view_id": view.root_id,
        "previous_view_id": view.previous_id or None, "app_id": world.app_id,
        "app_installed_team_id": world.team_id, "bot_id": world.bot.bot_id,
    }  # fmt: skip
