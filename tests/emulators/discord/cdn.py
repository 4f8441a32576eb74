"""Discord's content delivery: the bytes of attachments, behind addresses that expire.

Used by `wire_messages`, which signs an address each time a message is shown, and by `server`. Whoever comes
without a signature, or too late, gets nothing.
https://docs.discord.com/developers/reference#signed-attachment-cdn-urls
"""

import hashlib
from datetime import timedelta

from aiohttp import web

from tests.emulators.discord.records import Json
from tests.emulators.discord.world import World

LIFETIME = timedelta(days=1)
_SECRET = "emulated"
_CHUNK = 64 * 1024


def signed(world: World, attachment: Json) -> Json:
    """An attachment with an address that is good for a day from now."""
    until = f"{int((world.now() + LIFETIME).timestamp()):x}"
    issued = f"{int(world.now().timestamp()):x}"
    mark = _mark(attachment["id"], until)
    address = f"{attachment['url']}?ex={until}&is={issued}&hm={mark}&"
    return attachment | {"url": address, "proxy_url": address}


async def serve(request: web.Request, world: World) -> web.StreamResponse:
    """The bytes of an attachment."""
    some_id, until = request.match_info["attachment"], request.query.get("ex", "0")
    if request.query.get("hm") != _mark(some_id, until) or world.now().timestamp() > int(until, 16):
        raise web.HTTPNotFound(text="This content is no longer available.")
    if some_id in world.redirects:
        raise web.HTTPFound(world.redirects[some_id])
    content = world.files.get(some_id)
    if content is None:
        raise web.HTTPNotFound
    response = web.StreamResponse()
    await response.prepare(request)
    for start in range(0, len(content), _CHUNK):
        await response.write(content[start : start + _CHUNK])
    return response


def _mark(some_id: str, until: str) -> str:
    return hashlib.sha256(f"{_SECRET}:{some_id}:{until}".encode()).hexdigest()
