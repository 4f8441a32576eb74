"""Whether the server, or each master of a cluster, can be trusted with the desk's records.

Called by bots before anything else is read or written, and by `henji check`. Stops the desk on a server that
drops or forgets what was answered with success, and tells what else the host should know. Changes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from adapters.redis.cluster import Cluster
from adapters.redis.errors import translating
from adapters.redis.version import SERVED, Version
from core.errors import Misconfigured, Unavailable

SETTING: Final = "REDIS_URL"
# Each with what it has to be. All but the first may be otherwise with HENJI_ACCEPT_LOSS=1.
NEEDED: Final = {
    "maxmemory-policy": "noeviction",
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
}
ASKED: Final = ("save", "min-replicas-to-write")
CLOCKS_MAY_DIFFER: Final = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Health:
    """A server that serves: its product and release, and what its host should know, a sentence each."""

    server: str
    version: str
    findings: tuple[str, ...]


async def check(client: Redis, *, now: datetime, accept_loss: bool) -> Health:
    """What there is to say about the server; `now` is this machine's time, read just before.

    `accept_loss` (HENJI_ACCEPT_LOSS=1) makes findings of the settings that risk losing what was answered.
    Raises Misconfigured for a server that won't do, Unavailable for one that is away or still loading.
    """
    if not isinstance(client, Cluster):
        return await _of_server(client, now, accept_loss=accept_loss, clustered=False)
    with translating():
        masters = await client.masters()
    found: dict[str, Health] = {}
    for name, master in masters.items():
        try:
            found[name] = await _of_server(master, now, accept_loss=accept_loss, clustered=True)
        except Misconfigured as wrong:
            raise Misconfigured(SETTING, f"({name}) {wrong.problem}", wrong.mend) from wrong
    return Health(
        " and ".join(sorted({health.server for health in found.values()})),
        " and ".join(sorted({health.version for health in found.values()})),
        tuple(f"{name}: {finding}" for name, health in found.items() for finding in health.findings),
    )


async def _of_server(client: Redis, now: datetime, *, accept_loss: bool, clustered: bool) -> Health:
    with translating():
        seconds, micros = await client.time()
        info: Mapping[str, Any] = await client.info()
    clock = datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)
    version = _version(info)
    if not version.served:
        raise Misconfigured(
            SETTING, f"leads to {version}, which is too old.", f"Henji needs {SERVED}: upgrade that server."
        )
    _refuse_replica(info)
    if info.get("cluster_enabled") and not clustered:
        raise Misconfigured(
            SETTING,
            "leads to a node of a cluster, which holds only some of the desks.",
            "Write redis+cluster://user:password@host:6379 (rediss+cluster:// for TLS).",
        )
    if info.get("loading"):
        raise Unavailable(f"Redis: still loading, {info.get('loading_loaded_perc', '?')} % so far")
    settings = await _settings(client, info)
    _refuse_settings(settings, accept_loss=accept_loss)
    findings = (*_risks(settings), *_lagging(info, settings), *_troubles(info, clock - now))
    return Health(version.product, version.text, findings)


def _version(info: Mapping[str, Any]) -> Version:
    # Valkey gives its own release beside the one of Redis that it is compatible with.
    if "valkey_version" in info:
        return Version("Valkey", str(info["valkey_version"]))
    return Version("Redis", str(info.get("redis_version", "of an unknown release")))


def _refuse_replica(info: Mapping[str, Any]) -> None:
    if info.get("role") == "slave":
        primary = f"{info.get('master_host')}:{info.get('master_port')}"
        raise Misconfigured(
            SETTING,
            "leads to a replica, which takes no writes of its own.",
            f"Name the server that it follows: {primary}.",
        )


async def _settings(client: Redis, info: Mapping[str, Any]) -> dict[str, str | None]:
    """What NEEDED is about, and what risks depend on; None for each that a hosted server hides."""
    try:
        with translating():
            shown = await client.config_get(*NEEDED, *ASKED)
    except (Misconfigured, ResponseError):  # not allowed to this user, or the command is renamed or taken out
        shown = {}
    settings = {name: shown.get(name) for name in (*NEEDED, *ASKED)}
    if settings["maxmemory-policy"] is None:
        settings["maxmemory-policy"] = info.get("maxmemory_policy")
    if settings["appendonly"] is None and "aof_enabled" in info:
        settings["appendonly"] = "yes" if info["aof_enabled"] else "no"
    return settings


def _refuse_settings(settings: Mapping[str, str | None], *, accept_loss: bool) -> None:
    wrong = [name for name, needed in NEEDED.items() if settings[name] not in (needed, None)]
    if accept_loss:
        wrong = [name for name in wrong if name == "maxmemory-policy"]
    if not wrong:
        return
    problem = ", ".join(f"{name} is {settings[name]} and has to be {NEEDED[name]}" for name in wrong)
    orders = " ".join(f"{name} {NEEDED[name]}" for name in wrong)
    # By command: a restart with `appendonly yes` newly in the file comes up without the snapshot's data.
    mend = (
        f"On that server: redis-cli CONFIG SET {orders}, then redis-cli CONFIG REWRITE; "
        "where it is hosted, ask the provider for it."
    )
    if wrong != ["maxmemory-policy"]:
        mend += " To run without that, and lose the last acts in a crash, set HENJI_ACCEPT_LOSS=1."
    raise Misconfigured(SETTING, f"leads to a server that forgets: {problem}.", mend)


def _risks(settings: Mapping[str, str | None]) -> Iterator[str]:
    """What can be lost with these settings, or can't be ruled out."""
    match settings["appendonly"]:
        case "no" if settings["save"] == "":
            yield "appendonly is no and there are no snapshots: when the server stops, everything is lost."
        case "no":
            yield (
                "appendonly is no: when the server stops, everything since its last snapshot is lost "
                f"(save {settings['save'] or 'unknown: the server hides its settings'})."
            )
        case "yes":
            yield from _sync_risks(settings)
        case _:
            pass
    if hidden := [name for name in NEEDED if settings[name] is None]:
        yield (
            f"The server hides {', '.join(hidden)}: whether all that was answered with success survives "
            "a crash is not known. Ask the provider; Henji counts on "
            + ", ".join(f"{name} {NEEDED[name]}" for name in hidden)
            + "."
        )


