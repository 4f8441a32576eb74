"""What the model keeps outside its desks, and the store's clock: dictionaries, and nothing clever.

Part of tests/model/store, as adapters/redis/directory is of the Redis store.
"""

from datetime import UTC, datetime, timedelta

from core.ids import DeskId, Lang, LinkCode, PersonId, WorkspaceId

CODE_FOR = timedelta(minutes=10)
PERSON_KNOWN_FOR = timedelta(days=365)


class ModelDirectory:
    """Workspaces and people with their desks, codes, gaps; `clock` is the store's."""

    def __init__(self) -> None:
        self.clock = datetime(2026, 1, 1, tzinfo=UTC)
        self.directory: dict[WorkspaceId, DeskId] = {}
        self.codes: dict[LinkCode, tuple[DeskId, datetime]] = {}
        self.tried: dict[WorkspaceId, tuple[int, datetime]] = {}
        self.people: dict[PersonId, tuple[set[DeskId], Lang, datetime]] = {}
        self.gaps: dict[str, datetime] = {}
        self.listened: dict[str, datetime] = {}

    def age_directory(self, seconds: float) -> None:
        """Move the clock on, and forget what has expired."""
        self.clock += timedelta(seconds=seconds)
        self.codes = {code: kept for code, kept in self.codes.items() if kept[1] > self.clock}
        self.tried = {one: kept for one, kept in self.tried.items() if kept[1] > self.clock}
        self.people = {one: known for one, known in self.people.items() if known[2] > self.clock}

    async def desk_of(self, workspace: WorkspaceId) -> DeskId | None:
        """The desk a workspace belongs to."""
        return self.directory.get(workspace)

    async def link(self, workspace: WorkspaceId, desk: DeskId) -> DeskId:
        """Link a workspace to a desk, unless it has one."""
        return self.directory.setdefault(workspace, desk)

    async def unlink(self, workspace: WorkspaceId, desk: DeskId) -> None:
        """Take a workspace off a desk, where it belongs to that one."""
        if self.directory.get(workspace) == desk:
            del self.directory[workspace]

    def forget(self, workspace: WorkspaceId) -> None:
        """Nothing: nothing is remembered beside what is so."""

    async def keep_code(self, code: LinkCode, desk: DeskId) -> None:
        """Keep a desk's code, for ten minutes or until it is used."""
        self.codes[code] = (desk, self.clock + CODE_FOR)

    async def take_code(self, code: LinkCode) -> DeskId | None:
        """The desk whose code it is, which nobody can use after that."""
        return self.codes.pop(code, (None,))[0]

    async def guesses(self, workspace: WorkspaceId) -> int:
        """How often a code was tried from a workspace within ten minutes, this time among them."""
        tried, until = self.tried.get(workspace, (0, self.clock + CODE_FOR))
        self.tried[workspace] = (tried + 1, until)
        return tried + 1

    async def remember(self, person: PersonId, desk: DeskId, lang: Lang) -> None:
        """Note that somebody has to do with a desk, and their language."""
        desks, _, _ = self.people.get(person, (set(), lang, self.clock))
        self.people[person] = ({*desks, desk}, lang, self.clock + PERSON_KNOWN_FOR)

    async def desks_of(self, person: PersonId) -> tuple[DeskId, ...]:
        """The desks somebody was noted to have to do with."""
        if person not in self.people:
            return ()
        desks, lang, _ = self.people[person]
        self.people[person] = (desks, lang, self.clock + PERSON_KNOWN_FOR)
        return tuple(sorted(desks))

    async def lang_of(self, person: PersonId) -> Lang | None:
        """Somebody's language as it was last noted."""
        return self.people[person][1] if person in self.people else None

    async def gap(self, platform: str) -> datetime | None:
        """When a platform was last known to have been out of hearing."""
        return self.gaps.get(platform)

    async def mark_gap(self, platform: str, at: datetime) -> None:
        """Note that what was said on a platform before `at` may not have been heard."""
        self.gaps[platform] = at

    async def heard(self, platform: str) -> datetime | None:
        """When somebody last listened to a platform."""
        return self.listened.get(platform)

    async def mark_heard(self, platform: str) -> None:
        """Note that somebody listens to a platform now."""
        self.listened[platform] = self.clock

    async def time(self) -> datetime:
        """The store's own clock."""
        return self.clock
