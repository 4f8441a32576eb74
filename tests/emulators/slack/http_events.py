"""Signed HTTP: Slack posting to the app's request URL, with the signature that the app has to check.

`delivery` sends through it. https://docs.slack.dev/authentication/verifying-requests-from-slack. The stamp
of a request is the machine's time, not the story's, because the SDK's verifier compares it with the
machine's.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from tests.emulators.slack.delivery import Ack, Envelope
from tests.emulators.slack.events import VERIFICATION_TOKEN
from tests.emulators.slack.records import Json

_FORM = "application/x-www-form-urlencoded"


class HttpEvents:
    """The way to an app that listens at a request URL."""

    def __init__(self, signing_secret: str, patience: float) -> None:
        self.request_url = ""
        self._secret = signing_secret
        self._session: ClientSession | None = None
        self._timeout = ClientTimeout(total=patience)

    async def send(self, envelope: Envelope) -> Ack:
        """Post the envelope and take the answer's body as the acknowledgement's."""
        body, content_type = encoded(envelope)
        retry = {"X-Slack-Retry-Num": str(envelope.retry), "X-Slack-Retry-Reason": envelope.retry_reason}
        headers = {"Content-Type": content_type} | (retry if envelope.retry else {})
        return await self.post(body, headers | self.signature(body))

    async def verify_url(self) -> bool:
        """Do the handshake that Slack does when the request URL is entered."""
        payload = {
            "type": "url_verification",
            "token": VERIFICATION_TOKEN,
            "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY",
        }
        body = json.dumps(payload).encode()
        ack = await self.post(body, {"Content-Type": "application/json"} | self.signature(body))
        return ack.body.get("challenge", ack.body.get("text")) == payload["challenge"]

    def signature(self, body: bytes, *, age: int = 0) -> dict[str, str]:
        """The headers that prove that a body comes from Slack, now or so many seconds ago."""
        # The SDK's verifier asks the machine's clock, whatever the story's shows.
        stamp = str(int(datetime.now(UTC).timestamp()) - age)  # noqa: TID251
        digest = hmac.new(self._secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def post(self, body: bytes, headers: dict[str, str]) -> Ack:
        """Post bytes with headers as given, for requests that should be refused too."""
        if self._session is None:
            self._session = ClientSession()
        try:
            async with self._session.post(
                self.request_url, data=body, headers=headers, timeout=self._timeout
            ) as answer:
                return await _ack(answer)
        except TimeoutError:
            return Ack("http_timeout", status=0)
        except (ClientError, ConnectionError):
            return Ack("connection_failed", status=0)

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session is not None:
            await self._session.close()


def encoded(envelope: Envelope) -> tuple[bytes, str]:
    """An envelope's payload as Slack posts it, and its content type."""
    match envelope.kind:
        case "events_api":
            return json.dumps(envelope.payload).encode(), "application/json"
        case "slash_commands":
            return urlencode(envelope.payload).encode(), _FORM
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}).encode(), _FORM


async def _ack(answer: ClientResponse) -> Ack:
    text = await answer.text()
    if answer.status >= 300:
        return Ack("http_error", status=answer.status, retry="X-Slack-No-Retry" not in answer.headers)
    if not text:
        return Ack()
    body: Json = json.loads(text) if answer.content_type == "application/json" else {"text": text}
    return Ack(body=body)
