"""A decision as commit.lua takes it: what to check, what to write, what to queue.

Called by the store. Here stands which key each record goes to, and that alarm and index entries follow from
the inquiry; the script only compares and writes what it is told. Never talks to Redis.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Raw

from adapters.redis import codec, keys
from adapters.redis.keys import Tag
from adapters.redis.scripts import Commit
from core.clock import next_alarm
from core.decision import Decision
from core.ids import DeskId, PlaceId
from core.inquiry import index_entries, standing
from core.notices import Card, Notice
from core.records import Desk, Draft, Inquiry, Person, Seller

Check = tuple[int, int] | tuple[int, int, str]
Write = tuple[str | int | float | Raw, ...]
Moved = tuple[int, Raw, str, int | str] | tuple[int, Raw, str, int | str, int, int]
Queued = tuple[int, str, Raw, str]
Told = tuple[int, list[Check], list[Moved], list[Write], list[Queued]]


_HEAD: Final = (keys.places, keys.resting, keys.marks, keys.alarms, keys.ringing)
"""The keys that every commit names, in the order of commit.lua's table."""


class Batch:
    """Decisions of one partition. A key that several of them name is sent once."""

    def __init__(self, tag: Tag) -> None:
        self._tag = tag
        self._keys = {name(tag): at for at, name in enumerate(_HEAD, 1)}
        self._places: dict[tuple[DeskId, PlaceId], tuple[int, str]] = {}
        self._decisions: list[Told] = []

    def add(self, decision: Decision) -> None:
        """Put a decision after the others."""
        checks: list[Check] = []
        moved: list[Moved] = []
        writes: list[Write] = []
        subject = decision.before
        for changed in decision.changes:
            if isinstance(changed, Inquiry):
                subject = changed
                moved.append(self._inquiry(changed, decision.before, checks))
                self._index(changed, decision.before, writes)
            else:
                self._record(changed, checks, writes)
        if subject is not None and decision.entries:
            log = self._key(keys.log(decision.desk, subject.number))
            writes.append(("RPUSH", log, *(codec.as_text(codec.encode(entry)) for entry in decision.entries)))
        seen = 0
        if decision.remember:
            seen = self._key(keys.seen(decision.desk, decision.key))
            writes.append(("SET", seen, codec.as_text(codec.encode(decision.answer)), "EX", keys.SEEN_FOR))
        # A card goes first: what follows it in its place hangs from it.
        queued = [self._queued(card) for card in decision.cards]
        queued.extend(self._queued(notice) for notice in decision.notices)
        self._decisions.append((seen, checks, moved, writes, queued))

    def commit(self) -> Commit:
        """What to hand to commit.lua."""
        return Commit(list(self._keys), codec.encode(self._decisions))

    def _key(self, name: str) -> int:
        """A key's place in KEYS, which begins at 1."""
        return self._keys.setdefault(name, len(self._keys) + 1)

    def _inquiry(self, changed: Inquiry, before: Inquiry | None, checks: list[Check]) -> Moved:
        """The record and the alarm that follows from it; its lease ends, and a new one's number is given."""
        desk, number = changed.desk, changed.number
        key = self._key(keys.inquiry(desk, number))
        checks.append((key, changed.version - 1))
        alarm = next_alarm(changed)
        at = "" if alarm is None else codec.micros(alarm)
        moved = key, codec.as_text(codec.inquiry(changed)), f"{desk}.{number}", at
        return moved if before is not None else (*moved, self._key(keys.count(desk)), number)

    def _index(self, changed: Inquiry, before: Inquiry | None, writes: list[Write]) -> None:
        """The index entries that follow from it, where they are others than before."""
        desk, number = changed.desk, changed.number
        if before is not None and standing(before) == standing(changed):
            return
        entries = index_entries(changed)
        earlier = frozenset() if before is None else index_entries(before)
        kept = {name for name, _ in entries}
        for name, score in entries - earlier:
            writes.append(("ZADD", self._key(keys.index(desk, name)), score, number))
        for name, _ in earlier:
            if name not in kept:
                writes.append(("ZREM", self._key(keys.index(desk, name)), number))

    def _record(
        self, changed: Desk | Seller | Person | Draft, checks: list[Check], writes: list[Write]
    ) -> None:
        read = changed.version - 1
        match changed:
            case Desk():
                key = self._key(keys.desk(changed.id))
                checks.append((key, read))
                writes.append(("SET", key, codec.as_text(codec.record(changed))))
                writes.append(("SADD", self._key(keys.desks(self._tag)), changed.id))
            case Seller():
                key = self._key(keys.sellers(changed.desk))
                checks.append((key, read, changed.id))
                writes.append(("HSET", key, changed.id, codec.as_text(codec.record(changed))))
            case Person():
                key = self._key(keys.person(changed.desk, changed.id))
                checks.append((key, read))
                writes.append(("SET", key, codec.as_text(codec.record(changed)), "EX", keys.PERSON_FOR))
            case Draft():
                key = self._key(keys.draft(changed.desk, changed.person))
                checks.append((key, read))
                writes.append(
                    ("DEL", key)
                    if changed.empty
                    else ("SET", key, codec.as_text(codec.record(changed)), "EX", keys.DRAFT_FOR)
                )

    def _queued(self, item: Notice | Card) -> Queued:
        mark = codec.mark(item) if isinstance(item, Card) else ""
        where = item.desk, item.place
        place = self._places.get(where)
        if place is None:
            place = self._places[where] = (self._key(keys.queue(*where)), keys.member(*where))
        return (*place, codec.as_text(codec.item(item)), mark)


def batches(decisions: Sequence[Decision]) -> tuple[list[Commit], list[list[int]]]:
    """The decisions by partition, and for each of those the places they had in the list."""
    parts: dict[Tag, tuple[Batch, list[int]]] = {}
    for place, decision in enumerate(decisions):
        tag = keys.tag(decision.desk)
        part = parts.get(tag)
        if part is None:
            part = parts[tag] = (Batch(tag), [])
        part[0].add(decision)
        part[1].append(place)
    return [batch.commit() for batch, _ in parts.values()], [places for _, places in parts.values()]
