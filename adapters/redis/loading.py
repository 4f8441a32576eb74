"""From a started process to a server that answers.

Called by `embedded` after a start or a take-over. Waits as long as the server reads its records back, and
says in the log how far it is. Never gives up on a server that is loading.
"""

import asyncio
from typing import Any, Final

import structlog
from redis.asyncio import Redis

from adapters.aio import sleep
from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.damage import damage, last_line, report_cut
from adapters.redis.errors import translating
from adapters.redis.folder import Folder
from adapters.redis.process import LOOK_EVERY, Server
from core.errors import Unavailable

log = structlog.get_logger()

ANSWERS_WITHIN: Final = 30.0  # seconds to the first answer, which comes before anything is loaded
SAY_EVERY: Final = 2.0


async def ready(server: Server, folder: Folder, binary: Binary) -> None:
    """Return once the server has its records in memory.

    Raises Misconfigured when they are damaged, Unavailable when it ended for another reason or stays mute.
    """
    client = connect(folder.url)
    clock = asyncio.get_running_loop().time
    heard = said = clock()
    try:
        while server.running():
            state = await _persistence(client)
            now = clock()
            if state is not None:
                heard = now
                if not state["loading"]:
                    report_cut(server.said(), folder)
                    return
                if now - said > SAY_EVERY:
                    said = now
                    log.info("reading the records back", percent=round(float(state["loading_loaded_perc"])))
            elif now - heard > ANSWERS_WITHIN:
                raise Unavailable(f"The embedded server does not answer; its log is {folder.log}.")
            await sleep(LOOK_EVERY)
    finally:
        await asyncio.shield(client.aclose())  # cancelled before its first step, it would close nothing
    last = server.said()
    raise damage(last, folder, binary) or Unavailable(
        f"The embedded server ended ({last_line(last)}); its log is {folder.log}."
    )


async def _persistence(client: Redis) -> dict[str, Any] | None:
    try:
        with translating():
            return dict(await client.info("persistence"))
    except Unavailable:
        return None
