"""A message's body as an app sends it: checked, and put into the message it makes or changes.

Called by the routes of messages and by whatever else makes messages for the app. It stores nothing in a
channel and tells nobody.
"""

from urllib.parse import quote

from tests.emulators.discord.components import numbered
from tests.emulators.discord.limits import SETTABLE, message_errors
from tests.emulators.discord.records import DiscordError, Flag, Json, Message
from tests.emulators.discord.rest import Upload
from tests.emulators.discord.world import World

LARGEST_FILE = 10 * 1024 * 1024
_OF_AN_EMBED = ("title", "description", "url", "timestamp", "color")
_PARTS = {
    "footer": ("text", "icon_url"),
    "author": ("name", "url", "icon_url"),
    "image": ("url",),
    "thumbnail": ("url",),
}


def check_body(body: Json, files: list[Upload], *, before: Message | None = None) -> None:
    """Refuse a body that is wrong, or that leaves nothing to be seen; `before` is the message it changes."""
    errors = message_errors(body, len(files))
    if errors:
        raise DiscordError(400, 50035, "Invalid Form Body", errors)
    if any(len(each.content) > LARGEST_FILE for each in files):
        raise DiscordError(413, 40005, "Request entity too large")
    shown = [_seen(body, name, before) for name in ("content", "embeds", "components", "attachments")]
    if not any(shown) and not files:
        raise DiscordError(400, 50006, "Cannot send an empty message")


def fill(world: World, message: Message, body: Json, files: list[Upload]) -> None:
    """Put what the body has into the message, in the form in which Discord keeps it; the rest stays."""
    if "content" in body:
        message.content = str(body["content"] or "").strip()
    if "embeds" in body:
        message.embeds = [_embed(each) for each in body["embeds"] or ()]
    if "components" in body:
        message.components = numbered(body["components"] or [])
    if "flags" in body:
        message.flags = (message.flags & ~SETTABLE) | Flag(body["flags"] or 0)
    if "attachments" in body or files:
        _attach(world, message, body.get("attachments"), files)


def _seen(body: Json, name: str, before: Message | None) -> object:
    if name not in body and before is not None:
        return getattr(before, name)
    value = body.get(name)
    return value.strip() if isinstance(value, str) else value


def _embed(given: Json) -> Json:
    embed: Json = {"type": "rich"} | {name: given[name] for name in _OF_AN_EMBED if given.get(name)}
    for part, names in _PARTS.items():
        if given.get(part):
            embed[part] = {name: given[part][name] for name in names if given[part].get(name)}
    if given.get("fields"):
        embed["fields"] = [
            {
                "name": each["name"].strip(),
                "value": each["value"].strip(),
                "inline": bool(each.get("inline")),
            }
            for each in given["fields"]
        ]
    return embed


def _attach(world: World, message: Message, described: list[Json] | None, files: list[Upload]) -> None:
    about = {str(each["id"]): each for each in described or ()}
    kept = [each for each in message.attachments if described is None or each["id"] in about]
    for at, file in enumerate(files):
        some_id = world.new_id()
        world.files[some_id] = file.content
        if file.redirects:
            world.redirects[some_id] = file.redirects
        address = f"{world.cdn}/attachments/{message.channel}/{some_id}/{quote(file.name)}"
        described_as = about.get(str(at), {}).get("description")
        entry: Json = {
            "id": some_id, "filename": file.name, "size": len(file.content), "url": address,
            "proxy_url": address, "content_type": file.content_type, **file.says,
        }  # fmt: skip
        kept.append(entry | ({"description": described_as} if described_as else {}))
    message.attachments = kept
