"""The desk and the store with a watch in hand: every command and every commit is timed and counted.

Composed in place of the plain ones. Changes nothing about what they do.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.redis.store import RedisStore
from adapters.web.metrics import Metrics
from bots.clock import monotonic
from core.answers import AnyAnswer
from core.commands import AnyCommand
from core.decision import Decision
from core.desk import FrontDesk
from core.errors import Unavailable
from core.policy import Marketplace
from core.ports import Store
from core.refusal import Refusal


class TimedStore(RedisStore):
    """The store; `metrics` is to be set before the first commit."""

    metrics: Metrics

    async def commit(self, decision: Decision) -> AnyAnswer:
        """Commit, and say how long it took."""
        begun = monotonic()
        answer = await super().commit(decision)
        self.metrics.committed(monotonic() - begun)
        return answer


class TimedDesk(FrontDesk):
    """The front desk."""

    def __init__(
        self,
        store: Store,
        markets: Mapping[str, Marketplace],
        now: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        super().__init__(store, markets, now)
        self._metrics = metrics

    async def handle(self, command: AnyCommand) -> AnyAnswer:
        """Handle, and say what came of it and how long it took."""
        begun = monotonic()
        outcome = "failed"
        try:
            answer = await super().handle(command)
            outcome = "refused" if isinstance(answer, Refusal) else "done"
        except Unavailable:
            outcome = "unavailable"
            raise
        finally:
            self._metrics.command(type(command).__name__, outcome, monotonic() - begun)
        return answer
