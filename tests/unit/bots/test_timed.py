"""Commands are counted by kind and by what came of them, whatever that is."""

import pytest

from adapters.web.metrics import Metrics
from bots.timed import TimedDesk
from core.commands import Hold, ReportTrouble
from core.decision import Scope, Snapshot
from core.errors import Unavailable
from core.ids import DeskId, Key
from tests.clocks import HandClock
from tests.model.store import ModelStore

HOLD = Hold(key=Key("k"), desk=DeskId("dsk234"), number=1)


class Broken(ModelStore):
    """A store that fails in this way."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def read(self, scope: Scope) -> Snapshot:
        """Fail."""
        del scope
        raise self.error


def desk_on(store: ModelStore) -> tuple[TimedDesk, Metrics]:
    """A desk on this store, and its numbers."""
    metrics = Metrics()
    return TimedDesk(store, {}, HandClock().now, metrics), metrics


async def test_a_refusal_is_counted() -> None:
    """A command that nobody may give is refused, and timed."""
    desk, metrics = desk_on(ModelStore())
    await desk.handle(HOLD)
    text = metrics.text().decode()
    assert 'henji_commands_total{kind="Hold",outcome="refused"} 1.0' in text
    assert "henji_command_seconds_count 1.0" in text


async def test_what_is_done_is_counted() -> None:
    """A trouble of a desk that is not there is done with."""
    desk, metrics = desk_on(ModelStore())
    await desk.handle(ReportTrouble(key=Key("t"), desk=DeskId("dsk234"), kind="sweep_late"))
    assert 'kind="ReportTrouble",outcome="done"} 1.0' in metrics.text().decode()


@pytest.mark.parametrize(
    ("error", "outcome"), [(Unavailable("away"), "unavailable"), (LookupError("a bug"), "failed")]
)
async def test_what_fails_is_counted_and_raised(error: Exception, outcome: str) -> None:
    """A store that is away and a bug are told apart."""
    desk, metrics = desk_on(Broken(error))
    with pytest.raises(type(error)):
        await desk.handle(HOLD)
    assert f'henji_commands_total{{kind="Hold",outcome="{outcome}"}} 1.0' in metrics.text().decode()
