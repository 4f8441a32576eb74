"""The health of a server: what stops the desk, what is only said, and what can't be seen."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.health import Health, check
from core.errors import Misconfigured, Unavailable
from tests.contract.redis.wire import array, bulk, speaking
from tests.servers import serving

SAFE = {
    "redis_version": "7.2.4",
    "loading": "0",
    "role": "master",
    "maxmemory_policy": "noeviction",
    "aof_enabled": "1",
    "aof_last_write_status": "ok",
}


async def examine(url: str, *, accept_loss: bool = False) -> Health:
    """Check the server behind an address, whose clock is taken to be right."""
    client = connect(url)
    try:
        return await check(client, now=await server_time(client), accept_loss=accept_loss)
    finally:
        await client.aclose()


async def server_time(client: Redis) -> datetime:
    """The server's own clock."""
    seconds, micros = await client.time()
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)


async def examine_made_up(**info: str) -> Health:
    """Check a server that reports this of itself, and otherwise is as it should be."""
    report = "".join(f"{name}:{value}\r\n" for name, value in (SAFE | info).items())
    settings = ("maxmemory-policy", "noeviction", "appendonly", "yes", "appendfsync", "always")

    def answer(command: list[bytes]) -> bytes:
        match command[0]:
            case b"TIME":
                return array("1700000000", "0")
            case b"INFO":
                return bulk(report)
            case _:
                return array(*settings, "no-appendfsync-on-rewrite", "no", "save", "")

    async with speaking(answer) as url:
        return await examine(url)


async def test_a_safe_server_is_named_and_nothing_is_found(binary: Binary, tmp_path: Path) -> None:
    """A server set as it has to be is served, with its product and release, and nothing to say."""
    async with serving(binary, tmp_path) as url:
        assert await examine(url) == Health(binary.version.product, binary.version.text, ())


@pytest.mark.parametrize(
    ("setting", "value", "needed"),
    [
        ("maxmemory-policy", "allkeys-lru", "noeviction"),
        ("appendonly", "no", "yes"),
        ("appendfsync", "everysec", "always"),
        ("appendfsync", "no", "always"),
        ("no-appendfsync-on-rewrite", "yes", "no"),
    ],
)
async def test_a_forgetful_server_is_refused(
    binary: Binary, tmp_path: Path, setting: str, value: str, needed: str
) -> None:
    """Each setting that could lose an answered act stops the desk, with the command that mends it."""
    async with serving(binary, tmp_path, **{setting: value}) as url:
        with pytest.raises(Misconfigured) as caught:
            await examine(url)
        assert f"{setting} is {value} and has to be {needed}" in caught.value.problem
        assert f"CONFIG SET {setting} {needed}" in caught.value.mend
        client = connect(url)
        await client.config_set(setting, needed)
        await client.aclose()
        assert (await examine(url)).findings == ()


async def test_all_that_is_wrong_is_said_at_once(binary: Binary, tmp_path: Path) -> None:
    """A server with several wrong settings is mended by one command."""
    wrong = {"maxmemory-policy": "volatile-ttl", "appendonly": "no"}
    async with serving(binary, tmp_path, **wrong) as url:
        with pytest.raises(Misconfigured, match="CONFIG SET maxmemory-policy noeviction appendonly yes"):
            await examine(url)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"appendonly": "no", "save": "3600 1"}, "everything since its last snapshot is lost (save 3600 1)"),
        ({"appendonly": "no"}, "no snapshots: when the server stops, everything is lost"),
        ({"appendfsync": "everysec"}, "up to the last two seconds are lost"),
        ({"appendfsync": "no"}, "up to the last 30 seconds are lost"),
        ({"no-appendfsync-on-rewrite": "yes"}, "while the append-only file is being rewritten"),
    ],
)
async def test_accepted_loss_is_spelt_out(
    binary: Binary, tmp_path: Path, settings: dict[str, str], said: str
) -> None:
    """With HENJI_ACCEPT_LOSS=1 such a server is served, and what can be lost is said."""
    async with serving(binary, tmp_path, **settings) as url:
        (finding,) = (await examine(url, accept_loss=True)).findings
    assert said in finding


