"""What somebody reads: told things and cards as lines of plain English or Japanese.

Used by the tests that look at single sentences. Instants stand as `<hours after the opening>`, people as
`@name`.
"""

from datetime import datetime

from core.answers import AnyAnswer
from core.ids import Lang
from core.notices import AnyWhat
from core.records import Party
from core.said import Mention, PlaceName, Said, Told
from core.text import Foreign
from core.wording import answered, told
from tests.unit.wording.samples import BOOK, NOW


def read(said: Said) -> str:
    """A sentence as somebody reads it."""
    return "".join(_read(part) for part in said)


def _read(part: str | Foreign | datetime | Mention | PlaceName) -> str:
    match part:
        case str():
            return part
        case Foreign(raw=raw):
            return raw
        case datetime():
            return f"<{(part - NOW).total_seconds() / 3_600:g}h>"
        case Mention(person=person):
            return f"@{person.rpartition(':')[2]}"
        case PlaceName(place=place):
            return f"#{place.rpartition(':')[2]}"


def lines(one: Told) -> list[str]:
    """Something told, line by line."""
    return [read(one.head), *(read(line) for line in one.body)]


def notice(what: AnyWhat, party: Party | None, lang: Lang = "en") -> list[str]:
    """A notice, line by line."""
    return lines(told(BOOK, lang, what, party))


def answer(given: AnyAnswer, lang: Lang = "en") -> list[str]:
    """An answer, line by line."""
    return lines(answered(BOOK, lang, given))
