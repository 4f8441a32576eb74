"""chat.* and reactions.*: what the bot says, changes and takes back.

Found by `server` through `api.METHODS`. Errors and their order follow
https://docs.slack.dev/reference/methods/chat.postMessage.
"""

import re

from tests.emulators.slack import changes, events
from tests.emulators.slack.api import Api, Args, method
from tests.emulators.slack.blocks import check_blocks
from tests.emulators.slack.mrkdwn import bare_broadcasts
from tests.emulators.slack.records import Channel, Json, Message, Ping, SlackError
from tests.emulators.slack.wire import message_json

_LONGEST_TEXT = 40_000
_LARGEST_METADATA = 16_000
_NOT_REPLIED_TO = ("channel_join", "channel_leave", "channel_archive")
_SAID = "channel text blocks thread_ts mrkdwn link_names parse unfurl_links unfurl_media"


@method("chat.postMessage", f"{_SAID} metadata reply_broadcast", "chat:write")
def post_message(api: Api, args: Args) -> Json:
    """Post into a channel, or with a person's id into their DM."""
    channel = _destination(api, args.text("channel"))
    message = _composed(api, args, channel)
    metadata = args.structure("metadata", "invalid_metadata_format")
    if metadata is not None and not (
        isinstance(metadata, dict) and {"event_type", "event_payload"} <= set(metadata)
    ):
        raise SlackError("invalid_metadata_format")
    if len(str(metadata)) > _LARGEST_METADATA:
        raise SlackError("metadata_too_large")
    message.metadata = metadata or {}
    message.thread_ts = _thread(channel, args.get("thread_ts"))
    message.broadcast = args.flag("reply_broadcast")
    api.world.post(message)
    if args.get("parse") == "full" or args.flag("link_names"):
        api.world.pings += [
            Ping(each, message, not message.blocks, by_edit=False) for each in bare_broadcasts(message.text)
        ]
    api.announce(events.posted(api.world, message))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": message_json(api.world, message, metadata=True),
    }


@method("chat.postEphemeral", f"{_SAID} user", "chat:write")
def post_ephemeral(api: Api, args: Args) -> Json:
    """Show something to one person in a channel; nothing remains of it."""
    channel = _destination(api, args.text("channel"))
    user = args.text("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = _composed(api, args, channel)
    message.ephemeral_to = user
    message.thread_ts = _thread(channel, args.get("thread_ts"))
    api.world.ephemerals[message.ts] = message
    return {"message_ts": message.ts}


@method("chat.update", "channel ts text blocks metadata link_names parse reply_broadcast", "chat:write")
def update(api: Api, args: Args) -> Json:
    """Change one of the bot's own messages; blocks and metadata that are not given stay."""
    channel = api.channel(args.text("channel"))
    message = _own(api, channel, args.text("ts"), "cant_update_message")
    blocks = _checked_blocks(api, args)
    text = _checked_text(args, message.blocks if blocks is None else blocks)
    before = message_json(api.world, message)
    metadata = args.structure("metadata", "invalid_metadata_format")
    message.text = text
    message.blocks = message.blocks if blocks is None else blocks
    message.metadata = metadata if isinstance(metadata, dict) else message.metadata
    message.edited = {"user": api.world.bot.id, "ts": api.world.new_ts()}
    api.world.edited(message)
    api.announce(events.changed(api.world, message, before))
    shown = message_json(api.world, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": shown}


@method("chat.delete", "channel ts", "chat:write")
def delete(api: Api, args: Args) -> Json:
    """Take back one of the bot's own messages."""
    channel = api.channel(args.text("channel"))
    message = _own(api, channel, args.text("ts"), "cant_delete_message")
    api.announce(changes.remove(api.world, channel, message))
    return {"channel": channel.id, "ts": message.ts}


@method("chat.getPermalink", "channel message_ts")
def permalink(api: Api, args: Args) -> Json:
    """The address of a message."""
    channel = api.channel(args.text("channel"))
    message = api.world.find(channel.id, args.text("message_ts"))
    address = (
        f"https://{api.world.team_domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    )
    thread = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
    return {"channel": channel.id, "permalink": address + thread}


@method("reactions.add", "channel timestamp name", "reactions:write")
def react(api: Api, args: Args) -> Json:
    """Put an emoji on a message."""
    message = api.world.find(api.joined(args.text("channel")).id, args.text("timestamp"))
    users = message.reactions.setdefault(args.text("name"), [])
    if api.world.bot.id in users:
        raise SlackError("already_reacted")
    users.append(api.world.bot.id)
    api.announce(events.reacted(api.world, message, api.world.bot.id, args.text("name"), "added"))
    return {}


@method("reactions.remove", "channel timestamp name", "reactions:write")
def unreact(api: Api, args: Args) -> Json:
    """Take an emoji off a message."""
    message = api.world.find(api.joined(args.text("channel")).id, args.text("timestamp"))
    users = message.reactions.get(args.text("name"), [])
    if api.world.bot.id not in users:
        raise SlackError("no_reaction")
    users.remove(api.world.bot.id)
    api.announce(events.reacted(api.world, message, api.world.bot.id, args.text("name"), "removed"))
    return {}


def _destination(api: Api, target: str) -> Channel:
    channel = api.world.dm(target) if target in api.world.users else api.channel(target)
    if api.world.bot.id not in channel.members and not (
        channel.kind == "channel" and "chat:write.public" in api.scopes
    ):
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind == "im" and api.world.messages_tab == "off":
        raise SlackError("messages_tab_disabled")
    return channel


def _composed(api: Api, args: Args, channel: Channel) -> Message:
    blocks = _checked_blocks(api, args) or []
    world = api.world
    return Message(
        world.new_ts(), channel.id, world.bot.id, _checked_text(args, blocks), blocks,
        bot_id=world.bot.bot_id, app_id=world.app_id, bot_name=world.bot.name,
        mrkdwn=args.flag("mrkdwn", default=True),
        unfurl_links=args.flag("unfurl_links") if "unfurl_links" in args.given else None,
        unfurl_media=args.flag("unfurl_media") if "unfurl_media" in args.given else None,
    )  # fmt: skip


def _checked_text(args: Args, blocks: list[Json]) -> str:
    text = args.get("text")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if len(text) > _LONGEST_TEXT:
        raise SlackError("msg_too_long")
    return text


def _checked_blocks(api: Api, args: Args) -> list[Json] | None:
    blocks = args.structure("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    check_blocks(blocks)
    return api.world.fill_in_ids(blocks) if isinstance(blocks, list) else None


def _thread(channel: Channel, thread_ts: str) -> str:
    """The thread to post in; none when its root is gone: Slack then posts into the channel itself.

    https://github.com/slack-go/slack/issues/1571
    """
    if thread_ts and not re.fullmatch(r"\d{10}\.\d{6}", thread_ts):
        raise SlackError("invalid_thread_ts")
    root = channel.messages.get(thread_ts)
    if root is None:
        return ""
    if root.subtype in _NOT_REPLIED_TO:
        raise SlackError("cannot_reply_to_message")
    return root.thread_ts or root.ts


def _own(api: Api, channel: Channel, ts: str, otherwise: str) -> Message:
    message = api.world.find(channel.id, ts)
    if message.user != api.world.bot.id or message.subtype:
        raise SlackError(otherwise)
    return message