def _sync_risks(settings: Mapping[str, str | None]) -> Iterator[str]:
    # https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
    match settings["appendfsync"]:
        case "everysec":
            yield "appendfsync is everysec: when its machine crashes, up to the last two seconds are lost."
        case "no":
            yield "appendfsync is no: when its machine crashes, commonly up to the last 30 seconds are lost."
        case _:
            pass
    if settings["no-appendfsync-on-rewrite"] == "yes":
        yield (
            "no-appendfsync-on-rewrite is yes: when its machine crashes while the append-only file is being "
            "rewritten, commonly up to the last 30 seconds are lost."
        )


def _lagging(info: Mapping[str, Any], settings: Mapping[str, str | None]) -> Iterator[str]:
    # https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
    if info.get("connected_slaves") and settings["min-replicas-to-write"] == "0":
        yield (
            "A replica that takes over lacks what was answered and not sent to it yet, and a server cut off "
            "from its replicas goes on answering: min-replicas-to-write 1 bounds that to ten seconds."
        )


def _troubles(info: Mapping[str, Any], ahead: timedelta) -> Iterator[str]:
    if info.get("aof_last_write_status", "ok") != "ok":
        yield "The server could not write to its append-only file: see whether its disk is full."
    if abs(ahead) > CLOCKS_MAY_DIFFER:
        seconds = abs(ahead).total_seconds()
        yield (
            f"The server's clock is {seconds:.1f} s {'ahead of' if ahead > timedelta() else 'behind'} this "
            "machine's: set both by NTP."
        )
