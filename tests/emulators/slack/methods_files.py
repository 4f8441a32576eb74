"""files.*: what is known of a file, and the two calls around an upload.

Found by `server` through `api.METHODS`; the bytes themselves go through `attachments`.
https://docs.slack.dev/messaging/working-with-files#upload
"""

from tests.emulators.slack import events
from tests.emulators.slack.api import Api, Args, method
from tests.emulators.slack.attachments import (
    Attachment,
    Stored,
    file_json,
    share,
    shares_json,
    store,
    visible,
)
from tests.emulators.slack.blocks import check_blocks
from tests.emulators.slack.records import Json, Message, SlackError

_COMPLETED = "files channel_id channels initial_comment thread_ts blocks"


@method("files.info", "file count cursor limit page", "files:read")
def info(api: Api, args: Args) -> Json:
    """One file."""
    stored = _known(api, args.text("file"))
    if stored.deleted:
        raise SlackError("file_deleted")
    file = file_json(api.world, stored) | {"shares": shares_json(api.world, stored)}
    return {"file": file, "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.getUploadURLExternal", "filename length alt_txt snippet_type", "files:write")
def upload_url(api: Api, args: Args) -> Json:
    """An address to which a file of exactly so many bytes can be sent."""
    stored = store(api.world, api.world.bot.id, Attachment(args.text("filename")))
    stored.length = args.number("length", 0)
    if stored.length <= 0:
        raise SlackError("invalid_arguments")
    return {"upload_url": f"{api.world.origin}/upload/v1/{stored.id}", "file_id": stored.id}


@method("files.completeUploadExternal", _COMPLETED, "files:write")
def complete(api: Api, args: Args) -> Json:
    """Show uploaded files in a channel or a thread, each once."""
    world = api.world
    files = args.structure("files", "invalid_arguments")
    if not isinstance(files, list) or not files:
        raise SlackError("invalid_arguments")
    uploaded = [_known(api, each["id"]) for each in files]
    if any(each.length is not None or each.shares for each in uploaded):
        raise SlackError("file_not_found")
    channel = api.joined(args.text("channel_id"))
    blocks = args.structure("blocks", "invalid_blocks_format") or []
    check_blocks(blocks)
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    message = Message(world.new_ts(), channel.id, world.bot.id, args.get("initial_comment"))
    message.blocks = world.fill_in_ids(blocks)
    message.subtype, message.thread_ts = "file_share", args.get("thread_ts")
    for each in uploaded:
        share(world, each, channel, message)
    world.post(message)
    api.announce(events.posted(world, message))
    return {"files": [{"id": each.id, "title": each.attached.name} for each in uploaded]}


def _known(api: Api, some_id: str) -> Stored:
    stored = api.world.files.get(some_id)
    if stored is None or not visible(api.world, stored):
        raise SlackError("file_not_found")
    return stored
