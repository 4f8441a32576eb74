"""A cluster of three masters: each command finds the one that holds its keys, wherever that is by now."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.crc import key_slot

from adapters.aio import spawn
from adapters.redis import keys
from adapters.redis.binary import Binary
from adapters.redis.cluster import Cluster
from adapters.redis.connect import connect
from adapters.redis.health import Health, check
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.redis.wire import ask, ask_all, ask_at_once
from core.errors import Misconfigured, Unavailable
from core.ids import DeskId
from scheduler.aio import breathe
from tests.contract.redis.hearing import heard_by, listened_to
from tests.contract.redis.moving import at, give, home, id_of, takes, whole
from tests.contract.redis.test_steady import cancelled_anywhere
from tests.contract.store.things import NOON, a_desk, a_notice, an_inquiry, decided
from tests.fleets import Fleet, clustered, lone, nodes_of
from tests.servers import binaries
from tests.waiting import until

NAMES = [f"key {n}" for n in range(12)]
MANY = [DeskId(name) for name in ("tanuki", "kitsune", "kappa", "tengu", "oni", "baku")]


@pytest.fixture(scope="module", params=binaries(), ids=lambda binary: str(binary.version).replace(" ", "-"))
def fleet(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A cluster of each server program in turn."""
    with asyncio.Runner() as runner:
        servers = clustered(request.param, tmp_path_factory.mktemp("cluster"))
        yield runner.run(servers.__aenter__())
        runner.run(servers.__aexit__(None, None, None))


@pytest.fixture
async def client(fleet: Fleet) -> AsyncIterator[Cluster]:
    """A client of the cluster, which is empty."""
    client = connect(fleet.url)
    assert isinstance(client, Cluster)
    for node in await nodes_of(client):
        await node.flushall()
    yield client
    await client.aclose()


async def test_replies_come_in_the_order_of_the_commands(client: Cluster) -> None:
    """Whatever masters hold the keys of several commands, their replies stand where the commands stood."""
    await ask_all(client, [("SET", name, name) for name in NAMES])
    assert await ask_all(client, [("GET", name) for name in NAMES]) == [name.encode() for name in NAMES]
    assert [await ask(client, "GET", name) for name in NAMES] == [name.encode() for name in NAMES]
    sizes = [await node.dbsize() for node in await nodes_of(client)]
    assert sum(sizes) == len(NAMES)
    assert len(sizes) == 3
    assert all(sizes)


async def test_scripts_run_on_every_master(client: Cluster) -> None:
    """Decisions of desks on all masters are committed together, also where one has forgotten the script."""
    store = RedisStore(client, name="here", on_queued=lambda: None)
    assert all(await store.commit_many([decided(a_desk(id=desk)) for desk in MANY]))
    forgetful = (await nodes_of(client))[0]
    await forgetful.script_flush()
    openings = [decided(an_inquiry(1, desk=desk)) for desk in MANY]
    assert await store.commit_many(openings) == [True] * len(MANY)
    assert await store.desks() == sorted(MANY)
    assert {due.desk.id for due in await store.due(NOON + timedelta(hours=25), 100)} == set(MANY)


async def test_the_number_of_partitions_is_written_down_once(client: Cluster) -> None:
    """It is in one place of the cluster, and holds for all of it."""
    await keys.adopt_partitions(client)
    await ask(client, "SET", "partitions", keys.PARTITIONS + 1)
    with pytest.raises(Misconfigured):
        await keys.adopt_partitions(client)


async def test_64_commands_run_at_once_at_each_master(client: Cluster) -> None:
    """Sixty-four commands that wait for one another do not wait for a connection."""
    waiting = [client.blpop(["queue"], timeout=4) for _ in range(64)]
    answers = await asyncio.gather(*waiting, client.rpush("queue", *range(64)))
    assert None not in answers


async def test_a_slot_that_has_moved_is_followed(client: Cluster, fleet: Fleet) -> None:
    """Commands find a slot's keys where they are now: one by one, several together, and of one instant."""
    homes = {name: await home(client, name, fleet) for name in NAMES}
    for name in NAMES:
        await give(fleet, 2, name)
    assert await ask(client, "SET", NAMES[0], "there")
    assert all(await ask_all(client, [("SETNX", name, "there") for name in NAMES[1:]]))
    assert await at(fleet, 2, "DBSIZE") == len(NAMES)
    await at(fleet, 2, "FLUSHALL")
    for name in NAMES:
        await give(fleet, 1, name)
    assert await ask_at_once(client, [("SET", NAMES[0], "here"), ("GET", NAMES[0])]) == [True, b"here"]
    assert all(await ask_all(client, [("SETNX", name, "here") for name in NAMES[1:]]))
    assert await at(fleet, 1, "DBSIZE") == len(NAMES)
    await at(fleet, 1, "FLUSHALL")
    for name, first in homes.items():
        await give(fleet, first, name)


async def test_a_slot_that_is_on_its_way_is_asked_for_there(client: Cluster, fleet: Fleet) -> None:
    """While a slot moves, what has left is found where it goes; what needs both masters is Unavailable."""
    key, other = "{moving}:a", "{moving}:b"
    slot = key_slot(key.encode())
    source = await home(client, key, fleet)
    target = (source + 1) % 3
    await ask(client, "SET", key, "before")
    await at(fleet, target, "CLUSTER", "SETSLOT", slot, "IMPORTING", await id_of(fleet, source))
    await at(fleet, source, "CLUSTER", "SETSLOT", slot, "MIGRATING", await id_of(fleet, target))
    assert await ask(client, "GET", key) == b"before"
    await asyncio.gather(*(ask(client, "SET", other, "after") for _ in range(8)))
    assert await ask_all(client, [("GET", key), ("GET", other)]) == [b"before", b"after"]
    with pytest.raises(Unavailable):
        await ask(client, "MGET", key, other)
    with pytest.raises(Unavailable):
        await ask_at_once(client, [("GET", other)])
    await at(fleet, source, "DEL", key)
    await give(fleet, target, key)
    assert await ask_all(client, [("GET", key), ("GET", other)]) == [None, b"after"]


