"""The stores and outboxes that the contract is held against.

The model; every server program of this machine; and one that is a cluster of one, where a command that leaves
its slot is refused.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.outbox import RedisOutbox
from adapters.redis.store import RedisStore
from adapters.redis.wire import ask
from core.ports import Outbox, Store
from tests.aging import age
from tests.leaks import check_keys
from tests.model.store import ModelStore
from tests.servers import binaries, serving
from tests.waiting import until

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
    binary, clustered = request.param
    settings = {"cluster_enabled": "yes", "cluster_port": _free_port()} if clustered else {}
    with asyncio.Runner() as runner:
        server = serving(binary, tmp_path_factory.mktemp("store"), **settings)
        url = runner.run(server.__aenter__())
        if clustered:
            runner.run(_own_all_slots(url))
        yield url
        runner.run(server.__aexit__(None, None, None))


def _free_port() -> str:
    """For the cluster's bus: the default is the same for every server without a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return str(listening.getsockname()[1])


async def _own_all_slots(url: str) -> None:
    client = connect(url)
    await ask(client, "CLUSTER", "ADDSLOTSRANGE", 0, 16383)
    await until(lambda: _serves(client))
    await client.aclose()


async def _serves(client: Redis) -> bool:
    return b"cluster_state:ok" in await ask(client, "CLUSTER", "INFO")


@pytest.fixture
async def kept(address: str | None) -> AsyncIterator[Kept]:
    """An empty store; afterwards, nothing has leaked."""
    if address is None:
        model = ModelStore()
        yield Kept(model, model.outbox, model.age, model.nudges)
        return
    client = connect(address)
    await client.flushall()
    yield _on_redis(client)
    await check_keys(client)
    await client.aclose()


def _on_redis(client: Redis) -> Kept:
    heard: list[str] = []
    store = RedisStore(client, name="here", on_queued=lambda: heard.append("queued"))
    return Kept(store, RedisOutbox(client, name="here"), lambda seconds: age(client, seconds), heard)
