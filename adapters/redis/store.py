"""The store: one read and one commit for each command.

Composed by bots, used by the desk, the sweep and the audit through core.ports.Store. Each method is one round
trip, `desks`, `mark_heard` and the audit's apart. Never decides: what to write is the decision, what follows
from it is in writing.py.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Final

from redis.asyncio import Redis

from adapters.redis import audit, codec, keys, scripts
from adapters.redis.alarms import Alarms
from adapters.redis.directory import Directory
from adapters.redis.outbox import RedisOutbox
from adapters.redis.wire import ask, ask_all, ask_at_once
from adapters.redis.writing import batches
from core.answers import AnyAnswer
from core.decision import Decision, Scope, Snapshot
from core.errors import Stale
from core.ids import DeskId, Lang, LinkCode, MessageId, PersonId, PlaceId, WorkspaceId
from core.ports import Due, Listed, Shown, Stored
from core.records import Desk, Party, Seller
from core.text import folded

MINE: Final = 20


class RedisStore:
    """Desks, inquiries and all that belongs to them, in Redis.

    `on_queued` is called in this process after a commit that queued something, once `outbox`, which this
    process takes from, knows where; `name` is this process's, by which its own nudges are told from those of
    others.
    """

    def __init__(
        self, client: Redis, *, name: str, on_queued: Callable[[], None], outbox: RedisOutbox | None = None
    ) -> None:
        self._client = client
        self._name = name
        self._on_queued = on_queued
        self._outbox = outbox
        self._alarms = Alarms(client)
        self._directory = Directory(client)

    async def read(self, scope: Scope) -> Snapshot:
        """Read what the scope names, in one script."""
        found = await scripts.read(self._client, *_reading(scope))
        number, party = (scope.number, None) if found.line is None else codec.line(found.line)
        return Snapshot(
            answered=None if found.answered is None else codec.answer(found.answered),
            desk=codec.DESK.read_if(found.desk),
            person=codec.PERSON.read_if(found.person),
            draft=codec.DRAFT.read_if(found.draft),
            inquiry=codec.INQUIRY.read_if(found.inquiry),
            party=party if scope.number in (None, number) else None,
            seller=codec.SELLER.read_if(found.seller),
            sellers=_by_name(found.sellers),
            mine=tuple(map(codec.INQUIRY.read, found.mine)),
            open_count=found.open_count,
            seller_count=found.seller_count,
            fresh=found.fresh,
        )

    async def commit(self, decision: Decision) -> AnyAnswer:
        """Write all of it, or raise Stale; a key seen before is answered what it was."""
        [result] = await self._commit([decision])
        if result == 0:
            raise Stale
        return decision.answer if isinstance(result, int) else codec.answer(result)

    async def commit_many(self, decisions: Sequence[Decision]) -> list[bool]:
        """Commit each by itself, those of one partition in one script."""
        return [result == 1 for result in await self._commit(decisions)]

    async def due(self, now: datetime, limit: int) -> list[Due]:
        """Lease alarms due at `now`, for a minute on the store's clock."""
        return await self._alarms.due(now, limit)

    async def lateness(self, now: datetime) -> float:
        """By how many seconds the most overdue waiting alarm is late."""
        return await self._alarms.lateness(now)

    async def listing(self, desk: DeskId, index: str, limit: int, skip: int = 0) -> Listed:
        """The first inquiries of an index, lowest score first, after the `skip` first ones."""
        total, records = await scripts.first_of(
            self._client, keys.index(desk, index), keys.inquiry(desk, ""), limit, skip
        )
        return Listed(inquiries=tuple(map(codec.INQUIRY.read, records)), total=total)

    async def shown(self, desk: DeskId, number: int) -> Shown | None:
        """An inquiry with its whole log, as they were at one instant."""
        questions = [("GET", keys.inquiry(desk, number)), ("LRANGE", keys.log(desk, number), 0, -1)]
        record, entries = await ask_at_once(self._client, questions)
        if record is None:
            return None
        return Shown(inquiry=codec.INQUIRY.read(record), entries=tuple(map(codec.entry, entries)))

    async def roots(self, inquiries: Sequence[tuple[DeskId, int]]) -> list[dict[Party, MessageId]]:
        """The messages that are the cards of the lines, for each inquiry by desk and number."""
        found = await ask_all(self._client, [("HGETALL", keys.roots(*named)) for named in inquiries])
        return [
            {Party(party.decode()): MessageId(root.decode()) for party, root in fields.items()}
            for fields in found
        ]

    async def desk_of(self, workspace: WorkspaceId) -> DeskId | None:
        """The desk a workspace belongs to."""
        return await self._directory.desk_of(workspace)

    async def link(self, workspace: WorkspaceId, desk: DeskId) -> DeskId:
        """Link a workspace to a desk; returns the desk in force."""
        return await self._directory.link(workspace, desk)

    async def unlink(self, workspace: WorkspaceId, desk: DeskId) -> None:
        """Take a workspace off a desk, where it belongs to that one."""
        await self._directory.unlink(workspace, desk)

    def forget(self, workspace: WorkspaceId) -> None:
        """What this process remembers of a workspace's desk is out of date."""
        self._directory.forget(workspace)

    async def keep_code(self, code: LinkCode, desk: DeskId) -> None:
        """Keep a desk's code, for ten minutes or until it is used."""
        await self._directory.keep_code(code, desk)

    async def take_code(self, code: LinkCode) -> DeskId | None:
        """The desk whose code it is, which nobody can use after that."""
        return await self._directory.take_code(code)

    async def guesses(self, workspace: WorkspaceId) -> int:
        """How often a code was tried from a workspace within ten minutes, this time among them."""
        return await self._directory.guesses(workspace)

    async def remember(self, person: PersonId, desk: DeskId, lang: Lang) -> None:
        """Note that somebody has to do with a desk, and their language."""
        await self._directory.remember(person, desk, lang)

    async def desks_of(self, person: PersonId) -> tuple[DeskId, ...]:
        """The desks somebody was noted to have to do with."""
        return await self._directory.desks_of(person)

    async def lang_of(self, person: PersonId) -> Lang | None:
        """Somebody's language as it was last noted."""
        return await self._directory.lang_of(person)

    async def desk(self, desk: DeskId) -> Desk | None:
        """A desk's record."""
        return codec.DESK.read_if(await ask(self._client, "GET", keys.desk(desk)))

    async def sellers(self, desk: DeskId) -> tuple[Seller, ...]:
        """A desk's sellers, removed ones left out, by name."""
        return _by_name(await ask(self._client, "HVALS", keys.sellers(desk)))

    async def desks(self) -> list[DeskId]:
        """All desks."""
        found = await ask_all(self._client, [("SMEMBERS", keys.desks(tag)) for tag in keys.TAGS])
        return sorted(DeskId(desk.decode()) for part in found for desk in part)

    def stored(self, desk: DeskId) -> AsyncIterator[list[Stored]]:
        """All of a desk's inquiries, a hundred at a time, for the audit."""
        return audit.stored(self._client, desk)

    async def orphans(self, desk: DeskId) -> int:
        """How many alarms there are that belong to no inquiry of the desk."""
        return await audit.orphans(self._client, desk)

    async def gap(self, platform: str) -> datetime | None:
        """When a platform was last known to have been out of hearing."""
        return await self._directory.gap(platform)

    async def mark_gap(self, platform: str, at: datetime) -> None:
        """Note that what was said on a platform before `at` may not have been heard."""
        await self._directory.mark_gap(platform, at)

    async def heard(self, platform: str) -> datetime | None:
        """When somebody last listened to a platform, on the server's clock."""
        return await self._directory.heard(platform)

    async def mark_heard(self, platform: str) -> None:
        """Note that somebody listens to a platform now."""
        await self._directory.mark_heard(platform, await self.time())

    async def time(self) -> datetime:
        """The server's clock."""
        seconds, micros = await ask(self._client, "TIME")
        return codec.instant(int(seconds) * 1_000_000 + int(micros))

    async def _commit(self, decisions: Sequence[Decision]) -> list[int | bytes]:
        commits, places = batches(decisions)
        found = await scripts.commit(self._client, commits, keys.CHANNEL, self._name)
        results: list[int | bytes] = [0] * len(decisions)
        for part, answers in zip(places, found, strict=True):
            for place, answer in zip(part, answers, strict=True):
                results[place] = answer
        queued: Counter[DeskId] = Counter()
        for result, decision in zip(results, decisions, strict=True):
            if result == 1 and (decision.notices or decision.cards):
                queued[decision.desk] += len(decision.notices) + len(decision.cards)
        if queued:
            if self._outbox is not None:
                self._outbox.expect(queued)
            self._on_queued()
        return results


