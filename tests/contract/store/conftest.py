"""The stores and outboxes that the contract is held against.

The model; every server program of this machine; and a cluster of three masters, where a command that leaves
its slot is refused.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from core.ports import Outbox, Store
from tests.aging import age
from tests.fleets import clustered, nodes_of
from tests.leaks import check_keys
from tests.model.store import ModelStore
from tests.servers import binaries, serving

CLUSTER = "cluster"


@dataclass(frozen=True)
class Kept:
    """A store with its outbox; `age` lets seconds pass on their clock, `heard` grows with each nudge."""

    store: Store
    outbox: Outbox
    age: Callable[[float], Awaitable[None]]
    heard: list[str]


def _servers() -> list[object]:
    found = binaries()
    alone = [pytest.param((binary, False), id=str(binary.version).replace(" ", "-")) for binary in found]
    return ["model", *alone, *(pytest.param((binary, True), id=CLUSTER) for binary in found[-1:])]


@pytest.fixture(scope="session", params=_servers())
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """The address of a server of each kind in turn; None for the model."""
    if request.param == "model":
        yield None
        return
    binary: Binary
    binary, several = request.param
    folder = tmp_path_factory.mktemp("store")
    with asyncio.Runner() as runner:
        servers = _cluster(binary, folder) if several else serving(binary, folder)
        yield runner.run(servers.__aenter__())
        runner.run(servers.__aexit__(None, None, None))


@asynccontextmanager
async def _cluster(binary: Binary, folder: Path) -> AsyncIterator[str]:
    async with clustered(binary, folder) as fleet:
        yield fleet.url


@pytest.fixture
async def kept(address: str | None) -> AsyncIterator[Kept]:
    """An empty store; afterwards, nothing has leaked."""
    if address is None:
        model = ModelStore()
        yield Kept(model, model.outbox, model.age, model.nudges)
        return
    client = connect(address)
    for node in await nodes_of(client):
        await node.flushall()
    yield _on_redis(client)
    for node in await nodes_of(client):
        await check_keys(node)
    await client.aclose()


def _on_redis(client: Redis) -> Kept:
    heard: list[str] = []
    store = RedisStore(client, name="here", on_queued=lambda: heard.append("queued"))
    return Kept(store, RedisOutbox(client, name="here"), lambda seconds: age(client, seconds), heard)
