"""The phrasebook: a phrase's id and its facts become a sentence in the reader's language.

Called by core/wording and, for labels, by the adapters. The only home of babel. The catalogues (gettext,
symbolic ids) are read by bots and handed in as bytes: nothing is read from disk here, and foreign text never
becomes part of a `str`.
"""

import string
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from core.ids import Lang
from core.said import Mention, Part, PlaceName, Said
from core.text import Foreign

Fact = str | int | timedelta | Foreign | datetime | Mention | PlaceName | Said
"""What a placeholder stands for. A `str` is a value of our own making, never what somebody wrote."""

_HOURS_UP_TO = timedelta(hours=72)
_BEFORE_TIME: dict[Lang, str] = {"ja": " ", "en": ", "}
_Pieces = tuple[tuple[str, str | None], ...]


class Phrasebook:
    """All wording, in every language. Made once at start; it changes nothing afterwards."""

    def __init__(self, catalogues: Mapping[Lang, bytes]) -> None:
        """Compile the .po catalogues in memory."""
        self._languages = {lang: _Catalogue(lang, content) for lang, content in catalogues.items()}

    @property
    def phrases(self) -> frozenset[str]:
        """The ids of all phrases, in whatever language."""
        return frozenset(phrase for catalogue in self._languages.values() for phrase in catalogue.plural)

    def say(self, lang: Lang, phrase: str, **facts: Fact) -> Said:
        """Say a phrase with its facts; a phrase with a plural is chosen by the fact `count`.

        Raises KeyError for a phrase that is not in the catalogue and for a fact that is missing.
        """
        parts: list[Part] = []
        for literal, name in self._languages[lang].pieces(phrase, facts.get("count")):
            parts.append(literal)
            if name is not None:
                parts.extend(_parts(lang, facts[name]))
        return tuple(_joined(parts))

    def label(self, lang: Lang, phrase: str, **facts: str | int | timedelta) -> str:
        """Say a phrase as a plain string, for buttons, labels and titles."""
        return "".join(part for part in self.say(lang, phrase, **facts) if isinstance(part, str))

    def instant(self, lang: Lang, at: datetime, zone: str) -> str:
        """An instant as plain words with its time zone, where a platform can't show the reader's own."""
        local = at.astimezone(ZoneInfo(zone))
        return f"{_day(lang, local.date())}{_BEFORE_TIME[lang]}{local:%H:%M} {local:%Z}"


class _Catalogue:
    """One language's phrases, each taken apart once."""

    def __init__(self, lang: Lang, content: bytes) -> None:
        catalogue = read_po(BytesIO(content), locale=lang, abort_invalid=True)
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        self._translations = Translations(compiled)
        self.plural: dict[str, bool] = {}
        self._taken_apart: dict[str, _Pieces] = {}
        for message in catalogue:
            if message.id:
                name = message.id if isinstance(message.id, str) else message.id[0]
                self.plural[name] = bool(message.pluralizable)
                for text in (message.string,) if isinstance(message.string, str) else message.string or ():
                    self._taken_apart[text] = _taken_apart(text)

    def pieces(self, phrase: str, count: Fact | None) -> _Pieces:
        """A phrase's pieces: words, each with the name of the placeholder after them."""
        if not self.plural[phrase]:
            return self._taken_apart[self._translations.gettext(phrase)]
        if not isinstance(count, int):
            raise KeyError(phrase, "count")
        return self._taken_apart[self._translations.ngettext(phrase, phrase, count)]


def _taken_apart(text: str) -> _Pieces:
    return tuple((literal, name) for literal, name, _, _ in string.Formatter().parse(text))


def _parts(lang: Lang, fact: Fact) -> Said:
    match fact:
        case tuple():
            return fact
        case int():
            return (str(fact),)
        case timedelta():
            return (_span(lang, fact),)
        case _:
            return (fact,)


def _joined(parts: list[Part]) -> Iterator[Part]:
    """Adjacent strings as one, empty ones left out."""
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        if words:
            yield words
        words = ""
        yield part
    if words:
        yield words


@lru_cache(maxsize=1_024)
def _day(lang: Lang, day: date) -> str:
    """A day in words; they are few and asked for often."""
    return format_skeleton("MMMEd", day, locale=lang)


def _span(lang: Lang, span: timedelta) -> str:
    """A duration in its largest fitting unit, rounded: minutes up to an hour, hours up to 72, then days."""
    unit: Literal["minute", "hour", "day"]
    unit = "minute" if span < timedelta(hours=1) else "hour" if span < _HOURS_UP_TO else "day"
    words = format_timedelta(span, granularity=unit, threshold=float("inf"), locale=lang)
    return words.replace(" ", "") if lang == "ja" else words
