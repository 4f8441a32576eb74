"""First version: signatures only."""

from typing import Literal
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.said import Said, Told
from core.text import Foreign


def greeting(book: Phrasebook, lang: Lang) -> tuple[Said, Said]:
    """The two lines said in a channel that Henji was added to."""
    raise NotImplementedError


def help_on(
    book: Phrasebook, lang: Lang, command: Literal["inquiry", "desk", "seller"], typed: Foreign | None = None
) -> Told:
    """The commands, a line each (body); `typed` is what was typed after the command and is not one of them."""
    raise NotImplementedError
