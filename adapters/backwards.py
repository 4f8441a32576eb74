"""Listening backwards, as far as it is the same on every platform: which lines are read, and how far back.

Used by the chat platforms' `history`, which read one line each. It never asks a platform for anything itself.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from core.commands import PostMessage, Talk
from core.errors import Undeliverable
from core.ids import MessageId, platform_of
from core.records import Inquiry, Line, Party

AGAIN = timedelta(days=6)
"""How recent messages are read again although a later one is known: it may have been heard after a gap, they
in it. What was heard is known by its key for a day longer than that.
"""

Said = PostMessage | Talk


async def said_since(
    inquiry: Inquiry,
    roots: dict[Party, MessageId],
    platform: str,
    read: Callable[[Line, MessageId], Awaitable[Sequence[Said]]],
) -> Sequence[Said]:
    """What people said in the inquiry's lines on a platform, oldest first; `read` reads a line by its root.

    A line that is lost keeps nobody from being heard in the others: it raises Undeliverable only where
    nothing was said in any.
    """
    said: list[Said] = []
    lost: Undeliverable | None = None
    for party, line in inquiry.lines.items():
        root = roots.get(party)
        if root is None or platform_of(line.place) != platform:
            continue
        try:
            said += await read(line, root)
        except Undeliverable as error:
            lost = error
    if lost is not None and not said:
        raise lost
    return sorted(said, key=lambda each: each.at)
