"""Several servers that belong together, for tests: a master that a Sentinel watches, and a cluster.

All on loopback, set as a desk needs them, with failovers that take a second or two. `kill` ends a server as a
crash does; what is left at the end is killed.
"""

import socket
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from adapters.redis.binary import Binary
from adapters.redis.cluster import Cluster
from adapters.redis.connect import connect
from adapters.redis.wire import ask
from core.errors import Misconfigured, Unavailable
from tests.waiting import until

SLOTS = 16384
LINKED = b"'master_link_status': 'up'"
FIT = b"b'master-link-status', b'ok'"
SAFE = {
    "bind": "127.0.0.1",
    "save": "",
    "appendonly": "yes",
    "appendfsync": "always",
    "maxmemory-policy": "noeviction",
    "repl-diskless-sync-delay": "0",
}


@dataclass(frozen=True)
class Member:
    """One server of several, on a port of its own."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of this one by itself."""
        return f"redis://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class Fleet:
    """Servers under one address; what has to do with a failover stands by itself."""

    url: str
    members: tuple[Member, ...]
    spare: Member | None = None


@asynccontextmanager
async def lone(binary: Binary, folder: Path) -> AsyncIterator[Member]:
    """A server by itself, on a port."""
    with ExitStack() as stack:
        member = _started(stack, binary, folder / "lone", _free_ports(1)[0], SAFE)
        await _until(member, b"", "PING")
        yield member


@asynccontextmanager
async def watched(binary: Binary, folder: Path, **sentinel: str) -> AsyncIterator[Fleet]:
    """A master named mymaster with a replica that takes its place, and the Sentinel that sees to it."""
    with ExitStack() as stack:
        ports = _free_ports(3)
        master = _started(stack, binary, folder / "master", ports[0], SAFE)
        replica = _started(
            stack, binary, folder / "replica", ports[1], SAFE | {"replicaof": f"127.0.0.1 {ports[0]}"}
        )
        await _until(replica, LINKED, "INFO", "REPLICATION")
        conf = folder / "sentinel.conf"
        conf.write_text(
            "bind 127.0.0.1\n"
            f"sentinel monitor mymaster 127.0.0.1 {ports[0]} 1\n"
            "sentinel down-after-milliseconds mymaster 1000\n"
            "sentinel failover-timeout mymaster 3000\n"
            + "".join(f"{name} {value}\n" for name, value in sentinel.items())
        )
        watcher = _started(stack, binary, folder / "watcher", ports[2], {}, str(conf), "--sentinel")
        await _until(watcher, FIT, "SENTINEL", "REPLICAS", "mymaster")
        yield Fleet(f"redis+sentinel://127.0.0.1:{watcher.port}/mymaster", (master, replica), watcher)


@asynccontextmanager
async def clustered(binary: Binary, folder: Path, *, spare: bool = False) -> AsyncIterator[Fleet]:
    """A cluster of three masters; `spare` gives the first a replica that takes its place."""
    with ExitStack() as stack:
        count = 4 if spare else 3
        ports = _free_ports(2 * count)
        members = []
        for port, bus in zip(ports[:count], ports[count:], strict=True):
            patience = "1000" if spare else "2000"  # where nothing is to fail, a slow machine must not either
            settings = {"cluster-enabled": "yes", "cluster-port": str(bus), "cluster-node-timeout": patience}
            members.append(_started(stack, binary, folder / str(port), port, SAFE | settings))
        await _joined(members, ports[count:])
        masters = tuple(members[:3])
        url = "redis+cluster://" + ",".join(f"127.0.0.1:{member.port}" for member in masters[:2])
        if spare:
            leader = (await _ask(masters[0], "CLUSTER", "MYID")).decode()
            await _ask(members[3], "CLUSTER", "REPLICATE", leader)
            await _until(members[3], LINKED, "INFO", "REPLICATION")
            for member in masters:
                await _until(member, b"slave " + leader.encode(), "CLUSTER", "NODES")
        yield Fleet(url, masters, members[3] if spare else None)


async def nodes_of(client: Redis) -> list[Redis]:
    """A client for each server that holds records: of a cluster all masters, else the client itself."""
    return list((await client.masters()).values()) if isinstance(client, Cluster) else [client]


async def _joined(members: list[Member], buses: list[int]) -> None:
    """Share the slots out among the first three, and let all of them know each other."""
    bounds = [SLOTS * part // 3 for part in range(4)]
    for number, member in enumerate(members):
        await _until(member, b"", "PING")
        await _ask(member, "CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        if number < 3:
            await _ask(member, "CLUSTER", "ADDSLOTSRANGE", bounds[number], bounds[number + 1] - 1)
    for member, bus in zip(members[1:], buses[1:], strict=True):
        await _ask(members[0], "CLUSTER", "MEET", "127.0.0.1", member.port, bus)
    for member in members:
        await _until(member, b"cluster_known_nodes:%d" % len(members), "CLUSTER", "INFO")
        await _until(member, b"cluster_state:ok", "CLUSTER", "INFO")


def _started(
    stack: ExitStack, binary: Binary, folder: Path, port: int, settings: Mapping[str, str], *words: str
) -> Member:
    folder.mkdir(parents=True)
    chosen = {**settings, "port": str(port), "dir": str(folder)}
    arguments = [part for name, value in chosen.items() for part in (f"--{name}", *_words(name, value))]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen([binary.path, *words[:1], *arguments, *words[1:]], stdout=log, stderr=log)
    member = Member(port, process)
    stack.callback(member.kill)
    return member


def _words(name: str, value: str) -> list[str]:
    return value.split() if name == "replicaof" else [value]


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        listening = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in listening]


async def _ask(member: Member, *command: str | int) -> Any:
    client = connect(member.url)
    try:
        return await ask(client, *command)
    finally:
        await client.aclose()


async def _until(member: Member, said: bytes, *command: str) -> None:
    """Wait until the server answers with these words in it."""

    async def says() -> bool:
        try:
            answer = await _ask(member, *command)
        except Unavailable:
            return False
        except Misconfigured:
            return True  # it asks for a password
        return said in (answer if isinstance(answer, bytes) else repr(answer).encode())

    await until(says)
