"""A form that somebody submitted, read back into plain values.

Called by `submissions`; the opposite of `forms`. What was typed comes out as it was typed: whether it will do
is for the rules to say. Pure.
https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from adapters.discord.inputs import Values
from adapters.discord.parse import FormId, Malformed, person_of, place_of, role_of
from core.entries import (
    Basics,
    Closing,
    Hours,
    Noting,
    Opening,
    SellerEntry,
    Simple,
    Waiting,
    Writing,
)
from core.errors import Refused
from core.ids import LANGUAGES, Lang, PersonId, PlaceId, SellerId
from core.markup import typed
from core.records import Outcome, Party, ShownAs, Topic, Wish
from core.refusal import Refusal
from core.text import Foreign

Submitted = Simple | Waiting | Basics | Hours | SellerEntry

_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_DAY, _HOUR = 24 * 60, 60
_LANGUAGES: dict[str, Lang] = {lang: lang for lang in LANGUAGES}
_TO: dict[str, Party | None] = {"reply": None, "write_buyer": Party.BUYER, "write_seller": Party.SELLER}


def values_in(data: Mapping[str, Any]) -> Values:
    """What stands in the fields of a form that came back; raises Malformed."""
    try:
        roles = frozenset((data.get("resolved") or {}).get("roles") or {})
        return {str(each["custom_id"]): _values(each, roles) for each in _entries(data["components"])}
    except (KeyError, TypeError, AttributeError) as error:
        raise Malformed("form") from error


def read(form: FormId, values: Values, guild: int | None) -> Submitted:
    """What somebody entered in a form.

    Raises Malformed for a form that is not one of ours, or no longer, and Refused where an entry is nothing
    that the rules could judge.
    """
    reader = _READERS.get(form.name)
    if reader is None:
        raise Malformed(form.name)
    try:
        return reader(_Entered(form, values, guild or 0))
    except (KeyError, ValueError, IndexError) as error:
        raise Malformed(form.name) from error


class _Entered:
    """A form's fields by their names."""

    def __init__(self, form: FormId, values: Values, guild: int) -> None:
        self.form = form
        self._values = values
        self._guild = guild

    @property
    def number(self) -> int:
        return int(self.form.about)

    @property
    def seller(self) -> SellerId | None:
        return SellerId(self.form.about) if self.form.about else None

    def text(self, field: str) -> str:
        return "".join(self._values.get(field, ()))

    def chosen(self, field: str) -> str:
        return self._values[field][0]

    def lang(self) -> Lang:
        return _LANGUAGES[self.chosen("lang")]

    def channel(self, field: str) -> PlaceId | None:
        chosen = self._values.get(field, ())
        return place_of(self._guild, int(chosen[0])) if chosen else None

    def people(self, field: str) -> tuple[PersonId, ...]:
        return tuple(
            role_of(self._guild, int(each[1:])) if each.startswith("&") else person_of(int(each))
            for each in self._values.get(field, ())
        )

    def minutes(self, field: str) -> int | None:
        typed = unicodedata.normalize("NFKC", self.text(field)).strip()
        if not typed:
            return None
        match = _TIME.fullmatch(typed)
        minutes = int(match[1]) * _HOUR + int(match[2]) if match is not None else _DAY
        if match is None or minutes >= _DAY or int(match[2]) >= _HOUR:
            raise Refused(Refusal(reason="time", field=field, text=Foreign(self.text(field))))
        return minutes


def _entries(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The entries, each out of its label; an older form may have them in rows."""
    for each in components:
        held = each.get("components") or ([each["component"]] if "component" in each else [])
        yield from held


def _values(entry: Mapping[str, Any], roles: frozenset[str]) -> tuple[str, ...]:
    if "values" in entry:
        return tuple(f"&{each}" if each in roles else str(each) for each in entry["values"] or ())
    typed = str(entry.get("value") or "")
    return (typed,) if typed else ()


def _opening(entered: _Entered) -> Opening:
    return Opening(
        seller=entered.seller,
        order_number=entered.text("order_number"),
        topic=Topic(entered.chosen("topic")),
        wish=Wish(entered.chosen("wish")),
        text=typed(entered.text("text")),
    )


def _writing(entered: _Entered) -> Writing:
    to = _TO[entered.form.name]
    return Writing(number=entered.number, to=to, text=typed(entered.text("text")))


def _noting(entered: _Entered) -> Noting:
    return Noting(number=entered.number, text=typed(entered.text("text")))


def _closing(entered: _Entered) -> Closing:
    return Closing(number=entered.number, outcome=Outcome(entered.chosen("outcome")))


def _waiting(entered: _Entered) -> Waiting:
    act: Literal["snooze", "mute"] = "snooze" if entered.form.name == "snooze" else "mute"
    return Waiting(act=act, number=entered.number, choice=entered.chosen("until"))


def _basics(entered: _Entered) -> Basics:
    return Basics(
        name=Foreign(entered.text("name")),
        staff_place=entered.channel("staff_place"),
        staff=entered.people("staff"),
        leads=entered.people("leads"),
        admins=entered.people("admins"),
    )


def _hours(entered: _Entered) -> Hours:
    return Hours(
        lang=entered.lang(),
        shown_as=ShownAs(entered.chosen("shown_as")),
        quiet_from=entered.minutes("quiet_from"),
        quiet_to=entered.minutes("quiet_to"),
    )


def _seller(entered: _Entered) -> SellerEntry:
    return SellerEntry(
        seller=entered.seller,
        name=Foreign(entered.text("name")),
        place=entered.channel("place"),
        lang=entered.lang(),
        ping=entered.people("ping"),
    )


_READERS: dict[str, Callable[[_Entered], Submitted]] = {
    "new": _opening,
    "reply": _writing,
    "write_buyer": _writing,
    "write_seller": _writing,
    "note": _noting,
    "close": _closing,
    "snooze": _waiting,
    "mute": _waiting,
    "setup": _basics,
    "hours": _hours,
    "seller": _seller,
}
