"""All that wording can say, said.

Used by the tests that hold for every sentence: each function of core/wording over each of its occasions.
"""

from collections.abc import Iterator
from typing import Literal, get_args

from core.ids import Lang, PlaceId, SellerId
from core.notices import Asked
from core.phrasebook import Phrasebook
from core.ports import Listed, Shown
from core.records import Party, Seller
from core.said import Face, Mention, Said, Told
from core.text import Foreign
from core.wording import (
    ACTS,
    BESIDES,
    COMMANDS,
    OPTIONS,
    answered,
    button,
    choices,
    command_about,
    command_word,
    desk_chosen,
    face,
    form,
    greeting,
    help_on,
    listed,
    log_lines,
    options,
    outcome_name,
    party_name,
    place_dm,
    place_elsewhere,
    sellers_listed,
    someone_elsewhere,
    told,
    which_desk,
    why_this_deadline,
)
from core.wording.forms import FormName
from tests.unit.wording.sample_notices import notices
from tests.unit.wording.samples import (
    ANN,
    BUYER,
    MARKET,
    PLACE,
    SHOP,
    answers,
    entries,
    inquiries,
)

FORMS: tuple[FormName, ...] = get_args(FormName)
CHOSEN: tuple[Literal["topic", "wish", "outcome", "until", "lang", "shown_as"], ...] = (
    "topic",
    "wish",
    "outcome",
    "until",
    "lang",
    "shown_as",
)
HELPS: tuple[Literal["inquiry", "desk", "seller"], ...] = ("inquiry", "desk", "seller")
PARTIES: tuple[Party | None, ...] = (None, *Party)


def all_told(book: Phrasebook, lang: Lang) -> Iterator[Told]:
    """Everything that is told as a whole."""
    for what in notices():
        for party in PARTIES:
            yield told(book, lang, what, party)
    for answer in answers():
        yield answered(book, lang, answer)
    for inquiry in inquiries().values():
        for role in Party:
            yield from log_lines(book, lang, Shown(inquiry=inquiry, entries=entries()), role)
    yield greeting(book, lang)
    yield which_desk(book, lang)
    yield desk_chosen(book, lang, SHOP)
    for command in HELPS:
        yield help_on(book, lang, command)
        yield help_on(book, lang, command, Foreign("what?"))
    yield from _lists(book, lang)


def _lists(book: Phrasebook, lang: Lang) -> Iterator[Told]:
    found = tuple(inquiries().values())
    for role in Party:
        yield listed(book, lang, Listed(inquiries=(), total=0), role)
        yield listed(book, lang, Listed(inquiries=found, total=len(found)), role)
        yield listed(book, lang, Listed(inquiries=found, total=len(found) + 1), role)
    somewhere = Seller(id=SellerId("a"), desk=found[0].desk, name=SHOP, place=PLACE)
    nowhere = Seller(id=SellerId("b"), desk=found[0].desk, name=SHOP)
    yield sellers_listed(book, lang, ())
    yield sellers_listed(book, lang, (somewhere, nowhere))


def all_faces(book: Phrasebook, lang: Lang) -> Iterator[Face]:
    """Each card, in each state, for each party."""
    for inquiry in inquiries().values():
        for party in Party:
            yield face(book, inquiry, party, lang)


def all_said(book: Phrasebook, lang: Lang) -> Iterator[Said]:
    """Every sentence and every word, taken out of what holds it."""
    for one in all_told(book, lang):
        yield from (one.head, *one.body)
    for card in all_faces(book, lang):
        yield from (card.title, card.state)
        for label, value in card.fields:
            yield from (label, value)
    for inquiry in inquiries().values():
        for role in Party:
            yield from why_this_deadline(book, lang, inquiry, role)
    for what in notices():
        if isinstance(what, Asked):
            yield from (label for _, label in choices(book, lang, what))
    yield place_dm(book, lang, ANN)
    yield someone_elsewhere(book, lang, Mention(ANN))
    yield someone_elsewhere(book, lang, Mention(ANN, BUYER))
    yield from ((label,) for label in all_labels(book, lang))


def all_labels(book: Phrasebook, lang: Lang) -> Iterator[str]:
    """Every plain word on a button, in a form, or for a name that isn't known."""
    yield from (button(book, lang, act) for act in (*ACTS, *BESIDES))
    for command, own in COMMANDS.items():
        names = [command, *(f"{command}.{name}" for name in own)]
        for name in (*names, *(f"option.{option}" for option in OPTIONS)):
            yield from (command_word(book, lang, name), command_about(book, lang, name))
    for name in FORMS:
        words = form(book, lang, name, example=MARKET.order_example)
        yield from (words.title, words.intro, words.send, words.cancel)
        for field in words.fields.values():
            yield from (field.label, field.placeholder, field.hint)
    for chosen in CHOSEN:
        yield from (label for _, label in options(book, lang, chosen))
    yield place_elsewhere(book, lang, PlaceId("discord:1:2"))
    yield from (party_name(book, lang, party) for party in Party)
    yield outcome_name(book, lang, "solved")
