"""Nudges: processes tell each other that something was queued."""

import asyncio
from collections import Counter

from redis.asyncio import Redis

from adapters.aio import spawn
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.redis.wire import ask
from core.errors import Unavailable
from core.ids import DeskId
from tests.contract.redis.hearing import heard_by, listened_to
from tests.contract.store.things import a_notice, an_inquiry, decided
from tests.waiting import until


async def test_other_processes_are_nudged(redis_client: Redis) -> None:
    """A commit that queues something is heard by all other processes, and nothing else is."""
    ours = RedisStore(redis_client, name="ours", on_queued=lambda: None)
    theirs = RedisStore(redis_client, name="theirs", on_queued=lambda: None)
    heard: Counter[str] = Counter()
    listening = spawn(heard_by(RedisOutbox(redis_client, name="ours"), heard), "listening")
    await until(lambda: listened_to(redis_client))
    await theirs.commit(decided(an_inquiry(1)))
    for number, store in ((2, ours), (3, theirs), (4, ours), (5, theirs)):
        inquiry = an_inquiry(number)
        await store.commit(decided(inquiry, queue=[a_notice(inquiry), a_notice(inquiry)]))
    await until(lambda: heard["nudges"] >= 2)
    assert heard["nudges"] == 2
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_a_batch_nudges_once_for_each_partition(redis_client: Redis) -> None:
    """However many of its decisions queue something."""
    theirs = RedisStore(redis_client, name="theirs", on_queued=lambda: None)
    heard: Counter[str] = Counter()
    listening = spawn(heard_by(RedisOutbox(redis_client, name="ours"), heard), "listening")
    await until(lambda: listened_to(redis_client))
    for desk in (DeskId("tanuki"), DeskId("kitsune")):
        inquiries = [an_inquiry(number, desk=desk) for number in range(1, 6)]
        await theirs.commit_many([decided(one, queue=[a_notice(one)]) for one in inquiries])
    await until(lambda: heard["nudges"] >= 2)
    assert heard["nudges"] == 2
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_a_listener_that_is_cut_off_says_so(redis_client: Redis) -> None:
    """Whoever listens has to listen again, and look at the queues before: nudges may have been missed."""
    listening = spawn(heard_by(RedisOutbox(redis_client, name="ours"), Counter()), "listening")
    await until(lambda: listened_to(redis_client))
    await ask(redis_client, "CLIENT", "KILL", "TYPE", "pubsub")
    assert isinstance(await listening, Unavailable)
