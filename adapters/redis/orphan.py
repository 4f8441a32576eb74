"""A server that a killed desk left behind.

Called by `embedded` before it starts one of its own. Takes it over when it serves this folder, ends it when
it does not answer. Never leaves two servers on one folder.
"""

import asyncio
from pathlib import Path
from typing import Final

import structlog

from adapters.aio import sleep
from adapters.redis.connect import connect
from adapters.redis.errors import translating
from adapters.redis.folder import SETTING, Folder
from adapters.redis.process import LOOK_EVERY, Server
from core.errors import Misconfigured, Unavailable

log = structlog.get_logger()

ANSWERS_WITHIN: Final = 3.0  # seconds; it may have been started a moment before its desk was killed


async def take_over(folder: Folder) -> Server | None:
    """The server that is on the folder already; None when there is none, or none any more."""
    clock = asyncio.get_running_loop().time
    give_up = clock() + ANSWERS_WITHIN
    while folder.served:
        pid = await _serving(folder)
        if pid is not None:
            log.info("took over the server that an earlier desk left behind", pid=pid)
            return Server(folder, pid, log_begins=folder.size_of_log())
        rest = _recorded(folder)
        if clock() > give_up or (rest is not None and not rest.led()):
            await _end(rest, folder)
        await sleep(LOOK_EVERY)
    return None


async def _serving(folder: Folder) -> int | None:
    """The process id of the server behind the folder's socket, if it keeps its data in this folder."""
    client = connect(folder.url)
    try:
        with translating():
            where = await client.config_get("dir")
            server = await client.info("server")
    except Unavailable:
        return None
    finally:
        await client.aclose()
    return int(server["process_id"]) if _same(str(where["dir"]), folder.path) else None


def _same(one: str, other: Path) -> bool:
    return Path(one).exists() and other.samefile(one)


def _recorded(folder: Folder) -> Server | None:
    try:
        return Server(folder, int(folder.pid_file.read_text()))
    except (OSError, ValueError):
        return None  # it has not come so far


async def _end(rest: Server | None, folder: Folder) -> None:
    if rest is None:
        raise Misconfigured(
            SETTING,
            f"({folder.path}) is held by a server that neither answers nor left its process id.",
            f"End it by hand: fuser -k {folder.path / 'server.lock'}",
        )
    log.warning("a server left behind does not answer, and is ended", pid=rest.pid)
    await rest.end()
