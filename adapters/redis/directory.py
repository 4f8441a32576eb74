"""What is kept outside the partitions: which desk a workspace belongs to, and how platforms are heard.

Called by the store. What stands here is written before the commit that needs it, so it may point at a desk
that never came to be; it never decides. A workspace's desk is remembered in the process: where another took
it off, the desk's own record tells, and what was remembered is dropped.
"""

from datetime import datetime
from typing import Final

from redis.asyncio import Redis

from adapters.redis import codec, keys, scripts
from adapters.redis.wire import ask, ask_at_once, set_once
from core.ids import LANGUAGES, DeskId, Lang, LinkCode, PersonId, WorkspaceId

_LANG: Final = b"lang"
_DESK: Final = b"desk:"
_NOTED: Final = 65_536
"""Of how many people a process remembers what it has noted."""


class Directory:
    """Workspaces and people with their desks; platforms, their gaps, and when they were last listened to."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._known: dict[WorkspaceId, DeskId] = {}
        self._noted: dict[PersonId, tuple[Lang, frozenset[DeskId]]] = {}

    async def desk_of(self, workspace: WorkspaceId) -> DeskId | None:
        """The desk a workspace belongs to."""
        if workspace in self._known:
            return self._known[workspace]
        found = await ask(self._client, "GET", keys.workspace(workspace))
        return None if found is None else self._remember(workspace, found)

    async def link(self, workspace: WorkspaceId, desk: DeskId) -> DeskId:
        """Link a workspace to a desk, unless it has one; returns the one in force."""
        return self._remember(workspace, await set_once(self._client, keys.workspace(workspace), desk))

    async def unlink(self, workspace: WorkspaceId, desk: DeskId) -> None:
        """Take a workspace off a desk, where it belongs to that one."""
        self._known.pop(workspace, None)
        await scripts.drop(self._client, keys.workspace(workspace), desk)

    def forget(self, workspace: WorkspaceId) -> None:
        """Look the workspace's desk up again, the next time."""
        self._known.pop(workspace, None)

    async def keep_code(self, code: LinkCode, desk: DeskId) -> None:
        """Keep a desk's code for ten minutes."""
        await ask(self._client, "SET", keys.code(code), desk, "EX", keys.CODE_FOR)

    async def take_code(self, code: LinkCode) -> DeskId | None:
        """The desk whose code it is; the code is gone after that, whoever asked."""
        found = await ask(self._client, "GETDEL", keys.code(code))
        return None if found is None else DeskId(found.decode())

    async def guesses(self, workspace: WorkspaceId) -> int:
        """Count a guess, and say how many there were within ten minutes of the first."""
        name = keys.guesses(workspace)
        counted, _ = await ask_at_once(self._client, [("INCR", name), ("EXPIRE", name, keys.CODE_FOR, "NX")])
        return int(counted)

    async def remember(self, person: PersonId, desk: DeskId, lang: Lang) -> None:
        """Note somebody's desk and language; what this process has noted already is not written again."""
        noted, desks = self._noted.get(person, (lang, frozenset[DeskId]()))
        if noted == lang and desk in desks:
            return
        name = keys.known_person(person)
        fields = ("HSET", name, _LANG, lang, _DESK + desk.encode(), "")
        await ask_at_once(self._client, [fields, ("EXPIRE", name, keys.KNOWN_FOR)])
        if len(self._noted) >= _NOTED:
            self._noted.clear()
        self._noted[person] = (lang, desks | {desk})

    async def desks_of(self, person: PersonId) -> tuple[DeskId, ...]:
        """The desks somebody was noted to have to do with; whoever is asked about is kept for longer."""
        name = keys.known_person(person)
        fields, _ = await ask_at_once(self._client, [("HKEYS", name), ("EXPIRE", name, keys.KNOWN_FOR)])
        if not fields:
            self._noted.pop(person, None)  # the note's time was up
        return tuple(sorted(DeskId(each[len(_DESK) :].decode()) for each in fields if each != _LANG))

    async def lang_of(self, person: PersonId) -> Lang | None:
        """Somebody's language as it was last noted."""
        found = await ask(self._client, "HGET", keys.known_person(person), _LANG)
        return next((lang for lang in LANGUAGES if found == lang.encode()), None)

    async def gap(self, platform: str) -> datetime | None:
        """When a platform was last known to have been out of hearing."""
        found = await ask(self._client, "GET", keys.gap(platform))
        return None if found is None else codec.instant(int(found))

    async def mark_gap(self, platform: str, at: datetime) -> None:
        """Note a gap; a later one takes the place of an earlier one, since it reaches further."""
        await ask(self._client, "SET", keys.gap(platform), codec.micros(at))

    async def heard(self, platform: str) -> datetime | None:
        """When somebody last listened to a platform."""
        found = await ask(self._client, "GET", keys.heard(platform))
        return None if found is None else codec.instant(int(found))

    async def mark_heard(self, platform: str, at: datetime) -> None:
        """Note that somebody listened to a platform at this instant."""
        await ask(self._client, "SET", keys.heard(platform), codec.micros(at))

    def _remember(self, workspace: WorkspaceId, found: bytes) -> DeskId:
        self._known[workspace] = DeskId(found.decode())
        return self._known[workspace]
