"""What a message or a form shows, as lines of plain text, and which of its texts can mention somebody.

Called by `world` (mentions), `sight` (assertions) and `transcript`. It draws what Slack's client would
draw, as text: buttons in brackets, selects with a triangle. It never looks at an app's intentions, only at
the JSON that was accepted.
"""

from collections.abc import Callable, Iterator

from tests.emulators.slack.mrkdwn import Reader, date_token, read
from tests.emulators.slack.records import Json, Message

_MULTIPLE = "multi_"


def message_lines(message: Message, reader: Reader) -> list[str]:
    """A message as its reader sees it: its blocks where it has any, else its text; then its files."""
    lines = block_lines(message.blocks, reader) if message.blocks else read(message.text, reader).splitlines()
    return lines + [f"[file: {each['name']}]" for each in message.files]


def block_lines(blocks: list[Json], reader: Reader) -> list[str]:
    """Blocks as lines of text."""
    return [line for block in blocks for line in _block(block, reader)]


def text_of(text: Json | None, reader: Reader) -> str:
    """A text object as its reader sees it."""
    if not text:
        return ""
    return read(text["text"], reader) if text["type"] == "mrkdwn" else read_plain(text["text"])


def read_plain(text: str) -> str:
    """A plain_text object's text: nothing in it is a mention or a link, but entities are turned back."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _block(block: Json, reader: Reader) -> list[str]:
    draw = _BLOCKS.get(block["type"])
    return draw(block, reader) if draw else [f"({block['type']})"]


def _context(block: Json, reader: Reader) -> list[str]:
    texts = (
        text_of(each, reader) if "text" in each else f"({each['alt_text']})" for each in block["elements"]
    )
    return ["  ".join(texts)]


def _rich_text(block: Json, reader: Reader) -> list[str]:
    return [line for each in block["elements"] for line in _rich(each, reader).splitlines()]


def _section(block: Json, reader: Reader) -> list[str]:
    lines = text_of(block.get("text"), reader).splitlines()
    lines += [" ".join(text_of(each, reader).splitlines()) for each in block.get("fields", [])]
    if "accessory" in block:
        lines.append(element_line(block["accessory"], reader))
    return lines


def element_line(element: Json, reader: Reader) -> str:
    """An interactive element as it looks before anybody touched it."""
    kind = element["type"].removeprefix(_MULTIPLE)
    if kind == "button":
        return f"[{text_of(element['text'], reader)}]"
    if kind == "image":
        return f"({element['alt_text']})"
    if kind in ("radio_buttons", "checkboxes"):
        return "  ".join(f"( ) {text_of(each['text'], reader)}" for each in element["options"])
    if kind == "overflow":
        return "[...]"
    initial = element.get("initial_option") or {}
    shown = text_of(initial.get("text") or element.get("placeholder"), reader)
    if kind.endswith("_input"):
        return f"[{element.get('initial_value') or shown or ' '}]"
    return f"[{shown} ▾]"


def _rich(element: Json, reader: Reader) -> str:
    match element["type"]:
        case "rich_text_section":
            return "".join(_inline(each, reader) for each in element["elements"])
        case "rich_text_list":
            return "".join(f"- {_rich(each, reader)}\n" for each in element["elements"])
        case "rich_text_quote":
            quoted = "".join(_inline(each, reader) for each in element["elements"])
            return "".join(f"> {line}\n" for line in quoted.splitlines())
        case _:
            sign = "> " if element.get("border") else ""
            lines = "".join(_inline(each, reader) for each in element["elements"]).split("\n")
            return "".join(f"{sign}{line}\n" for line in lines)


def _inline(element: Json, reader: Reader) -> str:
    read_it = _INLINE.get(element["type"])
    return read_it(element, reader) if read_it else f"({element['type']})"


def _inline_date(element: Json, reader: Reader) -> str:
    target = f"!date^{element['timestamp']}^{element['format']}"
    return date_token(target, element.get("fallback", ""), reader)


_BLOCKS: dict[str, Callable[[Json, Reader], list[str]]] = {
    "section": _section,
    "header": lambda block, reader: [text_of(block["text"], reader)],
    "context": _context,
    "actions": lambda block, reader: ["  ".join(element_line(each, reader) for each in block["elements"])],
    "rich_text": _rich_text,
    "markdown": lambda block, _: str(block["text"]).splitlines(),
    "input": lambda block, reader: [
        f"{text_of(block['label'], reader)}: {element_line(block['element'], reader)}"
    ],
    "image": lambda block, _: [f"({block['alt_text']})"],
    "divider": lambda *_: ["---"],
}
_INLINE: dict[str, Callable[[Json, Reader], str]] = {
    "text": lambda element, _: str(element["text"]),
    "user": lambda element, reader: f"@{reader.name_of(element['user_id'])}",
    "usergroup": lambda element, reader: f"@{reader.name_of(element['usergroup_id'])}",
    "broadcast": lambda element, _: f"@{element['range']}",
    "channel": lambda element, reader: f"#{reader.name_of(element['channel_id'])}",
    "link": lambda element, _: _labelled(str(element.get("text") or ""), str(element["url"])),
    "emoji": lambda element, _: f":{element['name']}:",
    "date": _inline_date,
}


def _labelled(label: str, url: str) -> str:
    """A link as its reader could tell it: the address is what pointing at it shows."""
    return f"{label} ({url})" if label and label != url else url


def mention_texts(blocks: list[Json]) -> Iterator[str]:
    """The mrkdwn of blocks; mentions in rich text come in the same notation, for `mrkdwn.mentions`."""
    for block in blocks:
        yield from _mention_texts(block)


def _mention_texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _mention_texts(each)
    elif isinstance(node, dict):
        match node.get("type"):
            case "mrkdwn" | "markdown":
                yield node["text"]
            case "user" if "user_id" in node:
                yield f"<@{node['user_id']}>"
            case "usergroup":
                yield f"<!subteam^{node['usergroup_id']}>"
            case "broadcast":
                yield f"<!{node['range']}>"
            case _:
                yield from _mention_texts(list(node.values()))
