"""What is kept outside the partitions: which desk a workspace belongs to, and how platforms are heard.

Called by the store. A link is written before the commit that needs it, so it may point at a desk that never
came to be; it never decides. A link once made stays, so what was found is remembered in the process.
"""

from datetime import datetime

from redis.asyncio import Redis

from adapters.redis import codec, keys
from adapters.redis.wire import ask, set_once
from core.ids import DeskId, WorkspaceId


class Directory:
    """Workspaces and their desks; platforms, their gaps, and when they were last listened to."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._known: dict[WorkspaceId, DeskId] = {}

    async def desk_of(self, workspace: WorkspaceId) -> DeskId | None:
        """The desk a workspace belongs to."""
        if workspace in self._known:
            return self._known[workspace]
        found = await ask(self._client, "GET", keys.workspace(workspace))
        return None if found is None else self._remember(workspace, found)

    async def link(self, workspace: WorkspaceId, desk: DeskId) -> DeskId:
        """Link a workspace to a desk, unless it has one; returns the one in force."""
        return self._remember(workspace, await set_once(self._client, keys.workspace(workspace), desk))

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
