"""Forms in words: titles, fields with their hints, and what can be chosen in them.

Called by every adapter's `forms`, which lays them out; fields are named as the commands name them. Holds no
layout and nothing that somebody entered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.ids import LANGUAGES, Lang
from core.phrasebook import Phrasebook
from core.records import Outcome, ShownAs, Topic, Wish
from core.text import MESSAGE_LIMIT

FormName = Literal[
    "new",
    "write_buyer",
    "write_seller",
    "note",
    "close",
    "snooze",
    "mute",
    "setup",
    "seller",
    "seller_remove",
    "reply",
    "hours",
]

_FIELDS: dict[FormName, dict[str, str]] = {
    "new": {name: name for name in ("seller", "order_number", "topic", "wish", "text")},
    "write_buyer": {"text": "text"},
    "write_seller": {"text": "text"},
    "note": {"text": "note"},
    "close": {"outcome": "outcome"},
    "snooze": {"until": "until"},
    "mute": {"until": "until"},
    "setup": {
        "name": "name",
        "staff_place": "staff_place",
        "staff": "staff",
        "leads": "leads",
        "admins": "admins",
        "lang": "staff_lang",
        "shown_as": "shown_as",
        "quiet_from": "quiet_from",
        "quiet_to": "quiet_to",
    },
    "seller": {"name": "seller_name", "place": "place", "ping": "ping", "lang": "lang"},
    "seller_remove": {"seller": "seller"},
    "reply": {"text": "text"},
    "hours": {
        "lang": "staff_lang",
        "shown_as": "shown_as",
        "quiet_from": "hour_from",
        "quiet_to": "hour_to",
    },
}
"""The fields of each form, each with the phrase it is called by."""

_HINTS = frozenset(
    {
        "order_number",
        "text",
        "note",
        "staff_place",
        "staff",
        "leads",
        "admins",
        "lang",
        "shown_as",
        "quiet_to",
        "hour_to",
        "place",
        "ping",
    }
)
_NO_PLACEHOLDERS = frozenset({"text", "note", "staff_lang", "lang", "quiet_from", "quiet_to"})

LATER = ("1h", "4h", "tomorrow", "3d", "7d")
"""What a snooze or a mute may last; tomorrow is 9:00 where the person is."""

_VALUES: dict[str, tuple[str, ...]] = {
    "topic": tuple(topic.value for topic in Topic),
    "wish": tuple(wish.value for wish in Wish),
    "outcome": tuple(outcome.value for outcome in Outcome),
    "until": LATER,
    "lang": LANGUAGES,
    "shown_as": tuple(each.value for each in ShownAs),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An entry of a form: its name, an example within it, a line below it (either may be empty)."""

    label: str
    placeholder: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form's words; `intro` stands above the fields."""

    title: str
    intro: str
    send: str
    cancel: str
    fields: Mapping[str, Field]


def form(
    book: Phrasebook, lang: Lang, name: FormName, *, example: str = "", limit: int = MESSAGE_LIMIT
) -> Form:
    """A form in words.

    `example` is an order number as the marketplace writes it, for a new inquiry's form; `limit` how many
    characters the platform's own entry takes, where that is fewer than a message may have.
    """
    facts = {"example": example, "limit": f"{limit:,}"}
    return Form(
        title=book.label(lang, f"form.{name}.title"),
        intro=book.label(lang, f"form.{name}.intro"),
        send=book.label(lang, f"form.{name}.send"),
        cancel=book.label(lang, "form.cancel"),
        fields={field: _field(book, lang, phrase, facts) for field, phrase in _FIELDS[name].items()},
    )


def options(
    book: Phrasebook, lang: Lang, field: Literal["topic", "wish", "outcome", "until", "lang", "shown_as"]
) -> tuple[tuple[str, str], ...]:
    """What can be chosen in a field: value and label."""
    group = "later" if field == "until" else field
    return tuple((value, book.label(lang, f"{group}.{value}")) for value in _VALUES[field])


def _field(book: Phrasebook, lang: Lang, phrase: str, facts: dict[str, str]) -> Field:
    label = book.label(lang, f"field.{phrase}")
    hint = book.label(lang, f"field.{phrase}.hint", **facts) if phrase in _HINTS else ""
    if phrase in _NO_PLACEHOLDERS:
        return Field(label=label, hint=hint)
    return Field(label=label, hint=hint, placeholder=book.label(lang, f"field.{phrase}.placeholder", **facts))
