"""First version: signatures only."""

from collections.abc import Sequence
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.ports import Listed
from core.records import Party, Seller
from core.said import Told


def listed(book: Phrasebook, lang: Lang, found: Listed, role: Party) -> Told:
    """Open inquiries: a heading with how many, a line each (body), or the empty state."""
    raise NotImplementedError


def sellers_listed(book: Phrasebook, lang: Lang, sellers: Sequence[Seller]) -> Told:
    """The desk's sellers, a line each."""
    raise NotImplementedError
