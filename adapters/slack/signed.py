"""Slack's HTTP requests: none is looked at before its signature has been checked.

Called by the web server, through bots, with a request's parts: adapters don't know one another. An unsigned,
forged or stale request is answered with 401 and leaves nothing of its body in the log.
https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from yarl import URL

Reply = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""

Handle = Callable[[str, Mapping[str, str], bytes], Awaitable[Reply]]
"""Takes a request's method, headers and body."""

_log = structlog.get_logger(__name__)


def signed_requests(app: AsyncApp, signing_secret: str) -> Handle:
    """A handler of Slack's requests for a Bolt app, to be mounted at the request URL."""
    verifier = SignatureVerifier(signing_secret)

    async def handle(method: str, headers: Mapping[str, str], body: bytes) -> Reply:
        if method != "POST":
            return 405, {"Allow": "POST"}, b""
        if not _genuine(verifier, headers, body):
            _log.warning("slack.unsigned_request", length=len(body))
            return 401, {}, b""
        payload = _payload(body)
        if payload is None:
            _log.warning("slack.unreadable_request", length=len(body))
            return 400, {}, b""
        # Bolt is handed the payload as in Socket Mode: the signature has been checked, and Bolt's own reading
        # of a form loses any command in which somebody typed the word "payload".
        answer = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=payload))
        return answer.status, answer.first_headers(), (answer.body or "").encode()

    return handle


def _genuine(verifier: SignatureVerifier, headers: Mapping[str, str], body: bytes) -> bool:
    lower = {name.lower(): value for name, value in headers.items()}
    stamp = lower.get("x-slack-request-timestamp", "")
    try:
        return verifier.is_valid(body, stamp, lower.get("x-slack-signature", ""))
    except (ValueError, TypeError):  # a stamp that is no number, a body or a signature that is no text
        return False


def _payload(body: bytes) -> dict[str, Any] | None:
    """The JSON of an event, the JSON in the form of an interaction, or the form of a slash command."""
    try:
        text = body.decode()
        if not text.startswith("{"):
            # Not urllib's, which takes longer over a form than all that is done with it until it is stored.
            form = dict(URL.build(query_string=text, encoded=True).query)
            if "payload" not in form:
                return form
            text = form["payload"]
        payload = json.loads(text)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None