def _reading(scope: Scope) -> tuple[list[str], list[str | int]]:
    """The keys and arguments of read.lua; what is not wanted has a name all the same, in the same slot."""
    desk = scope.desk
    person = scope.person or PersonId("")
    place, message = scope.message or (PlaceId(""), MessageId(""))
    wanted = {
        "n": scope.number is not None,
        "m": scope.message is not None,
        "p": scope.person is not None,
        "s": scope.sellers,
        "i": scope.mine,
        "o": scope.opening,
        "c": scope.contested,
    }
    names = [
        keys.seen(desk, scope.key),
        keys.desk(desk),
        keys.sellers(desk),
        keys.count(desk),
        keys.person(desk, person),
        keys.draft(desk, person),
        keys.index(desk, f"buyer:{person}"),
        keys.index(desk, f"seller:{scope.seller or ''}"),
        keys.cards(desk, place),
        keys.told(desk, place, message),
    ]
    letters = "".join(letter for letter, yes in wanted.items() if yes)
    number = "" if scope.number is None else scope.number
    return names, [keys.inquiry(desk, ""), letters, number, message, scope.seller or "", MINE]


def _by_name(stored: Sequence[bytes]) -> tuple[Seller, ...]:
    sellers = (codec.SELLER.read(record) for record in stored)
    return tuple(
        sorted((seller for seller in sellers if not seller.removed), key=lambda s: (folded(s.name), s.id))
    )
