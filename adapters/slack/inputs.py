"""The entries of Slack's forms: an input block per field, whose block id is the field's name.

Called by `forms`. A refusal names the field it is about, and Slack shows it there; so the names are those of
core's commands. Labels and hints are core/wording's. Pure.
https://docs.slack.dev/reference/block-kit/blocks/input-block
"""

from collections.abc import Sequence
from typing import Literal

from adapters.slack.blocks import option, plain_text
from adapters.slack.mrkdwn import Json, pinged
from core.ids import PersonId
from core.markup import unmarked
from core.records import Seller
from core.text import Foreign, one_line
from core.wording import Field, Form, Reader, options

MOST_TYPED = 3_000
_LABEL, _HINT, _PLACEHOLDER = 2_000, 2_000, 150


def text(form: Form, field: str, typed: Foreign, *, lines: Literal["one", "many"] = "one") -> Json:
    """Something to type, with what was typed before; as much of it as Slack's entries hold."""
    element: Json = {"type": "plain_text_input", "multiline": lines == "many", "max_length": MOST_TYPED}
    return entry(form, field, element | ({"initial_value": unmarked(typed)[:MOST_TYPED]} if typed else {}))


def seller(form: Form, chosen: Seller | None) -> Json:
    """A seller, found by typing; what is offered comes from `forms.offered`."""
    element: Json = {"type": "external_select", "min_query_length": 0}
    if chosen is not None:
        element["initial_option"] = seller_option(chosen)
    return entry(form, "seller", element)


def seller_option(one: Seller) -> Json:
    """A seller as a choice."""
    return option(one_line(one.name) or one.id, one.id)


def choice(
    reader: Reader,
    form: Form,
    field: Literal["topic", "wish", "outcome", "until", "lang", "shown_as"],
    chosen: str | None = None,
) -> Json:
    """One of a few: a select for what is told, radio buttons for what is decided."""
    offered = [option(label, value) for value, label in options(reader.book, reader.lang, field)]
    kind = "radio_buttons" if field in {"outcome", "until"} else "static_select"
    initial = next((each for each in offered if each["value"] == chosen), None)
    element: Json = {"type": kind, "options": offered}
    return entry(form, field, element | ({} if initial is None else {"initial_option": initial}))


def people(reader: Reader, form: Form, field: str, chosen: Sequence[PersonId]) -> Json:
    """People of this workspace; those of another one can't be shown here."""
    element: Json = {"type": "multi_users_select"}
    here = pinged(chosen, reader)
    return entry(form, field, element | ({"initial_users": here} if here else {}))


def channel(form: Form, field: str, chosen: str | None) -> Json:
    """A channel, public or private."""
    only = {"include": ["public", "private"], "exclude_bot_users": True}
    element: Json = {"type": "conversations_select", "filter": only}
    return entry(form, field, element | ({} if chosen is None else {"initial_conversation": chosen}))


def hour(form: Form, field: str, minutes: int | None) -> Json:
    """A time of day, as minutes since midnight."""
    element: Json = {"type": "timepicker"}
    shown = {} if minutes is None else {"initial_time": f"{minutes // 60:02}:{minutes % 60:02}"}
    return entry(form, field, element | shown)


def optional(block: Json) -> Json:
    """An entry that may stay empty."""
    return block | {"optional": True}


def entry(form: Form, field: str, element: Json) -> Json:
    """An element with its label, and with its placeholder and hint where there are such."""
    words: Field = form.fields[field]
    placed = element | {"action_id": f"form:{field}"}
    if words.placeholder and element["type"] != "radio_buttons":
        placed["placeholder"] = plain_text(words.placeholder, _PLACEHOLDER)
    block: Json = {
        "type": "input",
        "block_id": field,
        "label": plain_text(words.label, _LABEL),
        "element": placed,
    }
    return block | ({"hint": plain_text(words.hint, _HINT)} if words.hint else {})
