"""The connection to Redis.

Called by bots with REDIS_URL, and by the embedded server with its own address. Makes the one client that
everything in this package speaks through. Never opens a connection itself: the first command does.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.utils import HIREDIS_AVAILABLE

from adapters.redis.address import SEVERAL, Node, Several, several
from adapters.redis.cluster import Cluster
from adapters.redis.sentinel import MasterPool, Sentinels
from adapters.redis.steady import steady
from core.errors import Misconfigured

ONE: Final = ("redis://", "rediss://", "unix://")
# 64 commands at once, and a few connections more for those that stay in use (pub/sub, the audit's stream).
CONNECTIONS: Final = 72
TIMEOUTS: Final[dict[str, Any]] = {
    "timeout": 5.0,  # for a free connection of the pool
    "socket_connect_timeout": 2.0,
    "socket_timeout": 5.0,  # for an answer: with appendfsync always, a slow disk holds it up
}


def connect(url: str) -> Redis:
    """A client for one server, for the master that Sentinels know, or for a cluster; replies are bytes.

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
    if not url.startswith((*ONE, *SEVERAL)):
        raise _unusable("is of no kind that Henji knows.")
    if url.startswith("unix://") and not urlsplit(url).path:
        raise _unusable("names no socket.")
    try:
        return _one(parse_url(url)) if url.startswith(ONE) else _of_several(several(url))
    except (TypeError, ValueError) as error:
        raise _unusable("can't be read as an address.") from error


def _of_several(found: Several) -> Redis:
    if found.kind == "cluster":
        return Cluster(found.nodes, lambda node: _at(node, found.options))
    user, password = found.login
    # A private certificate serves both; whom the servers know is none of the Sentinels' business.
    tls = {
        name: value
        for name, value in found.options.items()
        if name.startswith("ssl_") or name == "connection_class"
    }
    asked = [_at(node, {**tls, "username": user, "password": password}) for node in found.nodes]
    kept = dict(found.options)
    secure = kept.pop("connection_class", None) is not None
    return _on(MasterPool(found.master, Sentinels(asked), ssl=secure, **_chosen(kept)))  # type: ignore[no-untyped-call]


def _at(node: Node, options: Mapping[str, Any]) -> Redis:
    host, port = node
    return _one({**options, "host": host, "port": port})


def _one(options: Mapping[str, Any]) -> Redis:
    return _on(BlockingConnectionPool(**_chosen(options)))


def _chosen(options: Mapping[str, Any]) -> dict[str, Any]:
    ours = {
        "max_connections": CONNECTIONS,
        "retry": Retry(NoBackoff(), 0),
        "client_name": "henji",
        "protocol": 2,
        "driver_info": None,  # else two more commands at every connection
    }
    return {**ours, **TIMEOUTS, **options}


def _on(pool: BlockingConnectionPool) -> Redis:
    pool.connection_class = steady(pool.connection_class)
    # Sends nothing, but finds an option that redis-py does not know.
    pool.connection_class(**pool.connection_kwargs)
    return Redis.from_pool(pool)


def _unusable(problem: str) -> Misconfigured:
    return Misconfigured(
        "REDIS_URL",
        problem,
        "Write redis://[user:password@]host[:6379][/0] or unix:///path/to/redis.sock; for Sentinels "
        "redis+sentinel://[user:password@]host[:26379][,host...]/name-of-the-master; for a cluster "
        "redis+cluster://[user:password@]host[:6379][,host...]; for TLS, rediss:// and rediss+... in their "
        "place. Or leave it empty, and Henji runs a server of its own.",
    )
