"""The catalogues: complete in both languages, and holding words only."""

import re
import string
from io import BytesIO

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from core.ids import LANGUAGES, Lang
from core.policy import Audience, Step
from core.records import Asking, Outcome, Party, Topic, Wish
from tests.unit.wording.samples import CATALOGUES

MARKUP = re.compile(r"[*_<>`~|\\]|\[|\]")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
SAME_IN_BOTH = {
    "card.acknowledged.by",
    "field.order_number.placeholder",
    "file",
    "known",
    "list.line",
    "log.line",
    "question.choice",
    "sellers.line",
    "why.and",
}


def messages(lang: Lang) -> dict[str, Message]:
    """A catalogue's messages by id."""
    read = read_po(BytesIO(CATALOGUES[lang]), locale=lang, abort_invalid=True)
    return {m.id if isinstance(m.id, str) else m.id[0]: m for m in read if m.id}


def texts(message: Message) -> tuple[str, ...]:
    """What a message says: one sentence, or one for each plural form."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ())


def placeholders(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def without_placeholders(text: str) -> str:
    """The words alone."""
    return "".join(literal for literal, _, _, _ in string.Formatter().parse(text))


def test_both_languages_have_every_phrase() -> None:
    """A phrase that one language has, the other has too."""
    assert messages("en").keys() == messages("ja").keys()


def test_phrases_take_the_same_facts() -> None:
    """A phrase names the same facts in both languages, in each of its plural forms."""
    english, japanese = messages("en"), messages("ja")
    named = {
        name: {frozenset(placeholders(text)) for text in (*texts(english[name]), *texts(japanese[name]))}
        for name in english
    }
    assert {name: facts for name, facts in named.items() if len(facts) != 1} == {}


def test_plurals_are_plurals_in_both_languages() -> None:
    """A phrase with a plural has one in both languages, in as many forms as the language needs."""
    english, japanese = messages("en"), messages("ja")
    assert {name for name in english if english[name].pluralizable} == {
        name for name in japanese if japanese[name].pluralizable
    }
    assert {len(texts(m)) for m in english.values() if m.pluralizable} == {2}
    assert {len(texts(m)) for m in japanese.values() if m.pluralizable} == {1}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_phrase_is_empty(lang: Lang) -> None:
    """Every phrase says something."""
    assert [name for name, message in messages(lang).items() if not all(texts(message))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_phrase_appears_twice(lang: Lang) -> None:
    """A phrase is said in one place of its catalogue."""
    ids = re.findall(r'^msgid "(.+)"$', CATALOGUES[lang].decode(), re.MULTILINE)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_phrase_holds_markup(lang: Lang) -> None:
    """No phrase holds a character that a platform takes for formatting, a mention or a link."""
    marked = {
        name: text
        for name, message in messages(lang).items()
        for text in texts(message)
        if MARKUP.search(without_placeholders(text))
    }
    assert marked == {}


def test_each_catalogue_keeps_to_its_language() -> None:
    """English phrases hold no Japanese, and Japanese ones are Japanese unless they are names only."""
    assert [n for n, m in messages("en").items() if any(JAPANESE.search(t) for t in texts(m))] == []
    plain = {n for n, m in messages("ja").items() if not any(JAPANESE.search(t) for t in texts(m))}
    assert plain == SAME_IN_BOTH


def test_nothing_is_guaranteed() -> None:
    """Nobody is promised a reply or a refund."""
    promises = re.compile(r"guaranteed|you can now claim|必ず|保証します|申請できます", re.IGNORECASE)
    said = {name: text for lang in LANGUAGES for name, m in messages(lang).items() for text in texts(m)}
    assert {name: text for name, text in said.items() if promises.search(text)} == {}


def test_every_value_has_its_phrase() -> None:
    """What can be chosen or told by a value of an enumeration has a word for each."""
    needed = {
        *(f"topic.{topic.value}" for topic in Topic),
        *(f"wish.{wish.value}" for wish in Wish),
        *(f"outcome.{outcome.value}" for outcome in Outcome),
        *(f"step.{step.value}" for step in Step),
        *(f"party.{party.name.lower()}" for party in (*Party, *Audience)),
        *(f"question.{asking.value or 'nothing'}" for asking in Asking),
        *(f"lang.{lang}" for lang in LANGUAGES),
    }
    assert needed - messages("en").keys() == set()
