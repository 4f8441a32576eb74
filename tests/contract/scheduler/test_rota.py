"""The rota: all duties running, as in a process that schedules."""

import asyncio

from core.notices import Held
from tests.clocks import NOON
from tests.contract.scheduler.house import House
from tests.contract.store.things import SELLER_PLACE, an_inquiry
from tests.waiting import until


async def test_running(real: House) -> None:
    """Started, the duties tell what is due and deliver what is queued; stopped, they do nothing more."""
    await real.open()
    real.clock.advance(hours=24)
    real.rota.start()
    await until(lambda: len(real.messenger.notices) == 1)
    await real.queue(an_inquiry(), Held(number=1, due_at=NOON))
    await real.age(1)
    real.rota.queued()
    await until(lambda: len(real.messenger.said[SELLER_PLACE]) == 2)
    await until(lambda: len(real.rota.status.passed_at) == 5)
    await real.rota.stop()
    assert sum(real.rota.status.failures.values()) == 0
    await real.queue(an_inquiry(), Held(number=1, due_at=NOON))
    real.rota.queued()
    assert (await real.outbox.waiting()).places == 1


async def test_stopping_lets_deliveries_end(real: House) -> None:
    """What is being delivered when the rota stops is delivered and settled."""
    await real.open()
    await real.queue(an_inquiry(), Held(number=1, due_at=NOON))
    release = real.messenger.gate[SELLER_PLACE] = asyncio.Event()
    real.rota.start()
    await real.messenger.begun.wait()
    asyncio.get_running_loop().call_soon(release.set)
    await real.rota.stop()
    assert (await real.outbox.waiting()).places == 0
