"""First version: signatures only."""

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.records import Inquiry, Party
from core.said import Face

ACTS: tuple[str, ...] = (
    "hold",
    "solved",
    "not_solved",
    "no_reply_needed",
    "withdraw",
    "acknowledge",
    "assign",
    "snooze",
    "mute",
    "write_buyer",
    "write_seller",
    "note",
    "close",
    "reopen",
    "show",
)


def face(book: Phrasebook, inquiry: Inquiry, party: Party, lang: Lang) -> Face:
    """An inquiry's card, as this party sees it."""
    raise NotImplementedError
