"""The named points of the way at which Henji is killed, and the traps that stand there.

`ordeal` chooses one by its name, `cradle` sets its traps in a process of Henji's before that begins. A trap
stands around a method of ours, or of the SDK where it answers; the product knows of none.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from types import MappingProxyType
from typing import Any, Final

from discord import InteractionResponse
from discord.http import HTTPClient
from slack_bolt.app.async_app import AsyncApp

from adapters.discord.aside import Asides as DiscordAsides
from adapters.discord.files import DiscordCourier
from adapters.discord.history import DiscordHistory
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.threads import Threads
from adapters.files.room import StoredFiles
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.slack.aside import Asides as SlackAsides
from adapters.slack.files import SlackCourier
from adapters.slack.history import SlackHistory
from adapters.slack.messenger import SlackMessenger

Counts = Callable[[tuple[Any, ...], Any], bool]
"""Whether this passing counts, by the method's arguments and what it returned."""

_committed: ContextVar[bool] = ContextVar("committed", default=False)


@dataclass(frozen=True)
class Trap:
    """Around a method: sprung once it has returned, or before it begins."""

    owner: type
    method: str
    counts: Counts = lambda _, __: True
    before: bool = False


@dataclass(frozen=True)
class Point:
    """A point of the way, and the last passing in a life at which Henji dies there.

    `after` is where the life before has to have ended, for it to come by there at all.
    """

    traps: tuple[Trap, ...]
    most: int
    after: str = ""


def _decides(args: tuple[Any, ...], _: object) -> bool:
    """Whether what is read is for a command: a query has no key."""
    return bool(args[1].key)


def _something(_: object, result: Any) -> bool:
    return bool(result)


def _any_committed(_: object, result: Any) -> bool:
    return any(result)


def _any_done(args: tuple[Any, ...], _: object) -> bool:
    return any(each.done for each in args[1])


def _after_commit(_: object, __: object) -> bool:
    """Whether a commit came before it in the same errand; the next errand begins anew."""
    found = _committed.get()
    _committed.set(False)
    return found


POINTS: Final[Mapping[str, Point]] = MappingProxyType(
    {
        "after_noting": Point((Trap(RedisStore, "remember"),), 6),
        "after_read": Point((Trap(RedisStore, "read", _decides),), 12),
        "after_commit": Point((Trap(RedisStore, "commit"),), 8),
        "before_ack": Point((Trap(AsyncApp, "async_dispatch", _after_commit),), 5),
        "before_answer": Point(
            (
                Trap(InteractionResponse, "send_message", _after_commit, before=True),
                Trap(InteractionResponse, "edit_message", _after_commit, before=True),
            ),
            3,
        ),
        "before_nod": Point(
            (Trap(SlackAsides, "nod", before=True), Trap(DiscordAsides, "nod", before=True)), 4
        ),
        "after_take": Point((Trap(RedisOutbox, "take", _something),), 8),
        "before_thread": Point((Trap(Threads, "start", before=True),), 2),
        "before_joining": Point((Trap(HTTPClient, "add_user_to_thread", before=True),), 1),
        "before_private_card": Point((Trap(Threads, "private"),), 1),
        "after_opening": Point((Trap(SlackMessenger, "open_line"), Trap(DiscordMessenger, "open_line")), 4),
        "after_send": Point((Trap(SlackMessenger, "send"), Trap(DiscordMessenger, "send")), 8),
        "after_fetching": Point((Trap(StoredFiles, "keep"),), 3),
        "while_uploading": Point((Trap(SlackCourier, "_uploaded"),), 2),
        "after_carrying": Point((Trap(SlackCourier, "carry"), Trap(DiscordCourier, "carry")), 3),
        "after_drawing": Point((Trap(SlackMessenger, "update"), Trap(DiscordMessenger, "update")), 5),
        "after_finding": Point(
            (Trap(SlackMessenger, "find"), Trap(DiscordMessenger, "find")), 1, after="after_send"
        ),
        "after_settle": Point((Trap(RedisOutbox, "settle", _any_done),), 8),
        "after_lease": Point((Trap(RedisStore, "due", _something),), 1),
        "after_ring": Point((Trap(RedisStore, "commit_many", _any_committed),), 1),
        "after_reading_back": Point(
            (Trap(SlackHistory, "since", _something), Trap(DiscordHistory, "since", _something)), 2
        ),
    }
)


def set_traps(point: Point, spring: Callable[[], None]) -> None:
    """Have `spring` called whenever the point is passed."""
    _around(Trap(RedisStore, "commit"), lambda: _committed.set(True))
    for trap in point.traps:
        _around(trap, spring)


def _around(trap: Trap, spring: Callable[[], object]) -> None:
    way: Callable[..., Awaitable[Any]] = getattr(trap.owner, trap.method)

    @wraps(way)
    async def trapped(*args: Any, **named: Any) -> Any:
        if trap.before and trap.counts(args, None):
            spring()
        result = await way(*args, **named)
        if not trap.before and trap.counts(args, result):
            spring()
        return result

    setattr(trap.owner, trap.method, trapped)
