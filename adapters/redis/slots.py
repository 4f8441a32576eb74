"""The map of a cluster: which node holds which slot.

Read by `cluster` from what CLUSTER SLOTS answers. Never talks to a server.
"""

from collections.abc import Sequence
from typing import Any, Final

from redis import exceptions
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot

from adapters.redis.address import Node
from adapters.redis.batch import Command
from core.errors import Misconfigured

# The scripts' keys come after the digest and their number; all other commands begin with one, or have none.
_SCRIPTS: Final = ("EVALSHA", "EVAL")


class Slots:
    """Who holds what, as one node has told it.

    `masters` hold slots, `nodes` are all that were named, masters first.
    """

    def __init__(self, shards: Sequence[Any] = (), *, asked: Node = ("", 0)) -> None:
        self._owners: list[Node | None] = [None] * REDIS_CLUSTER_HASH_SLOTS
        masters: dict[Node, None] = {}
        replicas: dict[Node, None] = {}
        for first, last, master, *others in shards:
            owner = _node(master, asked)
            self._owners[first : last + 1] = [owner] * (last + 1 - first)
            masters[owner] = None
            replicas.update((_node(other, asked), None) for other in others)
        self.masters: tuple[Node, ...] = tuple(masters)
        self.nodes: tuple[Node, ...] = tuple(masters | replicas)

    def owner(self, slot: int) -> Node | None:
        """The slot's master; None where nobody holds it."""
        return self._owners[slot]


def slot_of(command: Command) -> int:
    """The slot of a command's first key; 0 for one without keys, which any node may answer."""
    at = 3 if command[0] in _SCRIPTS else 1
    if len(command) <= at:
        return 0
    key = command[at]
    return key_slot(key if isinstance(key, bytes) else str(key).encode())


def named(error: exceptions.ResponseError) -> Exception:
    """Our word for what a server answers that was asked for the map of its cluster."""
    if "cluster support disabled" not in str(error):
        return error
    return Misconfigured(
        "REDIS_URL",
        "leads to a server that is not part of a cluster.",
        "Write redis://user:password@host:6379 (or rediss:// for TLS), or name nodes of a cluster.",
    )


def _node(told: Sequence[Any], asked: Node) -> Node:
    # A node that does not know its own address leaves it out: it is where it was asked.
    host = told[0].decode() if told[0] else asked[0]
    return host, int(told[1])
