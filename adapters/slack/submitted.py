"""A form that somebody submitted, read back into plain values.

Called by `listen`; the opposite of `forms`. What was typed comes out as it was typed: whether it will do is
for the rules to say. Pure. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal

from adapters.slack.parse import Malformed, person_of
from adapters.slack.written import filled_in
from core.entries import (
    Closing,
    Noting,
    Opening,
    Removal,
    SellerEntry,
    Settings,
    Simple,
    Waiting,
    Writing,
)
from core.ids import LANGUAGES, Lang, PersonId, PlaceId, SellerId, WorkspaceId
from core.records import Outcome, Party, ShownAs, Topic, Wish
from core.text import Foreign

_LANGUAGES: dict[str, Lang] = {lang: lang for lang in LANGUAGES}


Submitted = Simple | Waiting | Settings | SellerEntry


def read(view: Mapping[str, Any], workspace: WorkspaceId) -> Submitted:
    """What somebody entered in a form; raises Malformed for a form that is not one of ours, or no longer."""
    name = str(view.get("callback_id") or "").removeprefix("form:")
    reader = _READERS.get(name)
    if reader is None:
        raise Malformed(name)
    try:
        return reader(_Entered(view, workspace), name)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Malformed(name) from error


class _Entered:
    """A view's fields by their names, whatever kind of element each is."""

    def __init__(self, view: Mapping[str, Any], workspace: WorkspaceId) -> None:
        self._values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
        self._about: Mapping[str, Any] = json.loads(view.get("private_metadata") or "{}")
        self._workspace = workspace

    @property
    def number(self) -> int:
        return int(self._about["number"])

    @property
    def known_seller(self) -> SellerId | None:
        seller = self._about.get("seller")
        return None if seller is None else SellerId(seller)

    def text(self, field: str) -> str:
        return str(self._state(field).get("value") or "")

    def chosen(self, field: str) -> str | None:
        option = self._state(field).get("selected_option")
        return None if option is None else str(option["value"])

    def channel(self, field: str) -> PlaceId | None:
        channel = self._state(field).get("selected_conversation")
        return PlaceId(f"{self._workspace}:{channel}") if channel else None

    def people(self, field: str) -> tuple[PersonId, ...]:
        users = self._state(field).get("selected_users") or ()
        return tuple(person_of(self._workspace, user) for user in users)

    def minutes(self, field: str) -> int | None:
        time = self._state(field).get("selected_time")
        if not time:
            return None
        hours, _, minutes = time.partition(":")
        return int(hours) * 60 + int(minutes)

    def _state(self, field: str) -> Mapping[str, Any]:
        """The state of the one element of a field's block; nothing where the field is not in the form."""
        state: Mapping[str, Any] = next(iter(self._values.get(field, {}).values()), {})
        return state


def _opening(entered: _Entered, name: str) -> Opening:
    del name
    seller = entered.chosen("seller")
    return Opening(
        seller=None if seller is None else SellerId(seller),
        order_number=entered.text("order_number"),
        topic=Topic(entered.chosen("topic") or ""),
        wish=Wish(entered.chosen("wish") or ""),
        text=filled_in(entered.text("text")),
    )


def _writing(entered: _Entered, name: str) -> Writing:
    to = Party.BUYER if name == "write_buyer" else Party.SELLER
    return Writing(number=entered.number, to=to, text=filled_in(entered.text("text")))


def _noting(entered: _Entered, name: str) -> Noting:
    del name
    return Noting(number=entered.number, text=filled_in(entered.text("text")))


def _closing(entered: _Entered, name: str) -> Closing:
    del name
    return Closing(number=entered.number, outcome=Outcome(entered.chosen("outcome") or ""))


def _waiting(entered: _Entered, name: str) -> Waiting:
    act: Literal["snooze", "mute"] = "snooze" if name == "snooze" else "mute"
    return Waiting(act=act, number=entered.number, choice=entered.chosen("until") or "")


def _settings(entered: _Entered, name: str) -> Settings:
    del name
    return Settings(
        name=Foreign(entered.text("name")),
        staff_place=entered.channel("staff_place"),
        staff=entered.people("staff"),
        leads=entered.people("leads"),
        admins=entered.people("admins"),
        lang=_LANGUAGES[entered.chosen("lang") or "ja"],
        quiet_from=entered.minutes("quiet_from"),
        quiet_to=entered.minutes("quiet_to"),
        shown_as=ShownAs(entered.chosen("shown_as") or ShownAs.NAME),
    )


def _seller(entered: _Entered, name: str) -> SellerEntry:
    del name
    return SellerEntry(
        seller=entered.known_seller,
        name=Foreign(entered.text("name")),
        place=entered.channel("place"),
        lang=_LANGUAGES[entered.chosen("lang") or "ja"],
        ping=entered.people("ping"),
    )


def _removal(entered: _Entered, name: str) -> Removal:
    seller = entered.chosen("seller")
    if seller is None:
        raise Malformed(name)
    return Removal(seller=SellerId(seller))


_READERS: dict[str, Callable[[_Entered, str], Submitted]] = {
    "new": _opening,
    "write_buyer": _writing,
    "write_seller": _writing,
    "note": _noting,
    "close": _closing,
    "snooze": _waiting,
    "mute": _waiting,
    "setup": _settings,
    "seller": _seller,
    "seller_remove": _removal,
}
