"""The scripts, as typed functions: one for each .lua file, whose signature is the contract.

Called by the store, the outbox and the audit; nobody else runs Lua. A script is named by its digest, and sent
whole where the server does not know it (restarted, or flushed). Never retries what may have been carried out.
"""

from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path
from typing import Any, Final, NamedTuple

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

from adapters.redis.batch import Arg
from adapters.redis.wire import ask, ask_all

_FOLDER: Final = Path(__file__).with_name("lua")


class Script(NamedTuple):
    """A script's text, and the digest by which a server knows it."""

    text: str
    digest: str


class Call(NamedTuple):
    """A script with what it is to work on."""

    script: Script
    keys: Sequence[str]
    args: Sequence[Arg]


def _load(name: str) -> Script:
    text = (_FOLDER / f"{name}.lua").read_text(encoding="utf-8")
    return Script(text, sha1(text.encode(), usedforsecurity=False).hexdigest())


COMMIT: Final = _load("commit")
DROP: Final = _load("drop")
DUE: Final = _load("due")
LIST: Final = _load("list")
READ: Final = _load("read")
RING: Final = _load("ring")
SETTLE: Final = _load("settle")
TAKE: Final = _load("take")
WAKE: Final = _load("wake")
ALL: Final = (COMMIT, DROP, DUE, LIST, READ, RING, SETTLE, TAKE, WAKE)


class Reading(NamedTuple):
    """What read.lua gives: stored records, None or empty where there is nothing."""

    answered: bytes | None
    desk: bytes | None
    person: bytes | None
    draft: bytes | None
    line: bytes | None
    inquiry: bytes | None
    seller: bytes | None
    sellers: list[bytes]
    mine: list[bytes]
    open_count: int
    seller_count: int
    fresh: int


class Rings(NamedTuple):
    """What ring.lua gives.

    Each alarm is (inquiry, what it was set for or nothing, places of its desk and seller, from 1).
    """

    alarms: list[tuple[bytes, bytes, int, int]]
    desks: list[bytes | None]
    sellers: list[bytes | None]


class Pending(NamedTuple):
    """What due.lua gives of one sorted set; `late` is in microseconds."""

    due: int
    all: int
    late: int


class Taken(NamedTuple):
    """What take.lua gives of one place."""

    place: bytes
    token: bytes
    item: bytes
    inquiry: bytes | None
    root: bytes | None
    sent_before: bytes


class Commit(NamedTuple):
    """Decisions of one partition for commit.lua: its keys, and the decisions as it takes them, encoded."""

    keys: Sequence[str]
    decisions: bytes


async def commit(
    client: Redis, commits: Sequence[Commit], channel: str, name: str
) -> list[list[int | bytes]]:
    """For each decision 1 (committed), 0 (stale) or what its key was answered before."""
    calls = [Call(COMMIT, each.keys, (each.decisions, channel, name)) for each in commits]
    return await _run(client, calls)


async def read(client: Redis, keys: Sequence[str], args: Sequence[Arg]) -> Reading:
    """All that one command needs; keys and arguments as read.lua's table has them."""
    return Reading(*await _run_one(client, Call(READ, keys, args)))


async def ring(client: Redis, shares: Sequence[tuple[Sequence[str], Sequence[Arg]]]) -> list[Rings]:
    """Alarms leased in several partitions."""
    return [Rings(*found) for found in await _run(client, [Call(RING, *share) for share in shares])]


async def due(client: Redis, sets: Sequence[tuple[Sequence[str], Sequence[Arg]]]) -> list[list[Pending]]:
    """What is due in sorted sets, for each partition's keys."""
    found = await _run(client, [Call(DUE, *each) for each in sets])
    return [[Pending(*counts) for counts in each] for each in found]


async def first_of(client: Redis, index: str, prefix: str, limit: int, skip: int) -> tuple[int, list[bytes]]:
    """How many inquiries an index has, and the first of them (list.lua)."""
    total, records = await _run_one(client, Call(LIST, (index,), (prefix, limit, skip)))
    return total, records


async def take(client: Redis, shares: Sequence[tuple[Sequence[str], Sequence[Arg]]]) -> list[list[Taken]]:
    """Places leased in several partitions."""
    found = await _run(client, [Call(TAKE, *share) for share in shares])
    return [[Taken(*place) for place in each] for each in found]


async def settle(client: Redis, items: Sequence[tuple[Sequence[str], Sequence[Arg]]]) -> list[int]:
    """For each item 1, or 0 where its lease had run out."""
    return await _run(client, [Call(SETTLE, *each) for each in items])


async def drop(client: Redis, key: str, value: str) -> bool:
    """Whether a string that held this value was there to be taken away (drop.lua)."""
    return bool(await _run_one(client, Call(DROP, (key,), (value,))))


async def wake(client: Redis, keys: Sequence[str], place: str) -> bool:
    """Whether there was something to wake."""
    return bool(await _run_one(client, Call(WAKE, keys, (place,))))


async def _run_one(client: Redis, call: Call) -> Any:  # noqa: ANN401 (what a script gives; typed by the functions above)
    try:
        return await ask(client, "EVALSHA", *_arguments(call, call.script.digest))
    except NoScriptError:
        return await ask(client, "EVAL", *_arguments(call, call.script.text))


async def _run(client: Redis, calls: Sequence[Call]) -> list[Any]:
    """Run all in one round trip, each by itself."""
    if len(calls) == 1:
        return [await _run_one(client, calls[0])]
    results = await ask_all(client, [("EVALSHA", *_arguments(call, call.script.digest)) for call in calls])
    unknown = [i for i, result in enumerate(results) if isinstance(result, NoScriptError)]
    if unknown:
        again = [("EVAL", *_arguments(calls[i], calls[i].script.text)) for i in unknown]
        for i, result in zip(unknown, await ask_all(client, again), strict=True):
            results[i] = result
    return results


def _arguments(call: Call, script: str) -> tuple[Arg, ...]:
    return (script, len(call.keys), *call.keys, *call.args)
