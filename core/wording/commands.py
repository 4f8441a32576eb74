"""Slash commands in words, where a platform lists them with names and descriptions of its own.

Called by an adapter that registers its commands. A name is what people type, in their language.
"""

from core.ids import Lang
from core.phrasebook import Phrasebook

COMMANDS: dict[str, tuple[str, ...]] = {
    "inquiry": ("new", "list", "show", "close", "help"),
    "desk": ("setup", "link", "unlink", "block", "unblock"),
    "seller": ("add", "list", "remove"),
}
"""The commands, each with its own."""

OPTIONS: tuple[str, ...] = ("seller", "number", "name", "code")
"""What can be said after a command."""


def command_word(book: Phrasebook, lang: Lang, name: str) -> str:
    """The word of a command (`inquiry`, `inquiry.new`) or an option (`option.seller`)."""
    return book.label(lang, f"command.{name}")


def command_about(book: Phrasebook, lang: Lang, name: str) -> str:
    """What it is for."""
    return book.label(lang, f"command.{name}.about")
