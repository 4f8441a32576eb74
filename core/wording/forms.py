"""First version: signatures only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from core.ids import Lang
from core.phrasebook import Phrasebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An entry of a form: its name, an example within it, a line below it (either may be empty)."""

    label: str
    placeholder: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form's words. `intro` stands above the fields (may be empty); title at most 24 characters."""

    title: str
    intro: str
    send: str
    cancel: str
    fields: Mapping[str, Field]


FormName = Literal[
    "new",
    "setup",
    "seller",
    "seller_remove",
    "write_buyer",
    "write_seller",
    "note",
    "close",
    "snooze",
    "mute",
]


def form(book: Phrasebook, lang: Lang, name: FormName) -> Form:
    """A form in words: fields as the commands call them: new: seller order_number topic wish text; setup: name staff_place
    staff leads admins lang quiet_from quiet_to; seller: name place ping lang; seller_remove: seller; write_*, note: text;
    close: outcome; snooze, mute: until.
    """
    raise NotImplementedError


def options(
    book: Phrasebook, lang: Lang, field: Literal["topic", "wish", "outcome", "until", "lang"]
) -> tuple[tuple[str, str], ...]:
    """What can be chosen in a field: value and label. "until": 1h 4h tomorrow 3d 1w."""
    raise NotImplementedError
