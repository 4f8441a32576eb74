"""What holds for people on every emulated platform.

Used by both chat platforms' emulators, whose people see and do different things: they find what they see, and
what their client would not let them do is refused.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

Message = TypeVar("Message")


class ImpossibleError(AssertionError):
    """A story asked a person for something that the platform's own client would not let them do."""


def latest(text: str, seen: Sequence[Message], reads: Callable[[Message], str], name: str) -> Message:
    """The latest of the messages somebody sees that contains these words as they read it."""
    for message in reversed(seen):
        if text in reads(message):
            return message
    raise ImpossibleError(f"{name} sees nothing with {text!r}, but {[reads(each) for each in seen]}")
