"""First version: signatures only."""

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.notices import AnyWhat
from core.records import Party
from core.said import Told


def told(book: Phrasebook, lang: Lang, what: AnyWhat, party: Party | None) -> Told:
    """A notice in words, for the party whose line it goes to (None: a place outside any inquiry)."""
    raise NotImplementedError
