"""The connection to Redis.

Called by bots with REDIS_URL, and by the embedded server with its own address. Makes the one client that
everything in this package speaks through. Never opens a connection itself: the first command does.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.utils import HIREDIS_AVAILABLE

from adapters.redis.steady import steady
from core.errors import Misconfigured

ACCEPTED: Final = ("redis://", "rediss://", "unix://")
# 64 commands at once, and a few connections more for those that stay in use (pub/sub, the audit's stream).
CONNECTIONS: Final = 72
TIMEOUTS: Final[dict[str, Any]] = {
    "timeout": 5.0,  # for a free connection of the pool
    "socket_connect_timeout": 2.0,
    "socket_timeout": 5.0,  # for an answer: with appendfsync always, a slow disk holds it up
}


def connect(url: str) -> Redis:
    """A client for redis://, rediss:// (TLS) or unix:// addresses; replies are bytes.

    Nothing is ever sent twice: a command whose answer was lost may have been carried out, and only its caller
    knows whether it may be repeated. Options in the address's query go before ours.
    Raises Misconfigured for any other address; it never repeats the address, which may hold a password.
    """
    if not HIREDIS_AVAILABLE:
        raise Misconfigured(
            "hiredis",
            "is not installed, or too old for this redis-py.",
            "Install Henji from its lock file (make run).",
        )
    if not url.startswith(ACCEPTED):
        raise _unusable("has to begin with redis://, rediss:// (TLS) or unix://.")
    if url.startswith("unix://") and not urlsplit(url).path:
        raise _unusable("names no socket.")
    try:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            retry=Retry(NoBackoff(), 0),
            client_name="henji",
            protocol=2,
            driver_info=None,  # else two more commands at every connection
            **TIMEOUTS,
        )
        pool.connection_class = steady(pool.connection_class)
        # Sends nothing, but finds an option that redis-py does not know.
        pool.connection_class(**pool.connection_kwargs)
    except (TypeError, ValueError) as error:
        raise _unusable("can't be read as an address.") from error
    return Redis.from_pool(pool)


def _unusable(problem: str) -> Misconfigured:
    return Misconfigured(
        "REDIS_URL",
        problem,
        "Write redis://[user:password@]host[:6379][/0], the same with rediss:// for TLS, or "
        "unix:///path/to/redis.sock; or leave it empty, and Henji runs a server of its own.",
    )
