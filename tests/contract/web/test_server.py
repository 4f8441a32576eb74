"""What the web server answers, over a real socket on loopback."""

import io
import json
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from adapters.web.metrics import Measured, Metrics
from adapters.web.server import BODY_LIMIT, Check, Reply, WebServer
from core.errors import Misconfigured

WELL = Check("redis", ok=True, said="answers")
ILL = Check("sweep", ok=False, said="120 s late")
LOOPBACK = ("127.0.0.1", 0)


@asynccontextmanager
async def serving(*checks: Check, metrics: Metrics | None = None) -> AsyncIterator[ClientSession]:
    """A server with these checks and a route that says what it was asked; a client that speaks to it."""

    async def ready() -> Sequence[Check]:
        return checks

    async def numbers() -> bytes:
        return (metrics or Metrics()).text()

    server = WebServer(LOOPBACK, ready=ready, metrics=numbers, routes={"/slack/events": echo})
    port = await server.start()
    try:
        async with ClientSession(f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        await server.stop()


async def echo(method: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """A route as an adapter mounts it."""
    said = f"{method} {headers.get('x-slack-signature')} {len(body)}"
    return 418, {"Content-Type": "text/x-echo", "X-Said": said}, body[:3]


async def test_healthz_says_alive() -> None:
    """Whoever is up says so, well or not."""
    async with serving(ILL) as client, client.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "alive\n")


async def test_readyz_lists_what_is_well() -> None:
    """With all checks well it is 200, with each of them in the body."""
    async with serving(WELL) as client, client.get("/readyz") as answer:
        assert answer.status == 200
        assert answer.content_type == "application/json"
        assert await answer.json() == {"ready": True, "checks": {"redis": {"ok": True, "said": "answers"}}}


async def test_readyz_is_503_when_one_check_fails() -> None:
    """One check that fails is enough, and the body says which."""
    async with serving(WELL, ILL) as client, client.get("/readyz") as answer:
        said = json.loads(await answer.text())
        assert answer.status == 503
        assert said["ready"] is False
        assert said["checks"]["sweep"] == {"ok": False, "said": "120 s late"}


async def test_metrics_are_prometheus_text_with_help() -> None:
    """Each number stands there with what it means: those told, and those found when somebody reads."""
    fates = {"sent": 2.0}
    metrics = Metrics()
    metrics.measure(
        lambda: (
            Measured("notices", "Attempts, by what came of them.", "counter", fates, "outcome"),
            Measured("sweep_late_seconds", "How late the sweep is.", "gauge", {"": 1.5}),
        )
    )
    metrics.command("OpenInquiry", "done", 0.002)
    metrics.committed(0.0007)
    fates["dropped"] = 1.0
    async with serving(metrics=metrics) as client, client.get("/metrics") as answer:
        text = await answer.text()
        assert answer.content_type == "text/plain"
    lines = text.splitlines()
    assert 'henji_commands_total{kind="OpenInquiry",outcome="done"} 1.0' in lines
    assert 'henji_notices_total{outcome="sent"} 2.0' in lines
    assert 'henji_notices_total{outcome="dropped"} 1.0' in lines
    assert "henji_commit_seconds_count 1.0" in lines
    assert "henji_sweep_late_seconds 1.5" in lines
    named = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    explained = {line.split()[2] for line in lines if line.startswith("# HELP") and len(line.split()) > 4}
    assert named == explained


async def test_two_desks_in_one_process_count_apart() -> None:
    """Each set of numbers has a registry of its own."""
    one, other = Metrics(), Metrics()
    one.committed(0.1)
    assert b"henji_commit_seconds_count 1.0" in one.text()
    assert b"henji_commit_seconds_count 0.0" in other.text()


async def test_a_mounted_route_gets_the_request_and_gives_the_answer() -> None:
    """Method, headers in any case and body go in; status, headers and body come back as they are."""
    async with (
        serving() as client,
        client.post("/slack/events", data=b"abcdef", headers={"X-Slack-Signature": "v0=1"}) as answer,
    ):
        assert answer.status == 418
        assert answer.headers["X-Said"] == "POST v0=1 6"
        assert answer.content_type == "text/x-echo"
        assert await answer.read() == b"abc"


async def test_a_body_over_the_limit_is_refused_with_the_limit() -> None:
    """It gets 413, and is told how much it may be."""
    async with serving() as client:
        async with client.post("/slack/events", data=io.BytesIO(b"x" * BODY_LIMIT)) as answer:
            assert answer.status == 418
        async with client.post("/slack/events", data=io.BytesIO(b"x" * (BODY_LIMIT + 1))) as answer:
            assert answer.status == 413
            assert str(BODY_LIMIT) in await answer.text()


@pytest.mark.parametrize("path", ["/", "/slack", "/metrics/x", "/../etc/passwd"])
async def test_what_is_not_there_is_a_plain_404(path: str) -> None:
    """Nothing about the inside is told."""
    async with serving() as client, client.get(path) as answer:
        assert (answer.status, answer.content_type) == (404, "text/plain")
        assert await answer.text() == "404: Not Found"


async def test_only_reading_is_allowed_of_health() -> None:
    """A POST to a page for reading is refused."""
    async with serving() as client, client.post("/healthz") as answer:
        assert answer.status == 405


async def test_a_port_in_use_is_said_with_its_setting() -> None:
    """The message names HENJI_BIND and the address."""
    with socket.create_server(LOOPBACK) as taken:
        port = taken.getsockname()[1]

        async def nothing() -> Sequence[Check]:
            return ()

        async def none() -> bytes:
            return b""

        server = WebServer(("127.0.0.1", port), ready=nothing, metrics=none, routes={})
        with pytest.raises(Misconfigured, match=str(port)) as caught:
            await server.start()
        assert caught.value.setting == "HENJI_BIND"


async def test_once_stopped_it_listens_no_more() -> None:
    """The port is free at once."""
    async with serving() as client, client.get("/healthz") as answer:
        port = answer.url.port
    assert port is not None
    with socket.create_server(("127.0.0.1", port)):
        pass
