"""A bare Bolt app that acknowledges and does no more: the least that answering Slack can cost.

A peer of the submission. It checks the signature as Bolt does, and is mounted on our web server as our own
handler is.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.web.server import Check, Reply, WebServer
from tests.benchmarks.platform import SECRET, TOKEN

PATH = "/slack/events"


@asynccontextmanager
async def bare(api: str) -> AsyncIterator[int]:
    """The app, listening; gives the port. `api` is where Slack is."""
    client = AsyncWebClient(token=TOKEN, base_url=api)
    client.proxy = None
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    @app.view("form:new")
    async def submitted(ack: AsyncAck) -> None:
        await ack()

    async def handle(_method: str, headers: Mapping[str, str], body: bytes) -> Reply:
        answer = await app.async_dispatch(AsyncBoltRequest(body=body.decode(), headers=dict(headers)))
        return answer.status, answer.first_headers(), (answer.body or "").encode()

    server = WebServer(("127.0.0.1", 0), ready=_no_checks, metrics=_no_numbers, routes={PATH: handle})
    yield await server.start()
    await server.stop()


async def _no_checks() -> Sequence[Check]:
    return ()


async def _no_numbers() -> bytes:
    return b""
