"""A store that hears of a card's receipt just after it was first asked about the card.

Used by the suites of what people write, on either platform: that instant is short, and comes by itself only
now and then.
"""

from collections.abc import Awaitable, Callable

from adapters.redis.store import RedisStore
from core.decision import Scope, Snapshot


class LaggingStore(RedisStore):
    """`late` is done once, behind the first read that looks for what a message hangs under."""

    late: Callable[[], Awaitable[None]] | None = None
    lagged = False

    async def read(self, scope: Scope) -> Snapshot:
        """Read; what comes late is not in it."""
        found = await super().read(scope)
        late = self.late
        if late is not None and scope.message is not None:
            self.late, self.lagged = None, True
            await late()
        return found
