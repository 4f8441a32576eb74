"""conversations.* and users.conversations: which channels there are, who is in them, and what was said.

Found by `server` through `api.METHODS`. Histories are read back by these methods after a gap, so their
bounds, pages and order are Slack's.
"""

from tests.emulators.slack import changes
from tests.emulators.slack.api import Api, Args, method, page
from tests.emulators.slack.records import Channel, Json, Message, SlackError
from tests.emulators.slack.wire import channel_json, message_json

_READ = "channels:read groups:read im:read"
_WINDOW = "channel oldest latest inclusive limit cursor include_all_metadata"
_KIND_OF_TYPE = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


@method("conversations.open", "channel users return_im prevent_creation", "im:write")
def open_dm(api: Api, args: Args) -> Json:
    """The DM with a person."""
    user = args.text("users")
    if user not in api.world.users:
        raise SlackError("user_not_found")
    existed = any(each.kind == "im" and each.name == user for each in api.world.channels.values())
    channel = api.world.dm(user)
    body = channel_json(api.world, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": body} | ({"no_op": True, "already_open": True} if existed else {})


@method("conversations.info", "channel include_locale include_num_members", _READ)
def info(api: Api, args: Args) -> Json:
    """One channel."""
    channel = api.channel(args.text("channel"), "read")
    body = channel_json(api.world, channel)
    return {
        "channel": body | ({"num_members": len(channel.members)} if args.flag("include_num_members") else {})
    }


@method("conversations.members", "channel limit cursor", _READ)
def members(api: Api, args: Args) -> Json:
    """Who is in a channel."""
    channel = api.channel(args.text("channel"), "read")
    found, cursor = page([{"id": each} for each in channel.members], args)
    return {"members": [each["id"] for each in found], "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", "types exclude_archived limit cursor team_id", _READ)
def list_all(api: Api, args: Args) -> Json:
    """All channels that the bot may know of."""
    known = [
        each
        for each in api.world.channels.values()
        if each.kind == "channel" or api.world.bot.id in each.members
    ]
    return _listed(api, args, known)


@method("users.conversations", "user types exclude_archived limit cursor team_id", _READ)
def of_user(api: Api, args: Args) -> Json:
    """The channels that somebody is in, the bot unless another is named."""
    user = args.get("user", api.world.bot.id)
    known = [each for each in api.world.channels.values() if {user, api.world.bot.id} <= set(each.members)]
    return _listed(api, args, known)


@method("conversations.join", "channel", "channels:join")
def join(api: Api, args: Args) -> Json:
    """Let the bot into a public channel."""
    channel = api.channel(args.text("channel"))
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if api.world.bot.id not in channel.members:
        api.announce(changes.join(api.world, channel, api.world.bot.id))
    return {"channel": channel_json(api.world, channel)}


@method("conversations.history", _WINDOW)
def history(api: Api, args: Args) -> Json:
    """What stands in a channel, the newest first; replies are not among it."""
    channel = api.joined(args.text("channel"), "history")
    found = [each for each in reversed(channel.top_level()) if _within(each, args)]
    found.sort(key=lambda each: each.ts, reverse=True)
    body = _paged(api, args, found)
    return body | {"pin_count": 0, "channel_actions_ts": None, "channel_actions_count": 0}


@method("conversations.replies", f"{_WINDOW} ts")
def replies(api: Api, args: Args) -> Json:
    """A thread: its root, then the replies, the oldest first; for a reply's own ts only that reply."""
    channel = api.joined(args.text("channel"), "history")
    root = channel.messages.get(args.text("ts"))
    if root is None:
        raise SlackError("thread_not_found")
    below = [] if root.is_reply else sorted(channel.replies(root), key=lambda each: each.ts)
    return _paged(api, args, [root, *(each for each in below if _within(each, args))])


def _within(message: Message, args: Args) -> bool:
    oldest, latest = args.get("oldest", "0"), args.get("latest", "9999999999")
    if args.flag("inclusive"):
        return float(oldest) <= float(message.ts) <= float(latest)
    return float(oldest) < float(message.ts) < float(latest)


def _paged(api: Api, args: Args, found: list[Message]) -> Json:
    metadata = args.flag("include_all_metadata")
    messages, cursor = page([message_json(api.world, each, metadata=metadata) for each in found], args)
    more: Json = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return {"messages": messages, "has_more": bool(cursor)} | more


def _listed(api: Api, args: Args, known: list[Channel]) -> Json:
    kinds = [_KIND_OF_TYPE[each.strip()] for each in args.get("types", "public_channel").split(",")]
    wanted = [
        each for each in known if each.kind in kinds and not (each.archived and args.flag("exclude_archived"))
    ]
    found, cursor = page([channel_json(api.world, each) for each in wanted], args)
    return {"channels": found, "response_metadata": {"next_cursor": cursor}}
