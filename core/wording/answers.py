"""First version: signatures only."""

from core.answers import AnyAnswer
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.said import Told


def answered(book: Phrasebook, lang: Lang, answer: AnyAnswer) -> Told:
    """What whoever acted is told. An empty head: nothing to say."""
    raise NotImplementedError
