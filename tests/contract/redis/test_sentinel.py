"""A master that Sentinels watch: it is found, and found again after another has taken its place."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.aio import spawn
from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.health import check
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.redis.wire import ask
from core.errors import Misconfigured, Unavailable
from tests.contract.redis.hearing import heard_by, listened_to
from tests.contract.redis.test_steady import cancelled_anywhere
from tests.contract.store.things import DESK, a_notice, an_inquiry, decided
from tests.fleets import Fleet, watched
from tests.waiting import until


async def test_the_next_act_finds_the_new_master(binary: Binary, tmp_path: Path) -> None:
    """While no master lives, acts are Unavailable; then all that was answered is there, once."""
    async with watched(binary, tmp_path) as fleet:
        client = connect(fleet.url)
        store = RedisStore(client, name="there", on_queued=lambda: None)
        outbox, heard = RedisOutbox(client, name="here"), Counter[str]()
        listening = spawn(heard_by(outbox, heard), "listening")
        opened = decided(an_inquiry(1), key="opened")
        await store.commit(opened)
        await until(lambda: listened_to(client))
        assert await client.wait(1, 1_000) == 1  # the replica has it
        fleet.members[0].kill()
        with pytest.raises(Unavailable):
            await store.commit(opened)
        assert isinstance(await listening, Unavailable)
        await until(lambda: _serves(client))
        assert await store.commit(opened) == opened.answer
        listening = spawn(heard_by(outbox, heard), "listening")
        await until(lambda: listened_to(client))
        inquiry = an_inquiry(2)
        await store.commit(decided(inquiry, queue=[a_notice(inquiry)]))
        await until(lambda: heard["nudges"] == 1)
        assert all([await store.shown(DESK, number) for number in (1, 2)])
        listening.cancel()
        await asyncio.wait([listening])
        await client.aclose()


async def test_a_master_that_was_replaced_is_left(binary: Binary, tmp_path: Path) -> None:
    """When another takes its place although it lives, its connections are not used any more."""
    async with watched(binary, tmp_path) as fleet:
        client, sentinel = connect(fleet.url), connect(_watcher(fleet))
        await asyncio.gather(*(client.set(f"key {n}", "before") for n in range(8)))
        await ask(sentinel, "SENTINEL", "FAILOVER", "mymaster")
        await until(lambda: _leads_to(client, fleet.members[1].port))
        for n in range(8):
            await client.set(f"key {n}", "after")
        await client.aclose()
        await sentinel.aclose()


async def test_what_a_replica_may_lack_is_said(binary: Binary, tmp_path: Path) -> None:
    """A master whose replica may take over without the last acts is served, and that is said."""
    async with watched(binary, tmp_path) as fleet:
        client = connect(fleet.url)
        seconds, micros = await client.time()
        now = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)
        (finding,) = (await check(client, now=now, accept_loss=False)).findings
        assert "min-replicas-to-write 1" in finding
        await client.config_set("min-replicas-to-write", 1)
        assert (await check(client, now=now, accept_loss=False)).findings == ()
        await client.aclose()


async def test_what_the_sentinels_refuse_is_to_be_set_right(binary: Binary, tmp_path: Path) -> None:
    """A name they do not watch, a password they miss and a server that is no Sentinel each stop the desk."""
    async with watched(binary, tmp_path, requirepass="secret") as fleet:
        ours = f"{fleet.url}?sentinel_password=secret"
        client = connect(ours)
        assert await ask(client, "PING")
        await client.aclose()
        wrong = {
            fleet.url: "sentinel_password=",
            ours.replace("mymaster", "theirs"): "SENTINEL MASTERS",
            f"redis+sentinel://127.0.0.1:{fleet.members[0].port}/mymaster": "Name the Sentinels",
        }
        for url, mend in wrong.items():
            client = connect(url)
            with pytest.raises(Misconfigured, match=mend):
                await ask(client, "PING")
            await client.aclose()


async def test_a_sentinel_that_is_away_is_passed_over(binary: Binary, tmp_path: Path) -> None:
    """One that answers is enough; where none does, the server is Unavailable."""
    async with watched(binary, tmp_path) as fleet:
        assert fleet.spare is not None
        client = connect(fleet.url.replace("//", "//127.0.0.1:1,"))
        assert await ask(client, "PING")
        fleet.spare.kill()
        assert await ask(client, "PING")
        await client.connection_pool.disconnect()
        with pytest.raises(Unavailable, match="none of the Sentinels answers"):
            await ask(client, "PING")
        await client.aclose()


async def test_asking_the_sentinels_can_be_cancelled(binary: Binary, tmp_path: Path) -> None:
    """A command that is cancelled while it looks for the master ends as cancelled."""
    async with watched(binary, tmp_path) as fleet:
        await cancelled_anywhere(fleet.url)


def _watcher(fleet: Fleet) -> str:
    assert fleet.spare is not None
    return fleet.spare.url


async def _serves(client: Redis) -> bool:
    try:
        return bool(await ask(client, "SET", "serves", "yes", "EX", 1))
    except Unavailable:
        return False


async def _leads_to(client: Redis, port: int) -> bool:
    try:
        _, there = await ask(client, "CONFIG", "GET", "port")
        return int(there) == port and await _serves(client)
    except Unavailable:
        return False
