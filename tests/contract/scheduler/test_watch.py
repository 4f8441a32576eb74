"""The watch: staff hear when their desk is not well, once an hour, and not of what passes by itself."""

from datetime import timedelta

from redis.asyncio import Redis

from adapters.redis import keys
from core.ids import DeskId
from core.notices import Held, Trouble
from scheduler.status import ready
from tests.clocks import NOON
from tests.contract.scheduler.house import House
from tests.contract.store.things import DESK, STAFF_PLACE, an_inquiry


async def _troubles(house: House) -> list[Trouble]:
    await house.deliver()
    return [what for what in house.told() if isinstance(what, Trouble)]


async def _watch(house: House, times: int = 2) -> None:
    for _ in range(times):
        house.rota.status.passed("watch", await house.rota.watch.run_once())


async def test_all_is_well(house: House) -> None:
    """Nobody is told anything while all is well."""
    await house.open()
    await _watch(house)
    assert await _troubles(house) == []


async def test_sweep_late(house: House) -> None:
    """A sweep that is two minutes late is told in the staff place, with how late it is."""
    await house.open()
    house.clock.advance(hours=24, minutes=3)
    await _watch(house)
    late_since = NOON + timedelta(hours=24)
    assert await _troubles(house) == [Trouble(number=0, kind="sweep_late", count=180, since=late_since)]
    [notice] = house.messenger.notices
    assert notice.place == STAFF_PLACE


async def test_said_once_an_hour(house: House) -> None:
    """While a trouble lasts it is told once an hour."""
    await house.open()
    house.clock.advance(hours=24, minutes=3)
    await _watch(house, 5)
    assert len(await _troubles(house)) == 1
    house.clock.advance(hours=1)
    await _watch(house)
    assert len(await _troubles(house)) == 2


async def test_passing_lateness(house: House) -> None:
    """What a restart or a moved clock leaves behind until the next sweep alarms nobody."""
    await house.open()
    house.clock.advance(hours=24, minutes=3)
    await _watch(house, 1)
    await house.rota.sweep.run_once()
    await _watch(house, 1)
    assert await _troubles(house) == []


async def test_delivery_stuck(house: House) -> None:
    """Notices that nobody has fetched for five minutes are told."""
    await house.open()
    await house.queue(an_inquiry(), Held(number=1, due_at=NOON))
    await house.age(301)
    await _watch(house)
    [trouble] = await _troubles(house)
    assert (trouble.kind, trouble.count) == ("delivery_stuck", 1)


async def test_clock_off(house: House) -> None:
    """A worker that does not sweep because of its clock tells every desk."""
    await house.furnish(DeskId("neko"))
    house.rota = house.another_worker(wall=lambda: house.wall() + timedelta(seconds=90))
    house.rota.status.passed("sweep", await house.rota.sweep.run_once())
    await _watch(house)
    assert [(one.kind, one.count) for one in await _troubles(house)] == [("clock_off", 90)] * 2


async def test_audit_failed(real: House, redis_client: Redis) -> None:
    """Faults that the audit found are told to the desk concerned, with their number."""
    await real.furnish(DeskId("neko"))
    await real.open()
    await redis_client.zrem(keys.alarms(keys.tag(DESK)), f"{DESK}.1")
    real.rota.status.passed("audit", await real.rota.audit.run_once())
    await _watch(real)
    [trouble] = await _troubles(real)
    assert (trouble.kind, trouble.count) == ("audit_failed", 1)
    assert [notice.desk for notice in real.messenger.notices] == [DESK]


async def test_ready(house: House) -> None:
    """A worker that has swept, delivered, audited and watched without finding anything is ready."""
    status = house.rota.status
    assert not all(check.fine for check in ready(status, house.wall()).values())
    status.passed("sweep", await house.rota.sweep.run_once())
    status.passed("delivery", await house.rota.delivery.run_once())
    status.passed("audit", await house.rota.audit.run_once())
    await _watch(house)
    assert all(check.fine for check in ready(status, house.wall()).values())
