"""First version: signatures only."""

from core.notices import Asked
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.text import Foreign


def choices(book: Phrasebook, lang: Lang, what: Asked) -> tuple[tuple[str, str | Foreign], ...]:
    """What can be chosen under a question of the dialogue: each value with its label, the fixed ones last."""
    raise NotImplementedError
