"""What Discord accepts of a message's body: the lengths and numbers that its documents give.

Asked by `bodies` for everything that makes or changes a message. It collects all problems, and refuses
nothing by itself. https://discord.com/developers/docs/resources/message#create-message
"""

from collections.abc import Iterator

from tests.emulators.discord.components import component_problems
from tests.emulators.discord.problems import Problem, as_errors, length, number, required, text
from tests.emulators.discord.records import Flag, Json

LONGEST_CONTENT = 2000
LONGEST_NONCE = 25
_MOST_EMBEDS, _MOST_FIELDS, _MOST_EMBED_TEXT, _MOST_FILES = 10, 25, 6000, 10
_MOST_MENTIONS = 100
_PARSED = ("users", "roles", "everyone")
# What an app may set itself.
SETTABLE = Flag.SUPPRESS_EMBEDS | Flag.EPHEMERAL | Flag.SUPPRESS_NOTIFICATIONS | Flag.IS_COMPONENTS_V2


def message_errors(body: Json, files: int) -> Json:
    """What is wrong with a message, as the tree of an error 50035; empty where nothing is."""
    errors = as_errors(_problems(body, files))
    components = component_problems(body.get("components") or [])
    return errors | ({"components": components} if components else {})


def embed_text(embed: Json) -> int:
    """How many characters of an embed count towards the limit of all embeds together."""
    fields = embed.get("fields") or []
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    parts += [each.get(name) for each in fields for name in ("name", "value")]
    return sum(len(each) for each in parts if each)


def _problems(body: Json, files: int) -> Iterator[Problem]:
    yield from _plain(body)
    yield from _embeds(body.get("embeds") or [])
    if files > _MOST_FILES:
        yield length("attachments", 0, _MOST_FILES)
    yield from _mentions(body.get("allowed_mentions") or {})


def _plain(body: Json) -> Iterator[Problem]:
    content = body.get("content")
    if content is not None and len(str(content)) > LONGEST_CONTENT:
        words = f"Must be {LONGEST_CONTENT} or fewer in length."
        yield Problem("content", "BASE_TYPE_MAX_LENGTH", words)
    nonce = body.get("nonce")
    if nonce is not None and len(str(nonce)) > LONGEST_NONCE:
        words = f"Must be {LONGEST_NONCE} or fewer characters long."
        yield Problem("nonce", "NONCE_TYPE_TOO_LONG", words)
    if Flag(body.get("flags") or 0) & ~SETTABLE:
        yield Problem("flags", "MESSAGE_FLAGS_INVALID", "Invalid flags")


def _embeds(embeds: list[Json]) -> Iterator[Problem]:
    if len(embeds) > _MOST_EMBEDS:
        yield length("embeds", 0, _MOST_EMBEDS)
    found = [each for at, embed in enumerate(embeds) for each in _embed(f"embeds.{at}", embed)]
    yield from found
    if not found and sum(embed_text(each) for each in embeds) > _MOST_EMBED_TEXT:
        words = f"Embed size exceeds maximum size of {_MOST_EMBED_TEXT}"
        yield Problem("embeds", "MAX_EMBED_SIZE_EXCEEDED", words)


def _embed(path: str, embed: Json) -> Iterator[Problem]:
    yield from text(embed, path, "title", 256, least=0, optional=True)
    yield from text(embed, path, "description", 4096, least=0, optional=True)
    yield from text(embed, path, "url", 2048, optional=True)
    yield from number(embed, path, "color", 0, 0xFFFFFF)
    if embed.get("footer"):
        yield from text(embed["footer"], f"{path}.footer", "text", 2048)
    if embed.get("author"):
        yield from text(embed["author"], f"{path}.author", "name", 256)
    fields = embed.get("fields") or []
    if len(fields) > _MOST_FIELDS:
        yield length(f"{path}.fields", 0, _MOST_FIELDS)
    for at, field in enumerate(fields):
        for name, most in (("name", 256), ("value", 1024)):
            if not str(field.get(name) or "").strip():
                yield required(f"{path}.fields.{at}.{name}")
            else:
                yield from text(field, f"{path}.fields.{at}", name, most)


def _mentions(permitted: Json) -> Iterator[Problem]:
    parse = permitted.get("parse") or []
    for at, each in enumerate(parse):
        if each not in _PARSED:
            listed = ", ".join(f"'{known}'" for known in _PARSED)
            yield Problem(
                f"allowed_mentions.parse.{at}", "BASE_TYPE_CHOICES", f"Value must be one of ({listed})."
            )
    for name in ("users", "roles"):
        named = permitted.get(name) or []
        if len(named) > _MOST_MENTIONS:
            yield length(f"allowed_mentions.{name}", 0, _MOST_MENTIONS)
        if named and name in parse:
            words = f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.'
            yield Problem("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)