async def test_eviction_is_never_accepted(binary: Binary, tmp_path: Path) -> None:
    """A server that throws keys away when it is full is refused even where loss is accepted."""
    async with serving(binary, tmp_path, maxmemory_policy="allkeys-lru") as url:
        with pytest.raises(Misconfigured, match="noeviction") as caught:
            await examine(url, accept_loss=True)
    assert "HENJI_ACCEPT_LOSS" not in str(caught.value)


async def test_a_user_without_config_gets_a_finding(binary: Binary, tmp_path: Path) -> None:
    """Where the user may not read the settings, that is said, with what Henji counts on."""
    async with serving(binary, tmp_path) as url:
        admin = connect(url)
        await admin.acl_setuser(
            "desk",
            enabled=True,
            passwords="+secret",
            categories=["+@all"],
            commands=["-config"],
            keys=["*"],
            channels=["*"],
        )
        await admin.aclose()
        (finding,) = (await examine(url.replace("unix://", "unix://desk@") + "?password=secret")).findings
    assert "hides appendfsync, no-appendfsync-on-rewrite" in finding
    assert "appendfsync always" in finding


async def test_a_server_without_config_gets_a_finding(binary: Binary, tmp_path: Path) -> None:
    """Where the command is taken out, as at some providers, that is said too."""
    async with serving(binary, tmp_path, rename_command='config ""') as url:
        (finding,) = (await examine(url)).findings
    assert "hides appendfsync" in finding


async def test_hidden_settings_do_not_hide_a_missing_append_only_file(binary: Binary, tmp_path: Path) -> None:
    """A hosted server without an append-only file is refused, because it says so elsewhere."""
    async with serving(binary, tmp_path, rename_command='config ""', appendonly="no") as url:
        with pytest.raises(Misconfigured, match="appendonly is no"):
            await examine(url)
        findings = (await examine(url, accept_loss=True)).findings
    assert "unknown: the server hides its settings" in findings[0]


async def test_a_replica_is_refused(binary: Binary, tmp_path: Path) -> None:
    """A replica is refused, and the server it follows is named."""
    async with serving(binary, tmp_path, replicaof="127.0.0.1 1") as url:
        with pytest.raises(Misconfigured, match=r"replica.*127\.0\.0\.1:1"):
            await examine(url)


async def test_clocks_that_differ_are_said(redis_client: Redis) -> None:
    """A clock more than two seconds away from the server's is a finding, less is none."""
    now = await server_time(redis_client)
    near = await check(redis_client, now=now - timedelta(seconds=1), accept_loss=False)
    assert near.findings == ()
    fast = await check(redis_client, now=now - timedelta(seconds=90), accept_loss=False)
    slow = await check(redis_client, now=now + timedelta(seconds=90), accept_loss=False)
    assert "ahead of" in fast.findings[0]
    assert "behind" in slow.findings[0]


@pytest.mark.parametrize(
    "info",
    [{"redis_version": "6.2.14"}, {"valkey_version": "7.2.9"}, {"redis_version": "unstable"}],
    ids=str,
)
async def test_an_old_server_is_refused(info: dict[str, str]) -> None:
    """A server older than Redis 7.0 or Valkey 8.0 is refused by its own name and release."""
    with pytest.raises(Misconfigured, match=f"{next(iter(info.values()))}, which is too old"):
        await examine_made_up(**info)


async def test_a_failed_write_is_said() -> None:
    """A server whose last write to its append-only file failed is served, and that is said."""
    health = await examine_made_up(aof_last_write_status="err")
    assert "could not write to its append-only file" in health.findings[0]


async def test_a_loading_server_is_unavailable() -> None:
    """A server that still reads its data back is away for now, not wrong."""
    with pytest.raises(Unavailable, match=r"loading, 12\.5 %"):
        await examine_made_up(loading="1", loading_loaded_perc="12.5")
