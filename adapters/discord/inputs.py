"""The entries of Discord's forms: a label with a component, whose id is the field's name.

Called by `forms`. The names are those of core's commands; labels, hints and placeholders are core/wording's.
What an entry begins with comes as it was read (`submitted.values_in`). Pure.
https://docs.discord.com/developers/components/reference#label
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import discord
from discord import ui

from adapters.discord.markdown import fitted
from core.text import MESSAGE_LIMIT
from core.wording import Form, Reader, options

Values = Mapping[str, tuple[str, ...]]
"""What stands in a form's fields: words, ids of choices and channels, of people, and of roles after a `&`."""

_LABEL, _HINT, _TYPED, _CHOSEN = 45, 100, 100, 150
_MOST = 25


def text(
    form: Form,
    field: str,
    values: Values,
    *,
    lines: Literal["one", "many"] = "one",
    need: Literal["must", "may"] = "must",
) -> ui.Label[Any]:
    """Something to type, with what was typed before."""
    typed = "".join(values.get(field, ()))[:MESSAGE_LIMIT]
    entry: ui.TextInput[Any] = ui.TextInput(
        custom_id=field,
        style=discord.TextStyle.long if lines == "many" else discord.TextStyle.short,
        placeholder=fitted(form.fields[field].placeholder, _TYPED) or None,
        default=typed or None,
        required=need == "must",
        max_length=MESSAGE_LIMIT,
    )
    return _labelled(form, field, entry)


def choice(
    reader: Reader,
    form: Form,
    field: Literal["topic", "wish", "outcome", "until", "lang", "shown_as"],
    values: Values,
) -> ui.Label[Any]:
    """One of a few."""
    chosen = values.get(field, ())
    entry: ui.Select[Any] = ui.Select(
        custom_id=field,
        placeholder=fitted(form.fields[field].placeholder, _CHOSEN) or None,
        options=[
            discord.SelectOption(value=value, label=label, default=value in chosen)
            for value, label in options(reader.book, reader.lang, field)
        ],
    )
    return _labelled(form, field, entry)


def people(form: Form, field: str, values: Values, *, need: Literal["must", "may"] = "must") -> ui.Label[Any]:
    """People and roles of this guild."""
    entry: ui.MentionableSelect[Any] = ui.MentionableSelect(
        custom_id=field,
        placeholder=fitted(form.fields[field].placeholder, _CHOSEN) or None,
        min_values=1 if need == "must" else 0,
        max_values=_MOST,
        required=need == "must",
        default_values=[_person(each) for each in values.get(field, ())[:_MOST]],
    )
    return _labelled(form, field, entry)


def channel(
    form: Form, field: str, values: Values, *, need: Literal["must", "may"] = "must"
) -> ui.Label[Any]:
    """A text channel of this guild."""
    entry: ui.ChannelSelect[Any] = ui.ChannelSelect(
        custom_id=field,
        channel_types=[discord.ChannelType.text],
        placeholder=fitted(form.fields[field].placeholder, _CHOSEN) or None,
        min_values=1 if need == "must" else 0,
        required=need == "must",
        default_values=[
            discord.SelectDefaultValue(id=int(each), type=discord.SelectDefaultValueType.channel)
            for each in values.get(field, ())[:1]
        ],
    )
    return _labelled(form, field, entry)


def modal(custom_id: str, form: Form, entries: Sequence[ui.Label[Any]]) -> ui.Modal:
    """The form; stopped, so that the library keeps nothing of it: what is entered comes back by its names.

    To be called within the running loop.
    """
    made = ui.Modal(title=fitted(form.title, _LABEL), custom_id=custom_id)
    for entry in entries:
        made.add_item(entry)
    made.stop()
    return made


def _labelled(form: Form, field: str, entry: ui.Item[Any]) -> ui.Label[Any]:
    words = form.fields[field]
    hint = fitted(words.hint, _HINT) or None
    return ui.Label(text=fitted(words.label, _LABEL), description=hint, component=entry)


def _person(value: str) -> discord.SelectDefaultValue:
    kind = discord.SelectDefaultValueType.role if value[0] == "&" else discord.SelectDefaultValueType.user
    return discord.SelectDefaultValue(id=int(value.lstrip("&")), type=kind)
