"""What is told, as Slack's blocks: notices, cards, answers, questions.

Called by the messenger and by `listen` with whom it is for; the words come from core/wording. It decides
nothing: which facts and which buttons somebody gets was decided there. Pure.
"""

from collections.abc import Sequence
from typing import Literal, TypedDict

from adapters.slack.blocks import (
    Style,
    button,
    fitted,
    option,
    plain_text,
    quoted,
    rows,
    spoken,
)
from adapters.slack.mrkdwn import Json, elements, mrkdwn, pinged
from core.answers import AnyAnswer, Question, number_of
from core.ids import PersonId
from core.markup import unmarked
from core.notices import Asked, Notice
from core.records import Asking, Inquiry, Party
from core.said import Said, Told
from core.text import Foreign
from core.wording import Reader, answered, choices, face, form, greeting, help_on, plain, told

_STYLES: dict[str, Style] = {
    "acknowledge": "primary",
    "solved": "primary",
    "send": "primary",
    "withdraw": "danger",
    "close": "danger",
}
_QUOTE_IN_TEXT = 3_000
_BUTTONS_INSTEAD_OF_A_SELECT = 8
_PLACEHOLDER = 150


class Drawn(TypedDict):
    """A message's content: blocks, and the text that notifications and screen readers use.

    Both are empty where there is nothing to say.
    """

    text: str
    blocks: list[Json]


def notice(reader: Reader, notice: Notice) -> Drawn:
    """A notice, mentioning exactly the people it names (those of this workspace)."""
    what = told(reader.book, reader.lang, notice.what, notice.party)
    number = notice.what.number if notice.number is None else notice.number
    drawn = draw(reader, what, number=number, mentions=notice.mentions)
    if isinstance(notice.what, Asked):
        drawn["blocks"] += controls(reader, notice.what)
    return drawn


def card(reader: Reader, inquiry: Inquiry, party: Party) -> Drawn:
    """An inquiry's card as this party sees it."""
    seen = face(reader.book, inquiry, party, reader.lang)
    facts = [
        [*elements(label, reader, bold=True), {"type": "text", "text": "  "}, *elements(value, reader)]
        for label, value in seen.fields
    ]
    blocks = [spoken(elements(seen.title, reader, bold=True), elements(seen.state, reader))]
    blocks += [spoken(*facts)] if facts else []
    blocks += [quoted(seen.quote)] if seen.quote else []
    lines = [mrkdwn(seen.title, reader), mrkdwn(seen.state, reader)]
    return {"text": "\n".join(lines), "blocks": blocks + acts(reader, seen.acts, inquiry.number)}


def answer(reader: Reader, given: AnyAnswer) -> Drawn:
    """What whoever acted is told, as an ephemeral message."""
    drawn = draw(reader, answered(reader.book, reader.lang, given), number=number_of(given))
    if isinstance(given, Question):
        drawn["blocks"] += controls(reader, given.ask)
    return drawn


def welcome(reader: Reader) -> Drawn:
    """The two lines said in a channel that Henji was added to."""
    return draw(reader, greeting(reader.book, reader.lang))


def instructions(
    reader: Reader, command: Literal["inquiry", "desk", "seller"], typed: Foreign | None = None
) -> Drawn:
    """What can be typed after a slash command; `typed` is what was, and is none of it."""
    return draw(reader, help_on(reader.book, reader.lang, command, typed))


def draw(
    reader: Reader, what: Told, *, number: int | None = None, mentions: Sequence[PersonId] = ()
) -> Drawn:
    """Anything told, with its buttons where it is about an inquiry."""
    people = pinged(mentions, reader)
    head = [*_mentioned(people), *elements(what.head, reader)]
    lines = [head, *(elements(line, reader) for line in what.body)]
    blocks = [spoken(*lines)] if any(lines) else []
    blocks += [quoted(what.quote)] if what.quote else []
    blocks += [] if number is None else acts(reader, what.acts, number)
    return {"text": _text(reader, what, people), "blocks": blocks}


def acts(reader: Reader, names: Sequence[str], number: int) -> list[Json]:
    """Buttons for acts on an inquiry."""
    return rows(
        [
            button(
                f"act:{name}", reader.book.label(reader.lang, f"act.{name}"), str(number), _STYLES.get(name)
            )
            for name in names
        ]
    )


def controls(reader: Reader, asked: Asked) -> list[Json]:
    """What a question is answered with: a select with type-ahead for the seller, and the choices."""
    offered = [
        (value, plain(label, reader) or value) for value, label in choices(reader.book, reader.lang, asked)
    ]
    name = f"ask:{asked.asking}"
    if len(offered) > _BUTTONS_INSTEAD_OF_A_SELECT:
        options = [option(label, value) for value, label in offered]
        return rows([{"type": "static_select", "action_id": name, "options": options}])
    buttons = [
        button(f"{name}:{value}", label, value, _STYLES.get(value.partition(":")[0]))
        for value, label in offered
    ]
    if asked.asking is Asking.SELLER:
        buttons = [_seller_select(reader, name), *buttons]
    return rows(buttons)


def _seller_select(reader: Reader, name: str) -> Json:
    placeholder = form(reader.book, reader.lang, "new").fields["seller"].placeholder
    return {
        "type": "external_select",
        "action_id": name,
        "min_query_length": 0,
        "placeholder": plain_text(placeholder, _PLACEHOLDER),
    }


def _mentioned(people: Sequence[str]) -> list[Json]:
    """A mention of each, every one followed by a space."""
    space: Json = {"type": "text", "text": " "}
    return [part for each in people for part in ({"type": "user", "user_id": each}, space)]


def _text(reader: Reader, what: Told, people: Sequence[str]) -> str:
    lines: list[Said] = [what.head, *what.body]
    texts = [mrkdwn(line, reader) for line in lines]
    if what.quote:
        texts.append(fitted(unmarked(what.quote), _QUOTE_IN_TEXT))
    return " ".join([*(f"<@{each}>" for each in people), "\n".join(text for text in texts if text)])
