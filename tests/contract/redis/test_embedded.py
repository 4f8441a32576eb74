"""The embedded server's life: started, stopped, killed, taken over, watched."""

import asyncio
import os
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from redis.asyncio import Redis
from structlog.testing import capture_logs

from adapters.aio import spawn
from adapters.redis.binary import Binary, find
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded, pauses
from adapters.redis.errors import translating
from adapters.redis.folder import LONGEST_ADDRESS, Folder
from adapters.redis.loading import ready
from adapters.redis.process import Server
from core.errors import Misconfigured, Unavailable
from tests.contract.redis.running import left_behind, pid_of, started
from tests.contract.redis.wire import bulk, speaking
from tests.waiting import until

LONG: Final = Path("長い名前の" * 12) / ("folder with 'quotes\" " * 4)


async def test_every_write_is_kept(binary: Binary, tmp_path: Path) -> None:
    """It comes up safe by its own settings, and what was written is there after a stop and a start."""
    async with started(tmp_path / "data", binary) as (client, url):
        shown = await client.config_get("appendonly", "appendfsync", "maxmemory-policy", "port", "save")
        assert shown == {
            "appendonly": "yes",
            "appendfsync": "always",
            "maxmemory-policy": "noeviction",
            "port": "0",
            "save": "",
        }
        assert url == f"unix://{tmp_path}/data/server.sock"
        await client.set("number", "1042")
    assert not Folder(tmp_path / "data").served
    async with started(tmp_path / "data", binary) as (client, _):
        assert await client.get("number") == b"1042"


async def test_the_folder_is_private(binary: Binary, tmp_path: Path) -> None:
    """Nobody else on the machine can read the records or reach the server."""
    async with started(tmp_path / "data", binary):
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0
        assert (tmp_path / "data" / "server.sock").stat().st_mode & 0o077 == 0
        files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
        assert [file for file in files if file.stat().st_mode & 0o077] == []


async def test_ctrl_c_does_not_reach_it(binary: Binary, tmp_path: Path) -> None:
    """The server is in a session of its own, so that an interrupt at the terminal is for the desk alone."""
    async with started(tmp_path, binary) as (client, _):
        assert os.getsid(await pid_of(client)) != os.getsid(0)


async def test_a_second_desk_is_told_who_is_there(binary: Binary, tmp_path: Path) -> None:
    """A desk on a folder in use is refused with the process id of the one that uses it, which goes on."""
    async with started(tmp_path, binary) as (client, _):
        with pytest.raises(Misconfigured, match=f"in use by another desk: the process {os.getpid()}"):
            await Embedded(tmp_path, binary).start()
        await client.set("key", "value")
    async with started(tmp_path, binary) as (client, _):
        assert await client.get("key") == b"value"


async def test_a_folder_that_is_none_is_refused(binary: Binary, tmp_path: Path) -> None:
    """Where the folder can't be made, the setting is named with the reason."""
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match=r"HENJI_DATA_DIR.*File exists"):
        await Embedded(tmp_path / "file", binary).start()


@pytest.mark.parametrize("below", [Path(), LONG], ids=["short", "long"])
async def test_a_server_left_behind_is_taken_over(binary: Binary, tmp_path: Path, below: Path) -> None:
    """After its desk was killed, the next desk goes on with the same server and all that was answered."""
    orphan = await left_behind(tmp_path / below, binary)
    with capture_logs() as logs:
        async with started(tmp_path / below, binary) as (client, _):
            assert await pid_of(client) == orphan
            assert await client.get("answered") == b"yes"
    assert [line["pid"] for line in logs] == [orphan]
    assert not Folder(tmp_path / below).served


async def test_a_taken_over_server_is_watched_too(binary: Binary, tmp_path: Path) -> None:
    """A server taken over and then killed is started again with its records."""
    orphan = await left_behind(tmp_path, binary)
    server = Embedded(tmp_path, binary)
    client = connect(await server.start())
    watch = spawn(server.watch(), "watch")
    os.kill(orphan, signal.SIGKILL)
    await until(lambda: _answers(client, "answered", b"yes"))
    assert await pid_of(client) != orphan
    watch.cancel()
    await client.aclose()
    await server.stop()
    assert not Folder(tmp_path).served


