"""The interactive parts of blocks: where they are, and what a choice looks like in a view's state.

Called by `methods_views` for what a form starts with, and by `forms` and `people` for what is entered. It
knows nothing of who is acting.
"""

from tests.emulators.people import ImpossibleError
from tests.emulators.slack.records import Json

# Per kind of element: the field of its state, and the field it starts with.
_VALUE = ("value", "initial_value")
_OPTION = ("selected_option", "initial_option")
_OPTIONS = ("selected_options", "initial_options")
STATE = {
    "plain_text_input": _VALUE, "email_text_input": _VALUE, "url_text_input": _VALUE, "number_input": _VALUE,
    "static_select": _OPTION, "external_select": _OPTION, "radio_buttons": _OPTION,
    "multi_static_select": _OPTIONS, "multi_external_select": _OPTIONS, "checkboxes": _OPTIONS,
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"), "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}  # fmt: skip


def interactive(block: Json) -> list[Json]:
    """The elements of a block that a person can use."""
    parts = [block.get("accessory"), block.get("element")]
    parts += block.get("elements", []) if block["type"] == "actions" else []
    return [each for each in parts if each and "action_id" in each]


def initial_state(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """What the inputs hold before anybody touched them, by block and action."""
    state: dict[str, dict[str, Json]] = {}
    for block in blocks:
        for element in interactive(block):
            if element["type"] in STATE:
                state.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return state


def label_of(block: Json, element: Json) -> str:
    """What a person would call an element: its input's label, its own text, else its placeholder."""
    text = block.get("label") or element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", ""))


def named(blocks: list[Json], name: str) -> tuple[Json, Json]:
    """The one element that goes by this label or action id, with its block."""
    found = [
        (block, element)
        for block in blocks
        for element in interactive(block)
        if name in (element["action_id"], label_of(block, element))
    ]
    if len(found) != 1:
        there = [
            label_of(block, element) or element["action_id"]
            for block in blocks
            for element in interactive(block)
        ]
        raise ImpossibleError(f"{len(found)} elements are called {name!r}; there are {there}")
    return found[0]


def options_of(element: Json) -> list[Json]:
    """The options of an element that carries its own."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return list(element.get("options", [])) + grouped


def pick(options: list[Json], label: str) -> Json:
    """The option that reads so."""
    for option in options:
        if option["text"]["text"] == label:
            return option
    raise ImpossibleError(
        f"no option reads {label!r}; there are {[each['text']['text'] for each in options]}"
    )


def entered(element: Json, value: object) -> Json:
    """The state of an element after a person gave it this value."""
    return {"type": element["type"], STATE[element["type"]][0]: value}


def value_in(state: Json) -> object:
    """What a state holds: text, an option, ids, or nothing."""
    return state.get(STATE[state["type"]][0])


def _initial(element: Json) -> Json:
    field, initial = STATE[element["type"]]
    return entered(element, element.get(initial, [] if field.endswith("s") else None))
