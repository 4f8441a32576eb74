"""Records that are not whole: what is dropped and said, what stops the desk, and how it is mended."""

import asyncio
import os
import signal
import subprocess
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.embedded import Embedded
from adapters.redis.folder import Folder
from core.errors import Misconfigured
from tests.contract.redis.running import pid_of, started


async def test_a_cut_tail_is_dropped_and_said(binary: Binary, tmp_path: Path) -> None:
    """A last write that a crash cut short is dropped with a warning; what was answered before is there."""
    async with started(tmp_path, binary) as (client, _):
        await client.set("answered", "yes")
    (file,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    whole = file.stat().st_size
    with file.open("ab") as tail:
        tail.write(b"*3\r\n$3\r\nSET\r\n$4\r\nhal")
    with capture_logs() as logs:
        async with started(tmp_path, binary) as (client, _):
            assert await client.get("answered") == b"yes"
    (warning,) = logs
    assert warning["log_level"] == "warning"
    assert warning["whole_up_to_byte"] == whole


async def test_a_zeroed_tail_is_mended_by_the_command_given(binary: Binary, tmp_path: Path) -> None:
    """A damaged file stops the desk and stays as it is; the command in the message mends it."""
    async with started(tmp_path, binary) as (client, _):
        await client.set("answered", "yes")
    (file,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    with file.open("ab") as tail:
        tail.write(bytes(4096))
    damaged = file.read_bytes()
    with pytest.raises(Misconfigured) as caught:
        await Embedded(tmp_path, binary).start()
    assert file.read_bytes() == damaged
    command = caught.value.mend.partition("after that point: ")[2]
    subprocess.run(command, shell=True, input=b"y\n", check=True, stdout=subprocess.DEVNULL)  # noqa: ASYNC221, S602 - as its reader would
    async with started(tmp_path, binary) as (client, _):
        assert await client.get("answered") == b"yes"


async def test_damage_beyond_repair_is_said(binary: Binary, tmp_path: Path) -> None:
    """A snapshot cut in its middle stops the desk, and leads to the backup."""
    async with started(tmp_path, binary) as (client, _):
        await client.set("answered", "yes")
    (file,) = (tmp_path / "appendonlydir").glob("*.base.rdb")
    os.truncate(file, 40)
    with pytest.raises(Misconfigured, match=r"can't read: .*from a backup"):
        await Embedded(tmp_path, binary).start()
    assert not Folder(tmp_path).served


async def test_records_damaged_while_it_runs_end_the_watch(binary: Binary, tmp_path: Path) -> None:
    """A server that can't come back because its records are damaged is not started for ever."""
    server = Embedded(tmp_path, binary)
    client = connect(await server.start())
    await client.set("answered", "yes")
    pid = await pid_of(client)
    await client.aclose()
    (file,) = (tmp_path / "appendonlydir").glob("*.incr.aof")
    with file.open("ab") as tail:
        tail.write(bytes(4096))
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(Misconfigured, match="damaged file"):
        await asyncio.wait_for(server.watch(), timeout=10)
    await server.stop()


async def test_a_server_that_ends_at_once_is_said(binary: Binary, tmp_path: Path) -> None:
    """A server that does not start for another reason is refused with its last words and its log."""
    (tmp_path / "appendonlydir").touch()
    with pytest.raises(Misconfigured, match=r"ended \(.*its log is .*server.log"):
        await Embedded(tmp_path, binary).start()
    async with started(tmp_path / "other", binary) as (client, _):
        assert await client.time()
