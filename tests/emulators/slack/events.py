"""What Slack tells an app: the events of the Events API and the payloads of commands and interactions.

Called by the API's methods and the people with something that has just happened in the world; gives the
JSON to deliver. Whether the app is told at all (it has to be in the channel) is decided here; how it
travels is `delivery`'s affair.
"""

from typing import Literal

from tests.emulators.slack import mrkdwn
from tests.emulators.slack.records import CHANNEL_NAME_IN_COMMANDS, Channel, Json, Message
from tests.emulators.slack.wire import message_json
from tests.emulators.slack.world import World

VERIFICATION_TOKEN = "emulated-verification-token"


def posted(world: World, message: Message) -> list[Json]:
    """A message, and beside it app_mention where somebody mentions the bot in a channel."""
    channel = world.channels[message.channel]
    event = message_json(world, message, metadata=True) | _where(channel, message.ts)
    event.pop("reactions", None)
    told = [event]
    mentioned = world.bot.id in mrkdwn.mentions(message.text)
    if mentioned and channel.kind != "im" and message.user != world.bot.id:
        plain = {name: value for name, value in event.items() if name not in ("channel_type", "subtype")}
        told.append(plain | {"type": "app_mention"})
    return _if_member(world, channel, told)


def changed(world: World, message: Message, before: Json) -> list[Json]:
    """A message_changed; `before` is the message's JSON from before the change."""
    channel = world.channels[message.channel]
    event: Json = {
        "type": "message", "subtype": "message_changed", "hidden": True, "ts": world.new_ts(),
        "message": message_json(world, message, metadata=True), "previous_message": before,
    }  # fmt: skip
    return _if_member(world, channel, [event | _where(channel, event["ts"])])


def deleted(world: World, channel: Channel, before: Json) -> list[Json]:
    """A message_deleted; `before` is what the message was."""
    event: Json = {
        "type": "message", "subtype": "message_deleted", "hidden": True, "ts": world.new_ts(),
        "deleted_ts": before["ts"], "previous_message": before,
    }  # fmt: skip
    return _if_member(world, channel, [event | _where(channel, event["ts"])])


def joined(world: World, channel: Channel, user: str, inviter: str = "") -> list[Json]:
    """A member_joined_channel, which the bot gets for itself too."""
    event = _membership(world, "member_joined_channel", channel, user) | (
        {"inviter": inviter} if inviter else {}
    )
    return _if_member(world, channel, [event])


def left(world: World, channel: Channel, user: str) -> list[Json]:
    """A member_left_channel; for the bot itself channel_left or group_left, as it is in there no more."""
    if user != world.bot.id:
        return _if_member(world, channel, [_membership(world, "member_left_channel", channel, user)])
    ts = world.new_ts()
    return [{"type": f"{channel.kind}_left", "channel": channel.id, "event_ts": ts}]


def archived(world: World, channel: Channel, user: str) -> list[Json]:
    """A channel_archive or group_archive."""
    event = {
        "type": f"{channel.kind}_archive",
        "channel": channel.id,
        "user": user,
        "event_ts": world.new_ts(),
    }
    return _if_member(world, channel, [event])


def reacted(
    world: World, message: Message, user: str, name: str, what: Literal["added", "removed"]
) -> list[Json]:
    """A reaction_added or reaction_removed."""
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event = {
        "type": f"reaction_{what}", "user": user, "reaction": name, "item_user": message.user, "item": item,
        "event_ts": world.new_ts(),
    }  # fmt: skip
    return _if_member(world, world.channels[message.channel], [event])


def home_opened(world: World, user: str, tab: Literal["home", "messages"]) -> list[Json]:
    """An app_home_opened, of the Home tab or the Messages tab."""
    return [
        {
            "type": "app_home_opened",
            "user": user,
            "channel": world.dm(user).id,
            "tab": tab,
            "event_ts": world.new_ts(),
        }
    ]


def callback(world: World, event: Json) -> Json:
    """The wrapper around an event, with an id that its retries keep."""
    who = {
        "enterprise_id": None, "team_id": world.team_id, "user_id": world.bot.id, "is_bot": True,
        "is_enterprise_install": False,
    }  # fmt: skip
    return {
        "token": VERIFICATION_TOKEN, "team_id": world.team_id, "api_app_id": world.app_id, "event": event,
        "type": "event_callback", "event_id": world.new_id("Ev"), "event_time": world.seconds(),
        "authorizations": [who], "is_ext_shared_channel": False, "event_context": "4-emulated",
    }  # fmt: skip


def command(world: World, user: str, channel: Channel, typed: tuple[str, str], response_url: str) -> Json:
    """A slash command; `typed` is the command and the text after it. All values are strings."""
    return {
        "token": VERIFICATION_TOKEN, "team_id": world.team_id, "team_domain": world.team_domain,
        "channel_id": channel.id, "channel_name": CHANNEL_NAME_IN_COMMANDS.get(channel.kind, channel.name),
        "user_id": user, "user_name": world.users[user].name, "command": typed[0], "text": typed[1],
        "api_app_id": world.app_id, "is_enterprise_install": "false", "response_url": response_url,
        "trigger_id": world.new_trigger(user),
    }  # fmt: skip


def interaction(world: World, user: str, kind: str, about: Json) -> Json:
    """An interaction (block_actions, view_submission...); `about` is what is particular to its kind."""
    who = world.users[user]
    return {
        "type": kind, "token": VERIFICATION_TOKEN, "api_app_id": world.app_id,
        "team": {"id": world.team_id, "domain": world.team_domain}, "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user, "username": who.name, "name": who.name, "team_id": world.team_id}, **about,
    }  # fmt: skip


def _membership(world: World, kind: str, channel: Channel, user: str) -> Json:
    letter = "G" if channel.kind == "group" else "C"
    return {
        "type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": world.team_id,
        "event_ts": world.new_ts(),
    }  # fmt: skip


def _where(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}


def _if_member(world: World, channel: Channel, told: list[Json]) -> list[Json]:
    return told if world.bot.id in channel.members else []
