"""What holds of every sentence that is said, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import core
from core.ids import LANGUAGES, Lang
from core.records import Asking
from core.wording import ACTS, choices, form, options
from tests.unit.wording.everything import CHOSEN, FORMS, all_faces, all_labels, all_said, all_told
from tests.unit.wording.reasons import PLAIN_ACTS, TROUBLES, WHYS
from tests.unit.wording.samples import (
    BOOK,
    BUYER,
    MARK,
    MARKET,
    REFUSALS,
    SHOP,
    TEXT,
    Recording,
    asked,
)

ROOT = Path(core.__file__).parents[1]
PACKAGES = ("core", "adapters", "scheduler", "bots")
MARKUP = re.compile(r"[*_<>`~|\\]")
SAID_BY_ADAPTERS = {"list.more"}


def calls(*names: str) -> Iterator[ast.Call]:
    """Every call of these names in the project's own code."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                    yield node


def constants(name: str, keyword: str) -> set[str]:
    """The strings that calls of `name` pass as this keyword."""
    return {
        node.value
        for call in calls(name)
        for argument in call.keywords
        if argument.arg == keyword
        for node in ast.walk(argument.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def words(lang: Lang) -> list[str]:
    """Every word of our own, with the facts filled in."""
    return [part for said in all_said(BOOK, lang) for part in said if isinstance(part, str)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_foreign_text_is_never_words(lang: Lang) -> None:
    """No name and no message becomes part of our own words, where nothing would escape it."""
    assert [word for word in words(lang) if MARK in word] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_markup(lang: Lang) -> None:
    """With all facts filled in, no word of ours holds what a platform would interpret."""
    assert [word for word in words(lang) if MARKUP.search(word)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_says_something(lang: Lang) -> None:
    """All that is told has a sentence at its head and no empty line; only `Nothing` is silent."""
    told = list(all_told(BOOK, lang))
    assert sum(not one.head for one in told) == 1
    assert [one for one in told if not all(one.body)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quotes_are_what_people_wrote(lang: Lang) -> None:
    """A quote is somebody's text, untouched, or nothing at all."""
    told, faces = all_told(BOOK, lang), all_faces(BOOK, lang)
    quotes = [*(one.quote for one in told), *(card.quote for card in faces)]
    assert {quote.raw for quote in quotes if quote is not None} == {TEXT.raw}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_button_is_an_act(lang: Lang) -> None:
    """No notice, answer or card offers an act that is not on the list, and every act is offered somewhere."""
    told, faces = all_told(BOOK, lang), all_faces(BOOK, lang)
    offered = [*(one.acts for one in told), *(card.acts for card in faces)]
    assert {act for acts in offered for act in acts} == set(ACTS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_buttons_are_short(lang: Lang) -> None:
    """A button's label fits: at most 24 characters, also in the dialogue and on forms."""
    labels = [BOOK.label(lang, f"act.{act}") for act in ACTS]
    labels += [BOOK.label(lang, f"ask.{value}") for value in ("new", "none", "send", "cancel")]
    for name in FORMS:
        words = form(BOOK, lang, name)
        labels += [words.title, words.send, words.cancel]
    assert [label for label in labels if not 1 <= len(label) <= 24] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_fit(lang: Lang) -> None:
    """Labels, hints and choices of a form fit the narrower of the platforms."""
    for name in FORMS:
        words = form(BOOK, lang, name, example=MARKET.order_example)
        assert [f for f in words.fields.values() if not 1 <= len(f.label) <= 45] == []
        assert [f for f in words.fields.values() if len(f.hint) > 100 or len(f.placeholder) > 100] == []
    for chosen in CHOSEN:
        assert [label for _, label in options(BOOK, lang, chosen) if not 1 <= len(label) <= 75] == []


def test_no_phrase_is_left_over() -> None:
    """Every phrase of the catalogues is said on some occasion."""
    book = Recording()
    for lang in LANGUAGES:
        list(all_said(book, lang))
        list(all_labels(book, lang))
    assert BOOK.phrases - book.asked == SAID_BY_ADAPTERS - book.asked


def test_every_refusal_has_its_words() -> None:
    """Whatever the code refuses, it has a sentence for; and every such sentence is used."""
    raised = constants("Refusal", "reason")
    assert raised == {refusal.reason for refusal in REFUSALS}


def test_every_act_done_has_its_words() -> None:
    """Whatever the code answers as done, it has a sentence for."""
    done = constants("Did", "act")
    assert done - {*PLAIN_ACTS, "snoozed", "muted", "closed", "seller_removed"} == set()


def test_every_trouble_has_its_words() -> None:
    """Whatever the code reports as trouble, or as undeliverable, it has a sentence for."""
    kinds = constants("ReportTrouble", "kind")
    assert kinds - set(TROUBLES) == set()
    whys = {a.value for call in calls("Undeliverable") for a in call.args[:1] if isinstance(a, ast.Constant)}
    assert whys - set(WHYS) == set()


def test_names_differ_from_text() -> None:
    """The samples mark all foreign text, or the tests above would hold of nothing."""
    assert all(MARK in text.raw for text in (BUYER, SHOP, TEXT))
    assert choices(BOOK, "en", asked(Asking.SELLER, choices=(("a", SHOP),)))[0] == ("a", (SHOP,))
