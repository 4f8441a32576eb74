"""First version: signatures only."""

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.ports import Shown
from core.records import Party
from core.said import Told


def log_lines(book: Phrasebook, lang: Lang, shown: Shown, role: Party) -> tuple[Told, ...]:
    """An inquiry's log, oldest first, as far as this role may see it."""
    raise NotImplementedError
