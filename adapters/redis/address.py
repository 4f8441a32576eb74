"""REDIS_URL where it names several servers: Sentinels that know a master, or nodes of a cluster.

Read by `connect`. The forms are those that Prefect and docket take, so that one address serves them all:
redis+sentinel://[user:password@]host[:26379][,host…]/master[/0][?options], redis+cluster://[user:password@]host
[:6379][,host…][?options], and rediss+… for TLS. Never opens a connection.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import unquote, urlsplit

from redis.asyncio.connection import parse_url

Node = tuple[str, int]
"""Host and port of a server."""

SEVERAL: Final = ("redis+sentinel://", "rediss+sentinel://", "redis+cluster://", "rediss+cluster://")
_PORTS: Final = {"sentinel": 26379, "cluster": 6379}
_FORM: Final = re.compile(
    r"(?P<scheme>rediss?)\+(?P<kind>sentinel|cluster)://"
    r"(?:(?P<user>[^/?#]*)@)?(?P<nodes>[^/?#@]+)(?P<path>/[^?#]*)?(?P<options>\?[^#]*)?"
)


@dataclass(frozen=True, slots=True)
class Several:
    """Whom to ask first, and how every connection to a server of theirs is made.

    `master` is the name that the Sentinels watch it by, `login` what they themselves want of whom asks.
    """

    kind: Literal["sentinel", "cluster"]
    nodes: tuple[Node, ...]
    options: dict[str, Any]
    master: str = ""
    login: tuple[str | None, str | None] = (None, None)


def several(url: str) -> Several:
    """Such an address, taken apart. Raises ValueError where it can't be."""
    found = _FORM.fullmatch(url)
    if found is None:
        raise ValueError("no such form")
    path = [unquote(part) for part in (found["path"] or "").strip("/").split("/")]
    master = path.pop(0) if found["kind"] == "sentinel" else ""
    database = path[0] if path else ""
    user = "" if found["user"] is None else f"{found['user']}@"
    # redis-py reads the rest as it reads any address; the host is of no interest here.
    options: dict[str, Any] = dict(
        parse_url(f"{found['scheme']}://{user}host/{database}{found['options'] or ''}")
    )
    del options["host"]
    nodes = tuple(_node(each, _PORTS[found["kind"]]) for each in found["nodes"].split(","))
    login = options.pop("sentinel_username", None), options.pop("sentinel_password", None)
    if found["kind"] == "cluster":
        if options.pop("db", 0) or database not in ("", "0") or login != (None, None):
            raise ValueError("a cluster has one database and no Sentinels")
        return Several("cluster", nodes, options)
    if not master or len(path) > 1 or (database and not database.isdecimal()):
        raise ValueError("no name of a master")
    return Several("sentinel", nodes, options, master, login)


def _node(written: str, port: int) -> Node:
    parts = urlsplit(f"//{written}")
    if not parts.hostname:
        raise ValueError("a node without a host")
    return parts.hostname, parts.port or port
