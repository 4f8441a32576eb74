"""Answers in words: what whoever acted is told, at once and privately.

Called by every adapter's `render` with the language of whoever acted. An answer with an empty head says
nothing.
"""

from typing import assert_never

from core.answers import (
    AnyAnswer,
    CodeMade,
    DeskReady,
    Did,
    Linked,
    Nothing,
    Opened,
    Question,
    SellerSaved,
    Sent,
)
from core.ids import Lang, PlaceId, platform_of
from core.phrasebook import Phrasebook
from core.records import Party
from core.refusal import Refusal
from core.said import Mention, Part, PlaceName, Said, Told
from core.wording.dialogue import question
from core.wording.files import left_lines
from core.wording.names import WORDS, outcome_name
from core.wording.refusals import refused


def answered(book: Phrasebook, lang: Lang, answer: AnyAnswer) -> Told:
    """What whoever acted is told. An empty head: nothing to say."""
    match answer:
        case Nothing():
            return Told(head=())
        case Refusal():
            return refused(book, lang, answer)
        case Question(ask=ask):
            return question(book, lang, ask)
        case Opened() | Sent():
            return _carried(book, lang, answer)
        case Did():
            return _did(book, lang, answer)
        case CodeMade() | Linked():
            return _joined(book, lang, answer)
        case DeskReady() | SellerSaved():
            return _set_up(book, lang, answer)
        case _:
            assert_never(answer)


def _carried(book: Phrasebook, lang: Lang, answer: Opened | Sent) -> Told:
    """An opening or a message, on its way; and which of its files are not."""
    left = left_lines(book, lang, answer.left)
    if isinstance(answer, Opened):
        return Told(
            head=book.say(lang, "answer.opened", number=answer.number, seller=answer.seller),
            body=(book.say(lang, "answer.opened.due", due=answer.due_at), *left),
        )
    lines: list[Said] = []
    if answer.due_at is not None and answer.to is Party.SELLER:
        lines.append(book.say(lang, "answer.sent.due", due=answer.due_at))
    head = book.say(lang, f"answer.sent.{WORDS[answer.to]}", number=answer.number)
    return Told(head=head, body=(*lines, *left))


def _did(book: Phrasebook, lang: Lang, answer: Did) -> Told:
    """Something done: the sentence of its act, then what follows from it."""
    phrase = "did.assigned.to" if answer.act == "assigned" and answer.name else f"did.{answer.act}"
    head = book.say(
        lang,
        phrase,
        number=answer.number or 0,
        name=answer.name,
        outcome=outcome_name(book, lang, answer.outcome or "other"),
        **({} if answer.until is None else {"until": answer.until}),
    )
    return Told(head=head, body=_follows(book, lang, answer))


def _follows(book: Phrasebook, lang: Lang, answer: Did) -> tuple[Said, ...]:
    if answer.act in {"held", "solved_denied", "reopened"} and answer.until is not None:
        return (book.say(lang, f"did.{answer.act}.due", until=answer.until),)
    if answer.act == "solved_asked":
        return (book.say(lang, "did.solved_asked.how"),)
    if answer.act == "seller_removed" and answer.count:
        return (book.say(lang, "did.seller_removed.open", count=answer.count),)
    if answer.act == "unlinked" and answer.count:
        return (book.say(lang, "did.unlinked.sellers", count=answer.count),)
    return ()


def _joined(book: Phrasebook, lang: Lang, answer: CodeMade | Linked) -> Told:
    """The way from one workspace to another, and its end."""
    if isinstance(answer, Linked):
        head = book.say(lang, "answer.linked", name=answer.desk)
        return Told(head=head, body=(book.say(lang, "answer.linked.next"),))
    half = len(answer.code) // 2
    code = f"{answer.code[:half]}-{answer.code[half:]}".upper()
    until = book.say(lang, "answer.code_made.until", until=answer.until)
    return Told(head=book.say(lang, "answer.code_made", code=code), body=(until,))


def _set_up(book: Phrasebook, lang: Lang, answer: DeskReady | SellerSaved) -> Told:
    """Settings saved: where things appear from now on, and what is still missing."""
    if isinstance(answer, DeskReady):
        return Told(
            head=book.say(lang, "answer.desk_ready", name=answer.name),
            body=(
                _where(book, lang, "answer.desk_ready.place", answer.staff_place),
                book.say(lang, "answer.desk_ready.next"),
            ),
        )
    head = book.say(lang, "answer.seller_saved", name=answer.name)
    if answer.place is None:
        return Told(head=head, body=(book.say(lang, "answer.seller_saved.nowhere"),))
    where = _where(book, lang, "answer.seller_saved.place", answer.place)
    return Told(head=head, body=(where, _pinged(book, lang, answer)))


def _where(book: Phrasebook, lang: Lang, phrase: str, place: PlaceId) -> Said:
    """Where things appear, and what its platform asks of a bot that is to write there."""
    platform = platform_of(place)
    named = f"{phrase}.{platform}" if platform == "discord" else phrase
    return book.say(lang, named, place=PlaceName(place))


def _pinged(book: Phrasebook, lang: Lang, answer: SellerSaved) -> Said:
    if not answer.ping:
        return book.say(lang, "answer.seller_saved.no_ping")
    people: list[Part] = []
    for person in answer.ping:
        people += [", ", Mention(person)] if people else [Mention(person)]
    return book.say(lang, "answer.seller_saved.ping", people=tuple(people))