async def test_a_slot_that_nobody_holds_is_unavailable_until_somebody_does(
    client: Cluster, fleet: Fleet
) -> None:
    """A cluster with a hole takes nothing, and is found again when the hole is filled."""
    slot = key_slot(b"key")
    holder = await home(client, "key", fleet)
    for number in range(3):
        await at(fleet, number, "CLUSTER", "DELSLOTS", slot)
    for _ in range(3):
        with pytest.raises(Unavailable):
            await ask(client, "SET", "key", "value")
        with pytest.raises(Unavailable):
            await ask_all(client, [("SET", "key", "value"), ("SET", "other", "value")])
    await at(fleet, holder, "CLUSTER", "ADDSLOTS", slot)
    await until(lambda: whole(client))
    assert await ask_all(client, [("SET", name, "value") for name in NAMES]) == [True] * len(NAMES)


async def test_the_next_act_finds_the_new_master(binary: Binary, tmp_path: Path) -> None:
    """When a master dies, acts are Unavailable until its replica has its place, and then go on."""
    async with clustered(binary, tmp_path, spare=True) as fleet:
        client = connect(fleet.url)
        store = RedisStore(client, name="here", on_queued=lambda: None)
        [desk, *_] = [desk for desk in MANY if await home(client, keys.desk(desk), fleet) == 0]
        opened = decided(an_inquiry(1, desk=desk), key="opened")
        await store.commit(opened)
        await at(fleet, 0, "WAIT", 1, 1_000)
        fleet.members[0].kill()
        with pytest.raises(Unavailable):
            await store.commit(opened)
        await until(lambda: takes(client, keys.tag(desk)))
        await until(lambda: whole(client))
        assert await store.commit(opened) == opened.answer
        assert all(await store.commit_many([decided(an_inquiry(2, desk=one)) for one in MANY]))
        await client.aclose()


async def test_nudges_are_heard_from_every_node(client: Cluster) -> None:
    """A commit at any master is heard wherever somebody listens; who is cut off listens elsewhere next."""
    outbox, heard = RedisOutbox(client, name="here"), Counter[str]()
    there = RedisStore(client, name="there", on_queued=lambda: None)
    numbers = count(1)

    async def nudged(desk: DeskId) -> bool:
        before, inquiry = heard["nudges"], an_inquiry(next(numbers), desk=desk)
        await there.commit(decided(inquiry, queue=[a_notice(inquiry)]))
        await breathe()
        return heard["nudges"] > before

    for _ in range(3):
        listening = spawn(heard_by(outbox, heard), "listening")
        await until(lambda: _heard_anywhere(client))
        for desk in MANY:
            await until(partial(nudged, desk))  # between nodes, a nudge may be lost
        for node in await nodes_of(client):
            await ask(node, "CLIENT", "KILL", "TYPE", "pubsub")
        assert isinstance(await listening, Unavailable)


async def test_every_master_is_examined(client: Cluster) -> None:
    """All of them have to be safe; what is said of one names it."""
    first, second, _ = await client.masters()
    assert (await _examined(client)).findings == ()
    await (await client.masters())[second].config_set("appendfsync", "everysec")
    with pytest.raises(Misconfigured) as caught:
        await _examined(client)
    assert second in caught.value.problem
    (finding,) = (await _examined(client, accept_loss=True)).findings
    assert finding.startswith(second)
    assert first not in finding
    await (await client.masters())[second].config_set("appendfsync", "always")


async def test_a_node_is_no_server(fleet: Fleet) -> None:
    """A node of a cluster is refused as a server: it holds only some of the desks."""
    client = connect(fleet.members[0].url)
    with pytest.raises(Misconfigured, match=r"Write redis\+cluster://"):
        await _examined(client)
    await client.aclose()


async def test_a_server_is_no_cluster(binary: Binary, tmp_path: Path) -> None:
    """A server by itself is refused as a cluster."""
    async with lone(binary, tmp_path) as server:
        client = connect(f"redis+cluster://127.0.0.1:{server.port}")
        with pytest.raises(Misconfigured, match="not part of a cluster"):
            await _examined(client)
        await client.aclose()


async def test_a_node_that_is_away_is_passed_over(fleet: Fleet) -> None:
    """One that answers is enough to find all; where none does, the cluster is Unavailable."""
    client = connect(fleet.url.replace("//", "//127.0.0.1:1,"))
    assert await ask(client, "SET", "key", "value")
    await client.aclose()
    client = connect("redis+cluster://127.0.0.1:1")
    with pytest.raises(Unavailable, match="no node of the cluster answers"):
        await ask(client, "PING")
    await client.aclose()


async def test_looking_at_the_map_can_be_cancelled(fleet: Fleet) -> None:
    """A command that is cancelled while it looks for its master ends as cancelled."""
    await cancelled_anywhere(fleet.url)


async def _heard_anywhere(client: Redis) -> bool:
    return any([await listened_to(node) for node in await nodes_of(client)])


async def _examined(client: Redis, *, accept_loss: bool = False) -> Health:
    now = await RedisStore(client, name="here", on_queued=lambda: None).time()
    return await check(client, now=now, accept_loss=accept_loss)
