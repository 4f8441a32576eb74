"""The phrasebook: phrases with their facts, plurals, durations and instants."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import Lang, PersonId
from core.phrasebook import Phrasebook
from core.said import Mention
from core.text import Foreign
from tests.unit.wording.samples import BOOK

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def book(phrases: str) -> Phrasebook:
    """An English phrasebook of a few phrases."""
    return Phrasebook(
        {"en": f'{HEADER}"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n{phrases}'.encode()}
    )


ECHO = book('msgid "echo"\nmsgstr "Say {what}, {what}."\n\nmsgid "bare"\nmsgstr "{what}"\n')
FILES = book('msgid "files"\nmsgid_plural "files"\nmsgstr[0] "{count} file"\nmsgstr[1] "{count} files"\n')


@given(st.text())
def test_foreign_text_stays_foreign(text: str) -> None:
    """What somebody wrote stays a part of its own, braces and all, and is never joined to our words."""
    foreign = Foreign(text)
    assert ECHO.say("en", "echo", what=foreign) == ("Say ", foreign, ", ", foreign, ".")


def test_words_are_joined() -> None:
    """Facts of our own become part of the sentence."""
    assert ECHO.say("en", "echo", what=7) == ("Say 7, 7.",)


def test_a_sentence_can_hold_another() -> None:
    """Something said can be a fact of something else that is said."""
    inner = ECHO.say("en", "bare", what=Mention(PersonId("slack:T1:U1")))
    assert ECHO.say("en", "bare", what=("by ", *inner)) == ("by ", Mention(PersonId("slack:T1:U1")))


def test_nothing_leaves_no_part() -> None:
    """An empty fact leaves no empty part behind."""
    assert ECHO.say("en", "bare", what="") == ()


@pytest.mark.parametrize(("count", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_english_counts(count: int, said: str) -> None:
    """English has a form for one and a form for all else."""
    assert FILES.label("en", "files", count=count) == said


def test_a_plural_needs_its_count() -> None:
    """A phrase with a plural can't be said without its count."""
    with pytest.raises(KeyError):
        FILES.say("en", "files")


@pytest.mark.parametrize("phrase", ["", "nonsense"])
def test_unknown_phrases_are_refused(phrase: str) -> None:
    """A phrase that is not in the catalogue is an error, never shown as its id."""
    with pytest.raises(KeyError):
        ECHO.say("en", phrase)


def test_missing_facts_are_refused() -> None:
    """A phrase is never said with a hole in it."""
    with pytest.raises(KeyError):
        ECHO.say("en", "echo")


@pytest.mark.parametrize(
    ("span", "english", "japanese"),
    [
        (timedelta(seconds=20), "1 minute", "1分"),
        (timedelta(minutes=12), "12 minutes", "12分"),
        (timedelta(hours=1), "1 hour", "1時間"),
        (timedelta(hours=6), "6 hours", "6時間"),
        (timedelta(hours=48), "48 hours", "48時間"),
        (timedelta(days=30), "30 days", "30日"),
    ],
)
def test_durations_are_words(span: timedelta, english: str, japanese: str) -> None:
    """A duration is said in its fitting unit: a window of 48 hours is never "2 days"."""
    assert BOOK.label("en", "late", late=span).count(english) == 1
    assert BOOK.label("ja", "late", late=span).count(japanese) == 1


@pytest.mark.parametrize(
    ("lang", "zone", "said"),
    [
        ("en", "Asia/Tokyo", "Wed, Nov 26, 09:05 JST"),
        ("ja", "Asia/Tokyo", "11月26日(水) 09:05 JST"),
        ("en", "Europe/Berlin", "Wed, Nov 26, 01:05 CET"),
    ],
)
def test_instants_name_their_zone(lang: Lang, zone: str, said: str) -> None:
    """An instant in plain words says the day of the week, the date, the time and the zone."""
    assert BOOK.instant(lang, datetime(2025, 11, 26, 0, 5, tzinfo=UTC), zone) == said
