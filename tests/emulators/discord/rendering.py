"""What a message shows, as lines of plain text.

Called by `sight` (assertions) and `transcript`. It draws what Discord's client would draw, as text: embeds
line by line, buttons in brackets, selects with a triangle. It never looks at an app's intentions, only at the
JSON that was accepted.
"""

from collections.abc import Iterator

from tests.emulators.discord.components import SELECTS, Kind
from tests.emulators.discord.reading import Reader, read
from tests.emulators.discord.records import Flag, Json, Message, MessageKind

# What stands for "no name" in a field; the client shows nothing there.
_BLANK = "\u200b"


def message_lines(message: Message, reader: Reader) -> list[str]:
    """A message as its reader sees it: content, embeds, files, then what can be pressed and chosen."""
    if Flag.LOADING in message.flags:
        return ["(thinking)"]
    if message.kind is MessageKind.THREAD_CREATED:
        return [f"(started a thread: {message.content})"]
    lines = read(message.content, reader).splitlines()
    if Flag.SUPPRESS_EMBEDS not in message.flags:
        lines += [line for each in message.embeds for line in _embed(each, reader)]
    lines += [f"[file: {each['filename']}]" for each in message.attachments]
    return lines + [component_line(row["components"]) for row in message.components]


def component_line(components: list[Json]) -> str:
    """What stands in one row."""
    return "  ".join(_component(each) for each in components)


def _embed(embed: Json, reader: Reader) -> Iterator[str]:
    if author := (embed.get("author") or {}).get("name"):
        yield author
    if title := embed.get("title"):
        yield read(title, reader, inline=True)
    yield from read(embed.get("description") or "", reader).splitlines()
    for field in embed.get("fields") or ():
        yield from _field(field, reader)
    if footer := (embed.get("footer") or {}).get("text"):
        yield from footer.splitlines()


def _field(field: Json, reader: Reader) -> Iterator[str]:
    name = read(field["name"], reader, inline=True)
    first, *rest = read(field["value"], reader).splitlines() or [""]
    if name == _BLANK:
        yield first
    elif rest:
        yield from (f"{name}:", first)
    else:
        yield f"{name}: {first}"
    yield from rest


def _component(component: Json) -> str:
    if component["type"] == Kind.BUTTON:
        emoji = (component.get("emoji") or {}).get("name") or ""
        text = " ".join(filter(None, (emoji, component.get("label"))))
        return f"({text})" if component.get("disabled") else f"[{text}]"
    if component["type"] in SELECTS:
        chosen = [each["label"] for each in component.get("options") or () if each.get("default")]
        return f"[{', '.join(chosen) or component.get('placeholder') or ''} ▾]"
    return f"(component {component['type']})"
