"""Desks with their servers, for tests: running, and left behind by a desk that was killed."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from redis.asyncio import Redis

from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded
from adapters.redis.folder import Folder

ROOT: Final = Path(__file__).resolve().parents[3]


@asynccontextmanager
async def started(folder: Path, binary: Binary) -> AsyncIterator[tuple[Redis, str]]:
    """A desk's server with a client of it, stopped at the end."""
    server = Embedded(folder, binary)
    url = await server.start()
    client = connect(url)
    try:
        yield client, url
    finally:
        await client.aclose()
        await server.stop()


async def pid_of(client: Redis) -> int:
    """The process id of the server behind a client."""
    return int((await client.info("server"))["process_id"])


async def left_behind(folder: Path, binary: Binary) -> int:
    """Kill a desk that has its server running; the process id of that server, which goes on."""
    desk = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.contract.redis.desk", folder, binary.path),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert desk.stdout is not None
    pid = int(await desk.stdout.readline())
    desk.kill()
    await desk.wait()
    assert Folder(folder).served
    return pid
