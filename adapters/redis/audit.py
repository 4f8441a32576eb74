"""What the audit needs to see: every inquiry beside what is kept about it.

Called by the store. Streams a desk's inquiries by their numbers; what stands about one is read together with
the record itself, so that a commit in between shows as neither. Never mends anything.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from redis.asyncio import Redis

from adapters.redis import codec, keys
from adapters.redis.batch import Arg
from adapters.redis.wire import ask, ask_at_once
from core.ids import DeskId, PlaceId
from core.inquiry import index_entries
from core.ports import Stored
from core.records import Inquiry

CHUNK: Final = 100


async def stored(client: Redis, desk: DeskId) -> AsyncIterator[list[Stored]]:
    """All of a desk's inquiries with their alarms, index entries and queues, in chunks."""
    last = int(await ask(client, "GET", keys.count(desk)) or 0)
    for first in range(1, last + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, last + 1))
        yield await _looked_at(client, desk, numbers)


async def orphans(client: Redis, desk: DeskId) -> int:
    """How many alarms, waiting or ringing, belong to no inquiry of the desk."""
    tag = keys.tag(desk)
    found = 0
    for name in (keys.alarms(tag), keys.ringing(tag)):
        cursor = 0
        while True:
            cursor, alarms = await ask(client, "ZSCAN", name, cursor, "MATCH", f"{desk}.*", "COUNT", CHUNK)
            members = {member.decode().rpartition(".")[2] for member, _ in alarms}
            records = [keys.inquiry(desk, number) for number in members]
            found += len(records) - (await ask(client, "EXISTS", *records) if records else 0)
            if not int(cursor):
                break
    return found


async def _looked_at(client: Redis, desk: DeskId, numbers: Sequence[int]) -> list[Stored]:
    names = [keys.inquiry(desk, number) for number in numbers]
    seen = [record for record in await ask(client, "MGET", *names) if record is not None]
    inquiries = {record: codec.INQUIRY.read(record) for record in seen}
    if not inquiries:
        return []
    standing = _Standing(desk, list(inquiries.values()))
    records, *answers = await ask_at_once(client, [("MGET", *names), *standing.questions()])
    standing.heard(answers)
    # One that has moved on in between is left to the next audit.
    return [standing.of(inquiries[record]) for record in records if record in inquiries]


class _Standing:
    """What is kept about some inquiries: asked for in one go, then told one by one."""

    def __init__(self, desk: DeskId, inquiries: Sequence[Inquiry]) -> None:
        self._desk = desk
        self._tag = keys.tag(desk)
        self._members = [f"{desk}.{inquiry.number}" for inquiry in inquiries]
        self._indexes: dict[str, list[str]] = {}
        for inquiry in inquiries:
            for name in _index_names(inquiry):
                self._indexes.setdefault(name, []).append(str(inquiry.number))
        self._places = sorted({line.place for inquiry in inquiries for line in inquiry.lines.values()})
        self._alarms: Mapping[str, float] = {}
        self._ringing: Mapping[str, float] = {}
        self._scores: dict[str, Mapping[str, float]] = {}
        self._stuck: frozenset[PlaceId] = frozenset()

    def questions(self) -> list[tuple[Arg, ...]]:
        """What to ask, in one go with the records."""
        scores = [("ZMSCORE", name, *members) for name, members in self._sets()]
        return [*scores, *(("LLEN", keys.queue(self._desk, place)) for place in self._places)]

    def heard(self, answers: Sequence[Any]) -> None:
        """Take the answers in."""
        sets = self._sets()
        tables = [
            {member: score for member, score in zip(members, scores, strict=True) if score is not None}
            for (_, members), scores in zip(sets, answers[: len(sets)], strict=True)
        ]
        self._alarms, self._ringing, turns = tables[:3]
        self._scores = dict(zip(self._indexes, tables[3:], strict=True))
        self._stuck = frozenset(
            place
            for place, length in zip(self._places, answers[len(sets) :], strict=True)
            if length and keys.member(self._desk, place) not in turns
        )

    def of(self, inquiry: Inquiry) -> Stored:
        """All that is kept about one of them."""
        number = str(inquiry.number)
        member = f"{self._desk}.{number}"
        waiting = self._alarms.get(member)
        return Stored(
            inquiry=inquiry,
            waiting=None if waiting is None else codec.instant(waiting),
            ringing=member in self._ringing,
            indexes=frozenset(
                (name, self._scores[name][number])
                for name in _index_names(inquiry)
                if number in self._scores[name]
            ),
            stuck=frozenset(line.place for line in inquiry.lines.values()) & self._stuck,
        )

    def _sets(self) -> list[tuple[str, list[str]]]:
        turns = [keys.member(self._desk, place) for place in self._places]
        return [
            (keys.alarms(self._tag), self._members),
            (keys.ringing(self._tag), self._members),
            (keys.places(self._tag), turns),
            *((keys.index(self._desk, name), numbers) for name, numbers in self._indexes.items()),
        ]


def _index_names(inquiry: Inquiry) -> list[str]:
    """The indexes an inquiry would stand in if it were open."""
    return sorted(name for name, _ in index_entries(msgspec.structs.replace(inquiry, outcome=None)))
