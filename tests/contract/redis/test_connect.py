"""The connection: which addresses it takes, that nothing is sent twice, and what its errors become."""

import asyncio
from pathlib import Path

import pytest
from redis import exceptions
from redis.asyncio import Redis

from adapters.redis.address import several
from adapters.redis.binary import Binary
from adapters.redis.connect import connect
from adapters.redis.errors import translate, translating
from core.errors import Misconfigured, Unavailable
from tests.contract.redis.wire import speaking
from tests.servers import serving


@pytest.mark.parametrize(
    "url",
    [
        "redis://host",
        "rediss://user:pw@host:6380/2",
        "unix:///run/redis.sock?db=1",
        "redis+sentinel://one,two:26380/mymaster",
        "rediss+sentinel://user:pw@one,[::1]:26380/mymaster/2?sentinel_password=secret&ssl_ca_certs=/ca.pem",
        "redis+cluster://one,two:7000",
        "rediss+cluster://:p%40ss@one:7000/0",
    ],
)
async def test_an_address_is_taken(url: str) -> None:
    """Redis, Redis over TLS, a Unix socket, Sentinels and clusters can be named."""
    await connect(url).aclose()


def test_an_address_of_several_is_taken_apart() -> None:
    """The user is the servers', the Sentinels have one of their own, and all else is said of the servers."""
    found = several("redis+sentinel://u:p%40@one,[::1]:2/my%2Fmaster/3?sentinel_username=s&socket_timeout=7")
    assert found.nodes == (("one", 26379), ("::1", 2))
    assert (found.master, found.login) == ("my/master", ("s", None))
    assert found.options == {"username": "u", "password": "p@", "db": 3, "socket_timeout": 7.0}


@pytest.mark.parametrize(
    "url",
    [
        "localhost:6379",
        "http://host",
        "redis://host:hunter2/0",
        "redis://host?hunter2=1",
        "unix://",
        "sentinel://:hunter2@host:26379",
        "redis+sentinel://:hunter2@host",
        "redis+sentinel://host/mymaster/hunter2",
        "redis+sentinel://host/mymaster/0/hunter2",
        "redis+sentinel://host/mymaster?hunter2=1",
        "redis+cluster://host/2",
        "redis+cluster://host:hunter2",
        "redis+cluster://host,",
        "redis+cluster://host?sentinel_password=hunter2",
        "redis+cluster://",
    ],
)
async def test_an_unusable_address_is_named_without_repeating_it(url: str) -> None:
    """An address of another kind is refused by saying which kinds there are, and never printed."""
    with pytest.raises(Misconfigured) as caught:
        await connect(url).aclose()
    assert caught.value.setting == "REDIS_URL"
    assert "rediss://" in caught.value.mend
    assert "hunter2" not in str(caught.value)


async def test_a_lost_answer_is_not_asked_for_again() -> None:
    """A command whose connection breaks before the answer arrives once at the server, and is Unavailable."""
    heard = []

    def drop(command: list[bytes]) -> None:
        heard.append(command)

    async with speaking(drop) as url:
        client = connect(url)
        with pytest.raises(Unavailable), translating():
            await client.incr("counter")
        await client.aclose()
    assert heard == [[b"INCRBY", b"counter", b"1"]]


async def test_64_commands_run_at_once(redis_client: Redis, redis_server: str) -> None:
    """Sixty-four commands that wait for one another do not wait for a connection."""
    client = connect(redis_server)
    waiting = [client.blpop(["queue"], timeout=4) for _ in range(64)]
    released = redis_client.rpush("queue", *range(64))
    answers = await asyncio.gather(*waiting, released)
    await client.aclose()
    assert len(answers) == 65
    assert None not in answers


async def test_the_server_sees_henji_by_name(redis_client: Redis) -> None:
    """Whoever lists the server's clients finds this one as henji, with replies left as bytes."""
    assert await redis_client.client_getname() == "henji"
    await redis_client.set("key", "返事")
    assert await redis_client.get("key") == "返事".encode()


async def test_no_server_is_unavailable(tmp_path: Path) -> None:
    """Where nothing listens, a command is Unavailable."""
    client = connect(f"unix://{tmp_path}/none")
    with pytest.raises(Unavailable), translating():
        await client.get("key")
    await client.aclose()


async def test_a_wrong_password_is_misconfigured(binary: Binary, tmp_path: Path) -> None:
    """A server that wants another password stops the desk, saying where the password goes."""
    async with serving(binary, tmp_path, requirepass="right") as url:
        client = connect(f"{url}?password=wrong")
        with pytest.raises(Misconfigured, match="redis://user:password@"), translating():
            await client.get("key")
        await client.aclose()


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (exceptions.TimeoutError("read"), Unavailable),
        (exceptions.BusyLoadingError("loading"), Unavailable),
        (exceptions.ReadOnlyError("replica"), Unavailable),
        (exceptions.MasterDownError("down"), Unavailable),
        (exceptions.MovedError("7 10.0.0.7:6379"), Unavailable),
        (exceptions.OutOfMemoryError("full"), Unavailable),
        (exceptions.ResponseError("MISCONF Errors writing to the AOF file: No space left"), Unavailable),
        (exceptions.ResponseError("BUSY a script runs"), Unavailable),
        (exceptions.AuthenticationError("NOAUTH"), Misconfigured),
        (exceptions.NoPermissionError("no"), Misconfigured),
        (exceptions.NoScriptError("no script"), type(None)),
        (exceptions.ResponseError("WRONGTYPE"), type(None)),
    ],
    ids=str,
)
def test_errors_become_ours(error: exceptions.RedisError, becomes: type[object]) -> None:
    """What may pass is Unavailable, what has to be set is Misconfigured, a fault of ours stays one."""
    assert type(translate(error)) is becomes


def test_a_fault_of_ours_passes_through() -> None:
    """An error in no table reaches whoever called as it was."""
    fault = exceptions.ResponseError("WRONGTYPE")
    with pytest.raises(exceptions.ResponseError) as caught, translating():
        raise fault
    assert caught.value is fault
