"""Block Kit's rules: which blocks and elements exist, what they need, and how long each part may be.

Called by the methods that accept messages and views, and for the options an app offers. It refuses what
Slack refuses, with a message that points at the place (https://docs.slack.dev/reference/block-kit). It
never changes what it checks.
"""

from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import Literal

from tests.emulators.slack.records import Json, SlackError
from tests.emulators.slack.rich import rich_text_problems

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
# Not in Slack's documents, but where it refuses: https://github.com/slackapi/bolt-js/issues/2509
MOST_BLOCK_TEXT = 13_200

# Per type: what it must have, and what it may have. "type", "block_id" and "action_id" go without saying.
_BLOCKS: dict[str, tuple[str, str]] = {
    "section": ("", "text fields accessory expand"),
    "header": ("text", ""),
    "context": ("elements", ""),
    "divider": ("", ""),
    "actions": ("elements", ""),
    "image": ("alt_text", "image_url slack_file title"),
    "rich_text": ("elements", ""),
    "markdown": ("text", ""),
    "input": ("label element", "hint optional dispatch_action"),
}
_SELECT = "placeholder confirm focus_on_load"
_INPUT = "initial_value min_length max_length focus_on_load placeholder dispatch_action_config"
_ELEMENTS: dict[str, tuple[str, str]] = {
    "button": ("text", "url value style confirm accessibility_label"),
    "static_select": ("", f"options option_groups initial_option {_SELECT}"),
    "external_select": ("", f"initial_option min_query_length {_SELECT}"),
    "users_select": ("", f"initial_user {_SELECT}"),
    "conversations_select": (
        "",
        f"initial_conversation default_to_current_conversation response_url_enabled filter {_SELECT}",
    ),
    "channels_select": ("", f"initial_channel response_url_enabled {_SELECT}"),
    "multi_static_select": ("", f"options option_groups initial_options max_selected_items {_SELECT}"),
    "multi_external_select": ("", f"initial_options min_query_length max_selected_items {_SELECT}"),
    "multi_users_select": ("", f"initial_users max_selected_items {_SELECT}"),
    "multi_conversations_select": (
        "",
        f"initial_conversations default_to_current_conversation filter max_selected_items {_SELECT}",
    ),
    "overflow": ("options", "confirm"),
    "radio_buttons": ("options", "initial_option confirm focus_on_load"),
    "checkboxes": ("options", "initial_options confirm focus_on_load"),
    "datepicker": ("", f"initial_date {_SELECT}"),
    "timepicker": ("", f"initial_time timezone {_SELECT}"),
    "datetimepicker": ("", "initial_date_time confirm focus_on_load"),
    "plain_text_input": ("", f"multiline {_INPUT}"),
    "email_text_input": ("", _INPUT),
    "url_text_input": ("", _INPUT),
    "number_input": ("is_decimal_allowed", f"min_value max_value {_INPUT}"),
}
_INPUT_ONLY = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_MOST_OPTIONS = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
_MOST_OPTIONS_OF_A_SELECT = 100
_LONGEST = {
    "block_id": 255, "action_id": 255, "value": 2000, "url": 3000, "alt_text": 2000, "initial_value": 3000,
    "text": 12_000,
}  # fmt: skip
_LONGEST_TEXT = {
    ("section", "text"): 3000, ("header", "text"): 150, ("image", "title"): 2000, ("input", "label"): 2000,
    ("input", "hint"): 2000, ("button", "text"): 75, ("option", "text"): 75, ("option", "description"): 75,
    ("confirm", "title"): 100, ("confirm", "text"): 300, ("confirm", "confirm"): 30, ("confirm", "deny"): 30,
}  # fmt: skip
_MAY_BE_MRKDWN = {("section", "text"), ("confirm", "text"), ("option", "text"), ("option", "description")}
_LONGEST_PLACEHOLDER = 150
_LONGEST_OPTION_VALUE = 150
_MOST_INPUT = 3000


def check_blocks(blocks: object, surface: Surface = "message") -> None:
    """Refuse blocks that Slack refuses: invalid_blocks, or msg_blocks_too_long for their text together."""
    problems = list(block_problems(blocks, surface))
    if problems:
        raise SlackError("invalid_blocks", response_metadata={"messages": problems})
    if surface == "message" and sum(map(len, _texts(blocks))) > MOST_BLOCK_TEXT:
        raise SlackError("msg_blocks_too_long")


def block_problems(blocks: object, surface: Surface, at: str = "/blocks") -> Iterator[str]:
    """What is wrong with blocks, in Slack's manner: `[ERROR] what [json-pointer:where]`."""
    if not isinstance(blocks, list) or not all(isinstance(each, dict) for each in blocks):
        yield _error("must be an array of blocks", at)
        return
    if len(blocks) > MOST_BLOCKS[surface]:
        yield _error(f"no more than {MOST_BLOCKS[surface]} items allowed", at)
    ids = [each["block_id"] for each in blocks if "block_id" in each]
    if len(ids) != len(set(ids)):
        yield _error("block_id must be unique", at)
    for index, block in enumerate(blocks):
        yield from _block(block, f"{at}/{index}")


