"""The scripts: known again after a restart, and true to their key tables."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis

from adapters.redis import scripts
from adapters.redis.connect import connect
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.redis.wire import ask
from core.decision import Scope
from core.errors import Unavailable
from core.ids import DeskId, Key, MessageId, WorkspaceId
from core.notices import Card, Notice
from core.ports import Settled
from tests.contract.store.things import (
    BUYER,
    DESK,
    HOUR,
    NOON,
    SELLER_PLACE,
    a_card,
    a_desk,
    a_draft,
    a_notice,
    a_person,
    a_seller,
    an_entry,
    an_inquiry,
    decided,
    moved,
)

LEARN = {scripts.READ, scripts.RING, scripts.TAKE, scripts.LIST}
"""Those that learn keys as they go, and say so."""


def _store(client: Redis) -> tuple[RedisStore, RedisOutbox]:
    return RedisStore(client, name="a", on_queued=lambda: None), RedisOutbox(client, name="a")


async def _day(client: Redis) -> None:
    """Everything that a desk does in a day, so that every script runs with every kind of key."""
    store, outbox = _store(client)
    inquiry = an_inquiry()
    await store.commit(decided(a_desk(), a_seller(), a_person(), a_draft(), key="set up"))
    await store.read(Scope(desk=DESK, key=Key("o"), person=BUYER, opening=True, sellers=True, mine=True))
    queue: list[Notice | Card] = [
        a_card(inquiry),
        a_notice(inquiry),
        a_notice(inquiry, n=1, ping=True),
        a_notice(inquiry, n=2),
    ]
    await store.commit(decided(inquiry, key="o", entries=[an_entry()], queue=queue))
    for receipt in ("card", "notice"):
        [lease] = await outbox.take(10)
        await outbox.settle([Settled(lease=lease, done=True, pause=0, receipt=MessageId(receipt))])
    await store.read(
        Scope(desk=DESK, key=Key("m"), person=BUYER, mine=True, message=(SELLER_PLACE, MessageId("card")))
    )
    await store.listing(DESK, "open", 5)
    [due] = await store.due(NOON + 24 * HOUR, 5)
    answered = moved(due.inquiry, anchor=None)
    await store.commit_many([decided(answered, a_draft("", version=2), before=due.inquiry)])
    [lease] = await outbox.take(10)
    await outbox.settle([Settled(lease=lease, done=False, pause=60, unknown=True)])
    await outbox.wake(SELLER_PLACE, DESK)
    workspace = WorkspaceId("slack:T01")
    await store.link(workspace, DESK)
    await store.unlink(workspace, DESK)
    [lease] = await outbox.take(10)
    await outbox.settle([Settled(lease=lease, done=True, pause=60)])
    await outbox.waiting()


@asynccontextmanager
async def _overheard(client: Redis) -> AsyncIterator[list[tuple[str, list[str]]]]:
    """What the server is told meanwhile: who says it (`lua` for a script), and the words."""
    said: list[tuple[str, list[str]]] = []
    async with client.monitor() as monitor:
        yield said
        await client.echo("enough")
        while (heard := await monitor.next_command())["command"] != "ECHO enough":
            said.append((heard["client_type"], heard["command"].split(" ")))


async def test_scripts_touch_declared_keys_only(redis_client: Redis) -> None:
    """Those that learn keys as they go stay in the slot of the declared ones; all others declare all."""
    await _day(redis_client)
    await redis_client.flushall()
    ran = set()
    async with _overheard(redis_client) as said:
        await _day(redis_client)
    by_digest = {script.digest: script for script in scripts.ALL}
    script, declared = None, set()
    for who, words in said:
        if words[0] == "EVALSHA":
            script, declared = by_digest[words[1]], set(words[3 : 3 + int(words[2])])
            ran.add(script)
        elif who == "lua" and words[0] not in {"TIME", "PUBLISH"}:
            assert script is not None
            tags = {key.partition("}")[0] for key in declared}
            assert words[1] in declared or (script in LEARN and words[1].partition("}")[0] in tags), words
    assert ran == set(scripts.ALL)


async def test_scripts_are_sent_again_to_a_server_that_forgot_them(redis_client: Redis) -> None:
    """After a restart or a flush, single calls and batches go on as if nothing had been."""
    for _ in range(2):
        await redis_client.flushall()
        await ask(redis_client, "SCRIPT", "FLUSH")
        await _day(redis_client)
    store, _ = _store(redis_client)
    await ask(redis_client, "SCRIPT", "FLUSH")
    desks = [DeskId(f"desk{n}") for n in range(20)]
    committed = await store.commit_many([decided(an_inquiry(desk=desk)) for desk in desks])
    assert committed == [True] * 20


async def test_commits_in_flight_at_once_are_each_committed(redis_client: Redis) -> None:
    """Many connections may commit at the same time, each its own."""
    store, _ = _store(redis_client)
    await asyncio.gather(*(store.commit(decided(an_inquiry(n))) for n in range(1, 65)))
    assert (await store.listing(DESK, "open", 1)).total == 64


async def test_a_server_that_is_away_is_unavailable() -> None:
    """Every call says so, and none says anything else."""
    store, outbox = _store(connect("unix:///nowhere/redis.sock"))
    with pytest.raises(Unavailable):
        await store.read(Scope(desk=DESK, key=Key("k")))
    with pytest.raises(Unavailable):
        await store.commit(decided(a_desk()))
    with pytest.raises(Unavailable):
        await store.desks()
    with pytest.raises(Unavailable):
        await store.shown(DESK, 1)
    with pytest.raises(Unavailable):
        await outbox.take(1)
