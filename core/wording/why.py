"""First version: signatures only."""

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.records import Inquiry
from core.said import Said


def why_this_deadline(book: Phrasebook, lang: Lang, inquiry: Inquiry) -> tuple[Said, ...]:
    """Why this deadline: anchor and rule; pauses; rungs done and to come."""
    raise NotImplementedError
