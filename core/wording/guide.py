"""What Henji says about itself: the greeting in a channel, and the help of each command.

Called by every adapter's `render`. Names the commands as people type them; what they do is elsewhere.
"""

from typing import Literal

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.said import Told
from core.text import Foreign

_HELP = {
    "inquiry": ("new", "list", "show", "close", "help", "dm"),
    "desk": ("setup", "who", "link", "unlink", "block", "unblock"),
    "seller": ("add", "change", "list", "remove"),
}


def greeting(book: Phrasebook, lang: Lang) -> Told:
    """The two lines said where Henji was added."""
    return Told(head=book.say(lang, "greeting.what"), body=(book.say(lang, "greeting.how"),))


def help_on(
    book: Phrasebook,
    lang: Lang,
    command: Literal["inquiry", "desk", "seller"],
    typed: Foreign | None = None,
) -> Told:
    """The commands, a line each; `typed` is what was typed after the command and is not one of them."""
    head = book.say(lang, "help.unknown", typed=typed) if typed else book.say(lang, f"help.{command}")
    return Told(head=head, body=tuple(book.say(lang, f"help.{command}.{line}") for line in _HELP[command]))
