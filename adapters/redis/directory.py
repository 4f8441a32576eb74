"""Which desk a workspace belongs to: the one thing kept outside the partitions.

Called by the store. Written before the commit that needs it, so it may point at a desk that never came to be;
it never decides. A link once made stays, so what was found is remembered in the process.
"""

from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.wire import ask, set_once
from core.ids import DeskId, WorkspaceId


class Directory:
    """Workspaces and their desks."""

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

    def _remember(self, workspace: WorkspaceId, found: bytes) -> DeskId:
        self._known[workspace] = DeskId(found.decode())
        return self._known[workspace]
