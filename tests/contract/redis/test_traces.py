"""Traces in Redis: the number of partitions, what is broken and has to show, and how little stays behind."""

import pytest
from redis.asyncio import Redis

from adapters.redis import codec, keys
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from core.decision import Scope
from core.errors import Misconfigured
from core.ids import DeskId, Key
from core.ports import Settled, Stored
from core.records import Outcome
from tests.aging import age
from tests.contract.store.things import (
    DESK,
    HOUR,
    NOON,
    SELLER_PLACE,
    a_desk,
    a_notice,
    an_inquiry,
    decided,
    moved,
)

TAG = keys.tag(DESK)
INQUIRY = an_inquiry()


@pytest.fixture
async def store(redis_client: Redis) -> RedisStore:
    """A store with a desk and its first inquiry, of which a notice waits."""
    store = RedisStore(redis_client, name="here", on_queued=lambda: None)
    await store.commit(decided(a_desk()))
    await store.read(Scope(desk=DESK, key=Key("o"), opening=True))
    await store.commit(decided(INQUIRY, queue=[a_notice(INQUIRY)]))
    return store


async def _audited(store: RedisStore) -> Stored:
    [[one]] = [chunk async for chunk in store.stored(DESK)]
    return one


async def test_the_number_of_partitions_is_written_down_once(redis_client: Redis) -> None:
    """A database spread over another number of partitions is refused by name, and left as it is."""
    await keys.adopt_partitions(redis_client)
    await keys.adopt_partitions(redis_client)
    await redis_client.set("partitions", 32)
    with pytest.raises(Misconfigured, match=r"32 partitions, not 64"):
        await keys.adopt_partitions(redis_client)
    assert await redis_client.get("partitions") == b"32"


def test_desks_spread_over_the_partitions() -> None:
    """A thousand desks leave no partition empty, and a desk stays in its own for ever."""
    assert {keys.tag(DeskId(f"desk{n}")) for n in range(1_000)} == set(keys.TAGS)
    assert keys.tag(DeskId("tanuki")) == "{p18}"


async def test_an_alarm_without_an_inquiry_is_counted(redis_client: Redis, store: RedisStore) -> None:
    """Waiting or ringing, it is an orphan; it is given to no sweep, and holds up no other alarm."""
    assert await store.orphans(DESK) == 0
    early = codec.micros(NOON)
    await redis_client.zadd(keys.alarms(TAG), {f"{DESK}.77": early, f"{DESK}.78": early, "other.1": early})
    assert await store.orphans(DESK) == 2
    [due] = await store.due(NOON + 24 * HOUR, 10)
    assert due.inquiry == INQUIRY
    assert await store.orphans(DESK) == 2


async def test_a_queue_without_a_turn_is_stuck(redis_client: Redis, store: RedisStore) -> None:
    """The audit names the place, and waking it gets it going."""
    assert not (await _audited(store)).stuck
    await redis_client.delete(keys.places(TAG))
    assert (await _audited(store)).stuck == {SELLER_PLACE}
    outbox = RedisOutbox(redis_client, name="here")
    await outbox.wake(SELLER_PLACE, DESK)
    assert not (await _audited(store)).stuck
    assert len(await outbox.take(10)) == 1


async def test_what_does_not_fit_an_inquiry_is_seen(redis_client: Redis, store: RedisStore) -> None:
    """A missing alarm, an alarm of a closed inquiry and entries left in indexes come with the inquiry."""
    await redis_client.delete(keys.alarms(TAG))
    assert (await _audited(store)).waiting is None
    closed = moved(INQUIRY, anchor=None, outcome=Outcome.SOLVED)
    await store.commit(decided(closed, before=INQUIRY))
    await redis_client.zadd(keys.alarms(TAG), {f"{DESK}.1": codec.micros(NOON)})
    await redis_client.zadd(keys.index(DESK, "open"), {"1": 5})
    stored = await _audited(store)
    assert (stored.inquiry, stored.waiting, stored.indexes) == (closed, NOON, frozenset({("open", 5.0)}))


async def test_a_delivered_queue_leaves_nothing_behind(redis_client: Redis, store: RedisStore) -> None:
    """Neither queue nor lease nor turn, and the rest of a place is forgotten once it is over."""
    outbox = RedisOutbox(redis_client, name="here")
    [lease] = await outbox.take(10)
    await outbox.settle([Settled(lease=lease, done=True, pause=1)])
    names = (keys.places(TAG), keys.leases(TAG), keys.marks(TAG), keys.queue(DESK, SELLER_PLACE))
    assert await redis_client.exists(*names) == 0
    assert await redis_client.zcard(keys.resting(TAG)) == 1
    await age(redis_client, 2)
    elsewhere = an_inquiry(2)
    await store.commit(decided(elsewhere, queue=[a_notice(elsewhere)]))
    await outbox.take(10)
    assert await redis_client.exists(keys.resting(TAG)) == 0
