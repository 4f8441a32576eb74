"""The files of the emulated Slack: what people attach, what the app uploads, and where their bytes are had.

Used by `people`, `methods_files` and `server`. Addresses of files ask for the bot's token, as Slack's do, and
send whoever has none to the sign-in page.
"""

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from aiohttp import web

from tests.emulators.samples import content_of
from tests.emulators.slack.records import Channel, Json, Message
from tests.emulators.slack.world import World

_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Attachment:
    """Something to attach. What is not said is what Slack would make of it.

    `says` changes what Slack declares (size, mimetype, is_external ...), `redirects` where its address leads.
    """

    name: str
    content: bytes = b""
    says: Json = field(default_factory=dict)
    redirects: str = ""


@dataclass(eq=False)
class Stored:
    """A file in the workspace; `length` is what was promised of an upload that has not come yet."""

    id: str
    owner: str
    attached: Attachment
    shares: dict[str, list[Json]] = field(default_factory=dict)
    length: int | None = None
    deleted: bool = False


def sample(name: str) -> Attachment:
    """A file of that name which is what it says it is."""
    return Attachment(name, content_of(name))


def store(world: World, owner: str, attached: Attachment) -> Stored:
    """Put a file into the workspace; nobody sees it yet."""
    stored = Stored(world.new_id("F"), owner, attached)
    world.files[stored.id] = stored
    return stored


def share(world: World, stored: Stored, channel: Channel, message: Message) -> None:
    """Show a file with a message."""
    share = {"ts": message.ts, "thread_ts": message.thread_ts, "channel_name": channel.name}
    stored.shares.setdefault(channel.id, []).append({name: value for name, value in share.items() if value})
    message.files.append(file_json(world, stored))


def visible(world: World, stored: Stored) -> bool:
    """Whether the bot may know of a file: its own, or one shared where it is."""
    theirs = (world.channels[channel] for channel in stored.shares)
    return stored.owner == world.bot.id or any(world.bot.id in channel.members for channel in theirs)


def file_json(world: World, stored: Stored) -> Json:
    """A file as messages have it."""
    attached = stored.attached
    kind = mimetypes.guess_type(attached.name)[0] or "application/octet-stream"
    address = f"{world.origin}/files-pri/{world.team_id}-{stored.id}/{quote(attached.name)}"
    return {
        "id": stored.id, "created": world.seconds(), "timestamp": world.seconds(), "name": attached.name,
        "title": attached.name, "mimetype": kind, "filetype": PurePosixPath(attached.name).suffix[1:],
        "user": stored.owner, "size": len(attached.content), "mode": "hosted", "is_external": False,
        "url_private": address, "url_private_download": f"{address}?download=1",
        **attached.says,
    }  # fmt: skip


def shares_json(world: World, stored: Stored) -> Json:
    """Where a file is shared, as only files.info has it."""
    public = {each for each in stored.shares if world.channels[each].kind == "channel"}
    shares = {
        "public": {each: found for each, found in stored.shares.items() if each in public},
        "private": {each: found for each, found in stored.shares.items() if each not in public},
    }
    return {kind: found for kind, found in shares.items() if found}


async def serve(request: web.Request, world: World, token: str) -> web.StreamResponse:
    """The bytes of a file; whoever shows no token is led to the sign-in page."""
    stored = world.files.get(request.match_info["file"].partition("-")[2])
    if stored is None or stored.deleted or not visible(world, stored):
        raise web.HTTPNotFound
    if request.headers.get("Authorization") != f"Bearer {token}":
        raise web.HTTPFound(f"{world.origin}/?redir=files")
    if stored.attached.redirects:
        raise web.HTTPFound(stored.attached.redirects)
    response = web.StreamResponse()
    await response.prepare(request)
    for start in range(0, len(stored.attached.content), _CHUNK):
        await response.write(stored.attached.content[start : start + _CHUNK])
    return response


async def receive(request: web.Request, world: World) -> web.Response:
    """The bytes of an upload, at the address that was given out for it."""
    stored = world.files.get(request.match_info["file"])
    if stored is None or stored.length is None:
        raise web.HTTPNotFound
    content = await request.read()
    if len(content) != stored.length:
        raise web.HTTPBadRequest(text="the length is not the one that was promised")
    stored.attached = Attachment(stored.attached.name, content)
    stored.length = None
    return web.Response(text=f"OK - {len(content)}")
