"""The forms, as Discord's modals: five entries at most, so that setting up a desk takes two of them.

Called by `commands` and `acts` when somebody asks for one, and by `submissions` for one that was refused;
what comes back is read by `submitted`. What a form is about is in its name (`parse.FormId`), and what its
fields begin with is handed in: a draft's, a record's, or what was entered before. Pure.
https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
"""

from collections.abc import Callable, Sequence
from typing import Literal, cast

import discord
from discord import ui

from adapters.discord import inputs
from adapters.discord.inputs import Values
from adapters.discord.markdown import PEOPLE, own
from adapters.discord.parse import FormId
from core.ids import PersonId, PlaceId, is_group, workspace_of
from core.markup import unmarked
from core.records import NO_NUMBER, Desk, Draft, Seller
from core.wording import Form, FormName, Reader, form

ABOUT_ONE = frozenset({"reply", "write_buyer", "write_seller", "note", "close", "snooze", "mute"})
"""The forms about one inquiry: each asks one thing."""

_STAYS = "stays"  # beside the fields: those that may stay empty, since what is there is elsewhere


def build(reader: Reader, about: FormId, values: Values, *, example: str = "") -> discord.ui.Modal | None:
    """A form with what its fields begin with; None for one that does not exist, or not any more.

    `example` is an order number as the marketplace writes it.
    """
    builder = _BUILDERS.get(about.name)
    if builder is None:
        return None
    words = form(reader.book, reader.lang, cast("FormName", about.name), example=example)
    return inputs.modal(about.custom_id, words, builder(reader, words, values))


def of_draft(draft: Draft | None) -> Values:
    """A new inquiry as it was left."""
    if draft is None:
        return {}
    return _said(
        order_number=draft.order_number,
        topic=draft.topic,
        wish=draft.wish,
        text=unmarked(draft.beginning),
    )


def of_message(draft: Draft | None, number: int) -> Values:
    """What was kept of an earlier message for an inquiry."""
    kept = None if draft is None or number == NO_NUMBER else draft.kept.get(number)
    return {} if kept is None else _said(text=unmarked(kept))


def of_desk(desk: Desk | None, me: PersonId, guild: discord.Guild) -> Values:
    """A desk's settings, as far as this guild can show them.

    Who sets up a new one is proposed as its staff.
    """
    if desk is None:
        mine = (str(own(me)),)
        return {"staff": mine, "admins": mine}
    place, staff = _channel(desk.staff_place, guild), _people(desk.staff, guild)
    return {
        **_said(name=desk.name.raw),
        _STAYS: (*_unshown("staff_place", place, desk.staff_place), *_unshown("staff", staff, *desk.staff)),
        "staff_place": place,
        "staff": staff,
        "leads": _people(desk.leads, guild),
        "admins": _people(desk.admins, guild),
    }


def of_hours(desk: Desk, reader: Reader) -> Values:
    """What a desk speaks in its staff place, and its quiet hours."""
    spoken = reader.lang if desk.staff_place is None else desk.languages.get(desk.staff_place, reader.lang)
    said = _said(lang=spoken, shown_as=desk.shown_as)
    if desk.quiet is not None:
        said |= _said(quiet_from=_time(desk.quiet.start), quiet_to=_time(desk.quiet.end))
    return said


def of_seller(desk: Desk, known: Seller | None, reader: Reader, guild: discord.Guild) -> Values:
    """A seller as they are, or nothing but a language for a new one."""
    if known is None:
        return _said(lang=reader.lang)
    spoken = reader.lang if known.place is None else desk.languages.get(known.place, reader.lang)
    return {
        **_said(name=known.name.raw, lang=spoken),
        "place": _channel(known.place, guild),
        "ping": _people(known.ping, guild),
    }


def _said(**fields: str | None) -> dict[str, tuple[str, ...]]:
    return {name: (value,) for name, value in fields.items() if value}


def _channel(place: PlaceId | None, guild: discord.Guild) -> tuple[str, ...]:
    """A place as a channel that is there; Discord opens no form that proposes another."""
    if place is None or workspace_of(place) != f"discord:{guild.id}":
        return ()
    return (str(own(place)),) if guild.get_channel(own(place)) is not None else ()


def _people(people: Sequence[PersonId], guild: discord.Guild) -> tuple[str, ...]:
    """Those who can be chosen here: people of Discord, and the roles this guild has."""
    users = [str(own(each)) for each in people if not is_group(each) and workspace_of(each) == PEOPLE]
    here = (each for each in people if is_group(each) and workspace_of(each) == f"discord:{guild.id}")
    return (*users, *(f"&{own(each)}" for each in here if guild.get_role(own(each)) is not None))


def _unshown(field: str, shown: Sequence[str], *known: PlaceId | PersonId | None) -> tuple[str, ...]:
    """A field that shows nothing of what is there."""
    return (field,) if not shown and any(known) else ()


def _need(field: str, values: Values) -> Literal["must", "may"]:
    return "may" if field in values.get(_STAYS, ()) else "must"


def _time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _new(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    return [
        inputs.text(words, "order_number", values, need="may"),
        inputs.choice(reader, words, "topic", values),
        inputs.choice(reader, words, "wish", values),
        inputs.text(words, "text", values, lines="many"),
    ]


def _setup(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    del reader
    return [
        inputs.text(words, "name", values),
        inputs.channel(words, "staff_place", values, need=_need("staff_place", values)),
        inputs.people(words, "staff", values, need=_need("staff", values)),
        inputs.people(words, "leads", values, need="may"),
        inputs.people(words, "admins", values, need="may"),
    ]


def _hours(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    return [
        inputs.choice(reader, words, "lang", values),
        inputs.choice(reader, words, "shown_as", values),
        inputs.text(words, "quiet_from", values, need="may"),
        inputs.text(words, "quiet_to", values, need="may"),
    ]


def _seller(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    return [
        inputs.text(words, "name", values),
        inputs.channel(words, "place", values, need="may"),
        inputs.people(words, "ping", values, need="may"),
        inputs.choice(reader, words, "lang", values),
    ]


def _text(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    del reader
    return [inputs.text(words, "text", values, lines="many")]


def _outcome(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    return [inputs.choice(reader, words, "outcome", values)]


def _until(reader: Reader, words: Form, values: Values) -> list[ui.Label[ui.Modal]]:
    return [inputs.choice(reader, words, "until", values)]


_BUILDERS: dict[str, Callable[[Reader, Form, Values], list[ui.Label[ui.Modal]]]] = {
    "new": _new,
    "setup": _setup,
    "hours": _hours,
    "seller": _seller,
    "reply": _text,
    "write_buyer": _text,
    "write_seller": _text,
    "note": _text,
    "close": _outcome,
    "snooze": _until,
    "mute": _until,
}