def _block(block: Json, at: str) -> Iterator[str]:
    kind = block.get("type")
    if kind not in _BLOCKS:
        yield _error(f"unsupported type: {kind}", f"{at}/type")
        return
    yield from _parts(block, _BLOCKS[kind], at)
    match kind:
        case "section":
            yield from _section(block, at)
        case "context":
            yield from _context(block, at)
        case "actions":
            yield from _few(block.get("elements"), 25, f"{at}/elements")
            yield from _elements(block.get("elements", []), f"{at}/elements")
        case "rich_text":
            yield from starmap(_error, rich_text_problems(block.get("elements"), f"{at}/elements"))
        case "input":
            yield from _elements([block.get("element", {})], f"{at}/element", in_input=True)
        case _:
            pass


def _context(block: Json, at: str) -> Iterator[str]:
    yield from _few(block.get("elements"), 10, f"{at}/elements")
    for index, each in enumerate(block.get("elements", [])):
        if each.get("type") != "image":
            yield from _text(each, 3000, f"{at}/elements/{index}", plain=False)


def _section(block: Json, at: str) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield _error("missing required field: text", at)
    yield from _few(block.get("fields"), 10, f"{at}/fields")
    for index, text in enumerate(block.get("fields", [])):
        yield from _text(text, 2000, f"{at}/fields/{index}", plain=False)
    yield from _elements([block["accessory"]] if "accessory" in block else [], f"{at}/accessory")


def _elements(elements: Sequence[Json], at: str, *, in_input: bool = False) -> Iterator[str]:
    ids = [each["action_id"] for each in elements if "action_id" in each]
    if len(ids) != len(set(ids)):
        yield _error("action_id must be unique within a block", at)
    for index, element in enumerate(elements):
        here = f"{at}/{index}"
        kind = element.get("type")
        if kind == "image" and not in_input:
            continue
        if kind not in _ELEMENTS or (kind in _INPUT_ONLY and not in_input) or (kind == "button" and in_input):
            yield _error(f"unsupported type: {kind}", f"{here}/type")
            continue
        yield from _parts(element, _ELEMENTS[kind], here)
        yield from _options(element, kind, here)


def _options(element: Json, kind: str, at: str) -> Iterator[str]:
    groups = element.get("option_groups")
    lists = (
        [each.get("options", []) for each in groups]
        if groups
        else [element["options"]]
        if "options" in element
        else []
    )
    if kind.endswith("static_select") and not lists:
        yield _error("missing required field: options", at)
    for options in lists:
        yield from option_problems(
            options, _MOST_OPTIONS.get(kind, _MOST_OPTIONS_OF_A_SELECT), f"{at}/options"
        )
    if int(element.get("max_length", 1)) not in range(1, _MOST_INPUT + 1):
        yield _error(f"must be between 1 and {_MOST_INPUT}", f"{at}/max_length")


def option_problems(options: Sequence[Json], most: int, at: str) -> Iterator[str]:
    """What is wrong with the options of a select, also with those an app offers while a person types."""
    if not 1 <= len(options) <= most:
        yield _error(f"must have between 1 and {most} options", at)
    for index, option in enumerate(options):
        yield from _parts(option, ("text value", "description url"), f"{at}/{index}", kind="option")
        if len(str(option.get("value", ""))) > _LONGEST_OPTION_VALUE:
            yield _error(f"must be less than {_LONGEST_OPTION_VALUE + 1} characters", f"{at}/{index}/value")


def _parts(part: Json, shape: tuple[str, str], at: str, *, kind: str = "") -> Iterator[str]:
    """The rules that hold for every part: needed and known fields, lengths, text objects, confirmation."""
    kind = kind or str(part.get("type"))
    needed, allowed = shape[0].split(), shape[1].split()
    yield from (_error(f"missing required field: {each}", at) for each in needed if each not in part)
    unknown = set(part) - {*needed, *allowed, "type", "block_id", "action_id"}
    yield from (_error(f"invalid additional property: {each}", at) for each in sorted(unknown))
    for name, value in part.items():
        if isinstance(value, str) and name in _LONGEST and len(value) > _LONGEST[name]:
            yield _error(f"must be less than {_LONGEST[name] + 1} characters", f"{at}/{name}")
        elif name == "placeholder":
            yield from _text(value, _LONGEST_PLACEHOLDER, f"{at}/placeholder", plain=True)
        elif name == "confirm" and kind != "confirm":
            yield from _parts(value, ("title text confirm deny", "style"), f"{at}/confirm", kind="confirm")
        elif (kind, name) in _LONGEST_TEXT:
            plain = (kind, name) not in _MAY_BE_MRKDWN
            yield from _text(value, _LONGEST_TEXT[kind, name], f"{at}/{name}", plain=plain)


def _text(text: object, longest: int, at: str, *, plain: bool) -> Iterator[str]:
    kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield _error(f"must be a text object of type {' or '.join(kinds)}", at)
    elif not isinstance(text.get("text"), str) or not text["text"]:
        yield _error("must be more than 0 characters", f"{at}/text")
    elif len(text["text"]) > longest:
        yield _error(f"must be less than {longest + 1} characters", f"{at}/text")


def _few(items: object, most: int, at: str) -> Iterator[str]:
    if isinstance(items, list) and not 1 <= len(items) <= most:
        yield _error(f"must have between 1 and {most} items", at)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _texts(each)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield value
            else:
                yield from _texts(value)


def _error(what: str, at: str) -> str:
    return f"[ERROR] {what} [json-pointer:{at}]"
