"""What Henji's messages on Discord are made of, within Discord's limits.

Called by `render` and `lists`, which fill them, and by whoever sends them. A message is what a phone's
notification shows, embeds below it, and controls; its allowed mentions are exactly the people it is drawn
with. The library keeps no state of the controls: what they do is in their ids.
https://docs.discord.com/developers/resources/message#embed-object-embed-limits
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

import discord

from adapters.discord.formatted import pieces
from adapters.discord.markdown import fenced, fitted, mention, own
from core.ids import PersonId, is_group
from core.markup import unmarked
from core.text import Foreign

MOST_OPTIONS = 25
MOST_DESCRIPTION = 4_096
MOST_TEXT = 6_000  # in all embeds of a message together
MOST_EMBEDS = 10

_MOST_CONTENT = 2_000
_FIELD_NAME, _FIELD_VALUE = 256, 1_024
_BUTTONS_A_ROW = 5
_LABEL, _OPTION, _PLACEHOLDER = 80, 100, 150
_SPARE = 50  # for what stands around a quote

Style = Literal["primary", "secondary", "danger"]
_STYLES: dict[Style, discord.ButtonStyle] = {
    "primary": discord.ButtonStyle.primary,
    "secondary": discord.ButtonStyle.secondary,
    "danger": discord.ButtonStyle.danger,
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button; what it does is its id, which is no right."""

    custom_id: str
    label: str
    style: Style = "secondary"


@dataclass(frozen=True, slots=True)
class Select:
    """A choice of one among up to 25 options, each its value and its label."""

    custom_id: str
    options: tuple[tuple[str, str], ...]
    placeholder: str = ""


Row = tuple[Button, ...] | tuple[Select]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A message's content. False where there is nothing to say.

    `mentions` are the people and roles it tells; `content` names them.
    """

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()
    components: tuple[Row, ...] = ()
    mentions: tuple[PersonId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.content or self.embeds)


class Sending(TypedDict):
    """What discord.py's methods for sending take."""

    content: str
    embeds: list[discord.Embed]
    allowed_mentions: discord.AllowedMentions
    view: NotRequired[discord.ui.View]


class Editing(TypedDict):
    """What its methods for editing take: all of a message, so that nothing of the old one stays."""

    content: str
    embeds: list[discord.Embed]
    allowed_mentions: discord.AllowedMentions
    view: discord.ui.View | None


def sending(drawn: Drawn) -> Sending:
    """A message to be sent. To be called within the running loop."""
    whole = Sending(
        content=drawn.content, embeds=list(drawn.embeds), allowed_mentions=allowed(drawn.mentions)
    )
    if drawn.components:
        whole["view"] = view(drawn.components)
    return whole


def editing(drawn: Drawn) -> Editing:
    """A message in the place of another. An edit mentions anew, and tells nobody."""
    return Editing(
        content=drawn.content,
        embeds=list(drawn.embeds),
        allowed_mentions=discord.AllowedMentions.none(),
        view=view(drawn.components) if drawn.components else None,
    )


def allowed(people: Sequence[PersonId]) -> discord.AllowedMentions:
    """These people and roles are told, and nobody else, whatever the text says."""
    return discord.AllowedMentions(
        everyone=False,
        users=[discord.Object(own(each)) for each in people if not is_group(each)],
        roles=[discord.Object(own(each)) for each in people if is_group(each)],
        replied_user=False,
    )


def content(people: Sequence[PersonId], head: str) -> tuple[str, tuple[PersonId, ...]]:
    """The line that notifications show, with those it tells, each once.

    Of more people than one message can name, the last ones are left out.
    """
    room = _MOST_CONTENT - len(head)
    named: list[PersonId] = []
    for each in people:
        room -= len(mention(each)) + 1
        if room < 0:
            break
        named.append(each)
    return " ".join([*map(mention, named), *([head] if head else [])]), tuple(named)


def embeds(
    body: str, quote: Foreign | None, fields: Sequence[tuple[str, str]] = (), footer: str = ""
) -> tuple[discord.Embed, ...]:
    """Lines, then what somebody wrote, then facts, and small print at the end."""
    kept = [(fitted(name, _FIELD_NAME), fitted(value, _FIELD_VALUE)) for name, value in fields]
    taken = len(body) + len(footer) + sum(len(name) + len(value) for name, value in kept)
    texts = _texts(body, [] if quote is None else _quotes(quote, MOST_TEXT - taken - _SPARE))
    made = [discord.Embed(description=text) for text in texts]
    if not made and (kept or footer):
        made = [discord.Embed()]
    for name, value in kept:
        made[-1].add_field(name=name, value=value)
    if footer:
        made[-1].set_footer(text=footer)
    return tuple(made)


def rows(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Buttons, five beside each other at most."""
    starts = range(0, len(buttons), _BUTTONS_A_ROW)
    return tuple(tuple(buttons[start : start + _BUTTONS_A_ROW]) for start in starts)


def _texts(body: str, quotes: list[str]) -> list[str]:
    """What goes into one embed each: the lines and the quote together, where they fit."""
    if body and quotes and len(body) + len(quotes[0]) < MOST_DESCRIPTION:
        return [f"{body}\n{quotes[0]}", *quotes[1:]]
    return [text for text in (body, *quotes) if text]


def _quotes(text: Foreign, room: int) -> list[str]:
    """What somebody wrote, in pieces of an embed each.

    What gets too long by its escaping is shown as code, in which nothing has to be escaped; what consists of
    the very marks by which code ends, with others that look like them.
    """
    raw = unmarked(text).strip("\n")
    drawn = [f">>> {piece}" for piece in pieces(text, MOST_DESCRIPTION - _SPARE)]
    coded = [fenced(piece) for piece in pieces_of(raw, MOST_DESCRIPTION - _SPARE)]
    ticked = [fenced(piece) for piece in pieces_of(raw.replace("`", "\u02cb"), MOST_DESCRIPTION - _SPARE)]
    for shown in (drawn, coded, ticked):
        if sum(map(len, shown)) <= room and all(len(piece) <= MOST_DESCRIPTION for piece in shown):
            return shown
    return [fenced(fitted(raw.replace("`", "\u02cb"), max(1, room - _SPARE)))]


def pieces_of(text: str, limit: int) -> list[str]:
    """A text in pieces of at most `limit` characters, parted where a line or a word ends if one does."""
    pieces: list[str] = []
    while len(text) > limit:
        end = max(text.rfind("\n", limit // 2, limit), text.rfind(" ", limit // 2, limit))
        if end < 0:
            kept = text[:limit].rstrip("\\")
            end = limit - (limit - len(kept)) % 2  # a backslash stays with what it takes the meaning from
        pieces.append(text[:end])
        text = text[end:].lstrip("\n ")
    return [*pieces, text]


def view(components: Sequence[Row]) -> discord.ui.View:
    """The controls as the library sends them; stopped, so that it keeps none of them in memory."""
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(components):
        for each in row:
            view.add_item(_item(each, number))
    view.stop()
    return view


def _item(control: Button | Select, row: int) -> discord.ui.Item[Any]:
    if isinstance(control, Button):
        return discord.ui.Button(
            custom_id=control.custom_id,
            label=fitted(control.label, _LABEL),
            style=_STYLES[control.style],
            row=row,
        )
    return discord.ui.Select(
        custom_id=control.custom_id,
        placeholder=fitted(control.placeholder, _PLACEHOLDER) or None,
        options=[
            discord.SelectOption(value=value, label=fitted(label, _OPTION))
            for value, label in control.options[:MOST_OPTIONS]
        ],
        row=row,
    )