async def test_a_mute_server_left_behind_is_ended(tmp_path: Path) -> None:
    """A server that can't be reached any more is ended, and a new one reads the records."""
    orphan = await left_behind(tmp_path, find())
    (tmp_path / "server.sock").unlink()
    async with started(tmp_path, find()) as (client, _):
        assert await pid_of(client) != orphan
        assert await client.get("answered") == b"yes"


async def test_killed_under_its_clients_it_comes_back(binary: Binary, tmp_path: Path) -> None:
    """A server that dies is started again; its clients see Unavailable for a moment, and nothing is lost."""
    server = Embedded(tmp_path, binary)
    client = connect(await server.start())
    watch = spawn(server.watch(), "watch")
    with capture_logs() as logs:
        for round_ in range(3):
            await client.set("round", round_)
            os.kill(await pid_of(client), signal.SIGKILL)
            await until(partial(_answers, client, "round", str(round_).encode()))
    assert [line["pause"] for line in logs if "died" in line["event"]] == [0.0, 0.1, 0.2]
    await server.stop()
    await asyncio.wait_for(watch, timeout=5)
    await client.aclose()
    assert not Folder(tmp_path).served


async def test_killed_while_it_rewrites_its_file_it_comes_back(binary: Binary, tmp_path: Path) -> None:
    """A server killed while a child of its rewrites the file is replaced at once, and the child is ended."""
    server = Embedded(tmp_path, binary)
    client = connect(await server.start())
    await client.mset({f"key{n}": n for n in range(200)})
    await client.config_set("rdb-key-save-delay", 1_000_000)  # microseconds: the child would take minutes
    await client.bgrewriteaof()
    assert (await client.info("persistence"))["aof_rewrite_in_progress"] == 1
    watch = spawn(server.watch(), "watch")
    os.kill(await pid_of(client), signal.SIGKILL)
    await until(partial(_answers, client, "key7", b"7"), within=5)
    await server.stop()
    await watch
    await client.aclose()
    assert not Folder(tmp_path).served


async def test_a_long_load_is_said(tmp_path: Path) -> None:
    """While a server reads many records back, the log says how far it is, every two seconds."""
    folder = Folder(tmp_path)
    percents = iter(range(1000))
    began = asyncio.get_running_loop().time()

    def answer(_command: list[bytes]) -> bytes:
        loading = asyncio.get_running_loop().time() < began + 2.1
        return bulk(f"loading:{int(loading)}\r\nloading_loaded_perc:{next(percents)}.5\r\n")

    lock = folder.lock_for_server()
    assert lock is not None
    async with speaking(answer, folder.socket):
        with capture_logs() as logs:
            await ready(Server(folder, os.getpid()), folder, find())
    os.close(lock)
    assert [line["event"] for line in logs] == ["reading the records back"]
    assert logs[0]["percent"] > 0


async def _answers(client: Redis, key: str, expected: bytes) -> bool:
    with suppress(Unavailable), translating():
        return bool(await client.get(key) == expected)
    return False


def test_restarts_in_a_row_wait_longer() -> None:
    """The first restart is immediate, later ones wait ever longer up to ten seconds."""
    waits = pauses()
    assert [next(waits) for _ in range(10)] == [0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]


async def test_a_long_path_gets_a_short_private_socket(binary: Binary, tmp_path: Path) -> None:
    """Where the folder's path is too long for a socket, one stands elsewhere meanwhile, for us alone."""
    async with started(tmp_path / LONG, binary) as (_, url):
        socket = Path(url.removeprefix("unix://"))
        assert len(str(socket)) <= LONGEST_ADDRESS
        assert socket.parent.stat().st_mode & 0o077 == 0
    assert not socket.parent.exists()


async def test_a_recorded_directory_of_others_is_not_used(binary: Binary, tmp_path: Path) -> None:
    """A socket's directory that others can write to is not trusted, whatever is on record."""
    (tmp_path / LONG).mkdir(parents=True)
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / LONG / "server.address").write_text(str(tmp_path / "open"))
    async with started(tmp_path / LONG, binary) as (_, url):
        assert str(tmp_path) not in url
