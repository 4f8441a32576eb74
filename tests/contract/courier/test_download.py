"""Downloads: from where they have to come, as they are, or not at all."""

import gzip
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from adapters.download import download, origin_of
from core.errors import NotCarried, TryAgain
from core.files import Why

BOMB = gzip.compress(bytes(1_000_000))


async def _packed(_: web.Request) -> web.Response:
    return web.Response(body=BOMB, headers={"Content-Encoding": "gzip"})


async def _asked(request: web.Request) -> web.Response:
    return web.Response(text=request.headers.get("Accept-Encoding", ""))


async def _broken(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"half")
    if request.transport is not None:
        request.transport.abort()
    return response


@pytest.fixture
async def host() -> AsyncIterator[str]:
    """A host whose answers are odd."""
    app = web.Application()
    app.router.add_get("/packed", _packed)
    app.router.add_get("/asked", _asked)
    app.router.add_get("/broken", _broken)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{site.port}"
    await runner.cleanup()


async def got(address: str, *origins: str) -> bytes:
    """All of what is there."""
    async with aiohttp.ClientSession() as session:
        allowed = frozenset(origins or (origin_of(address),))
        async with download(session, address, allowed, {}) as pieces:
            return b"".join([piece async for piece in pieces])


async def test_nothing_is_unpacked(host: str) -> None:
    """Files are asked for as they are, and one that comes packed all the same is refused."""
    assert await got(f"{host}/asked") == b"identity"
    with pytest.raises(NotCarried) as refused:
        await got(f"{host}/packed")
    assert refused.value.why is Why.UNAVAILABLE


async def test_half_a_file_is_none(host: str) -> None:
    """A connection that is cut in the middle is tried again later."""
    with pytest.raises(TryAgain):
        await got(f"{host}/broken")


@pytest.mark.parametrize(
    "address",
    [
        "http://files.example/a",
        "https://files.example.evil/a",
        "https://files.example@evil.example/a",
        "https://evil.example/https://files.example/a",
        "https://files.example:8443/a",
        "//files.example/a",
        "file:///etc/passwd",
        "",
        "https://[",
    ],
)
async def test_only_these_hosts(address: str) -> None:
    """Another scheme, port or host, however it is written, is somewhere else."""
    with pytest.raises(NotCarried) as refused:
        await got(address, "https://files.example")
    assert refused.value.why is Why.ELSEWHERE
