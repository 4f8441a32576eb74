"""Wording for one reader, as far as no platform's markup is in it.

Used by each adapter's drawing: what is left where something can't be marked up (labels, titles, choices,
people and places of another platform). Never escaped: that is for whoever draws it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from core.ids import Lang, WorkspaceId, person_of_dm
from core.phrasebook import Phrasebook
from core.said import Mention, Part, PlaceName, Said
from core.text import Foreign, one_line
from core.wording.names import place_dm, place_elsewhere, someone_elsewhere


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom something is written for.

    `zone` is for instants in plain text, where no platform shows each reader their own; `workspace` the one
    whose people, roles and channels can be named.
    """

    book: Phrasebook
    lang: Lang
    zone: str
    workspace: WorkspaceId


def plain(sentence: Said, reader: Reader) -> str:
    """Wording as plain characters."""
    return "".join(_plain(part, reader) for part in spelled(sentence, reader))


def spelled(sentence: Said, reader: Reader) -> Iterator[Part]:
    """The parts, with a DM named by whom it is with."""
    for part in sentence:
        person = person_of_dm(part.place) if isinstance(part, PlaceName) else None
        if person is None:
            yield part
        else:
            yield from place_dm(reader.book, reader.lang, person)


def _plain(part: Part, reader: Reader) -> str:
    match part:
        case str():
            return part
        case Foreign():
            return one_line(part)
        case datetime():
            return reader.book.instant(reader.lang, part, reader.zone)
        case Mention():
            return plain(someone_elsewhere(reader.book, reader.lang, part), reader)
        case PlaceName(place):
            return place_elsewhere(reader.book, reader.lang, place)
        case _:
            assert_never(part)
