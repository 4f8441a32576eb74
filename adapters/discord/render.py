"""What is told, as Discord's messages: notices, cards, answers, questions.

Called by the messenger and by the listeners with whom it is for; the words come from core/wording. It decides
nothing: which facts and which buttons somebody gets was decided there. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from adapters.discord.blocks import (
    MOST_OPTIONS,
    Button,
    Drawn,
    Row,
    Select,
    Style,
    content,
    embeds,
    rows,
)
from adapters.discord.markdown import pinged, said
from core.answers import AnyAnswer, Question, number_of
from core.ids import NoticeId, PersonId
from core.inquiry import card_notice
from core.notices import Asked, Closed, Notice
from core.records import Asking, Inquiry, Party
from core.said import Told
from core.text import Foreign
from core.wording import Reader, answered, button, choices, face, greeting, help_on, plain, told

_STYLES: dict[str, Style] = {
    "reply": "primary",
    "acknowledge": "primary",
    "solved": "primary",
    "send": "primary",
    "withdraw": "danger",
    "close": "danger",
}
_BUTTONS_INSTEAD_OF_A_SELECT = 8

PICK_SELLER = "pick:seller"
"""The button that brings the list of sellers."""

_BEFORE_ID = " · "
_REPLY = "reply"


def notice(reader: Reader, notice: Notice, *, replies: bool = False) -> Drawn:
    """A notice, mentioning exactly the people and roles it names (those of Discord).

    `replies` tells that what is written below it can't be read, so that it needs a button for that.
    """
    what = told(reader.book, reader.lang, notice.what, notice.party)
    number = notice.what.number if notice.number is None else notice.number
    controlled = controls(reader, notice.what) if isinstance(notice.what, Asked) else ()
    if replies and number and not isinstance(notice.what, Closed):
        what = replace(what, acts=(_REPLY, *what.acts))
    return draw(
        reader, what, number=number, mentions=notice.mentions, notice=notice.id, controlled=controlled
    )


def card(
    reader: Reader,
    inquiry: Inquiry,
    party: Party,
    mentions: Sequence[PersonId] = (),
    *,
    replies: bool = False,
) -> Drawn:
    """An inquiry's card as this party sees it; `replies` as for a notice."""
    seen = face(reader.book, inquiry, party, reader.lang)
    line, people = content(pinged(mentions, reader), f"**{said(seen.title, reader)}**")
    return Drawn(
        content=line,
        embeds=embeds(
            said(seen.state, reader),
            seen.quote,
            [(plain(label, reader), said(value, reader)) for label, value in seen.fields],
            footer(card_notice(inquiry, party), inquiry.number),
        ),
        components=acts(
            reader,
            (_REPLY, *seen.acts) if replies and inquiry.outcome is None else seen.acts,
            inquiry.number,
        ),
        mentions=people,
    )


def answer(reader: Reader, given: AnyAnswer, *, notice: NoticeId | None = None) -> Drawn:
    """What whoever acted is told. In the place of a notice it keeps that one's id."""
    return draw(
        reader,
        answered(reader.book, reader.lang, given),
        number=number_of(given),
        notice=notice,
        controlled=controls(reader, given.ask) if isinstance(given, Question) else (),
    )


def welcome(reader: Reader) -> Drawn:
    """The two lines said in a guild that Henji was added to."""
    return draw(reader, greeting(reader.book, reader.lang))


def instructions(
    reader: Reader, command: Literal["inquiry", "desk", "seller"], typed: Foreign | None = None
) -> Drawn:
    """What a slash command can do; `typed` is what was typed after it, and is none of it."""
    return draw(reader, help_on(reader.book, reader.lang, command, typed))


def draw(
    reader: Reader,
    what: Told,
    *,
    number: int | None = None,
    mentions: Sequence[PersonId] = (),
    notice: NoticeId | None = None,
    controlled: tuple[Row, ...] = (),
) -> Drawn:
    """Anything told, with its buttons where it is about an inquiry, and the id by which it is found again."""
    line, people = content(pinged(mentions, reader), said(what.head, reader))
    body = "\n".join(filter(None, (said(each, reader) for each in what.body)))
    return Drawn(
        content=line,
        embeds=embeds(
            body, what.quote or None, footer="" if notice is None else footer(notice, number or None)
        ),
        components=(*(() if number is None else acts(reader, what.acts, number)), *controlled),
        mentions=people,
    )


def footer(notice: NoticeId, number: int | None) -> str:
    """The small print by which a message is found again: the inquiry's number, and the notice's id."""
    return notice if number is None else f"#{number}{_BEFORE_ID}{notice}"


def notice_of(small_print: str) -> NoticeId:
    """The notice's id in a footer."""
    return NoticeId(small_print.rpartition(_BEFORE_ID)[2])


def acts(reader: Reader, names: Sequence[str], number: int) -> tuple[Row, ...]:
    """Buttons for acts on an inquiry."""
    return rows(
        [
            Button(
                f"act:{name}:{number}",
                reader.book.label(reader.lang, f"act.{name}"),
                _STYLES.get(name, "secondary"),
            )
            for name in names
        ]
    )


def controls(reader: Reader, asked: Asked) -> tuple[Row, ...]:
    """What a question is answered with: a button for each choice, or a list where there are many."""
    name = f"ask:{asked.asking}"
    offered = [
        (value, plain(label, reader) or value) for value, label in choices(reader.book, reader.lang, asked)
    ]
    if len(offered) > _BUTTONS_INSTEAD_OF_A_SELECT:
        many = len(asked.choices)  # what can always be chosen comes after them
        room = MOST_OPTIONS - (len(offered) - many)
        return ((Select(name, (*offered[: min(many, room)], *offered[many:])),),)
    buttons = [
        Button(f"{name}:{value}", label, _STYLES.get(value.partition(":")[0], "secondary"))
        for value, label in offered
    ]
    if asked.asking is Asking.SELLER:  # the list is looked up when it is wanted
        buttons = [Button(PICK_SELLER, button(reader.book, reader.lang, "choose"), "primary"), *buttons]
    return rows(buttons)
