"""The Bolt app: which listener gets what Slack sends. All is done, and on disk, before it is acknowledged.

Put together by bots with a reception. Both ways in (Socket Mode, signed HTTP) lead to the same app. It asks
Slack nothing about a request, and holds no rule and no wording.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, cast

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import acts, commands, listen, render, submissions
from adapters.slack.client import Identity
from adapters.slack.mrkdwn import Json
from adapters.slack.parse import Malformed, Payload
from adapters.slack.reception import NO_DESK, Reception
from core.ids import LANGUAGES

_ANY = re.compile("")
_QUIET = logging.getLogger(f"{__name__}.bolt")
_QUIET.setLevel(logging.ERROR)  # below, Bolt logs bodies, and warns of settings that it takes for its own

_log = structlog.get_logger(__name__)


def build_app(reception: Reception) -> AsyncApp:
    """A Bolt app that brings everything to this reception."""
    app = AsyncApp(
        name="henji",
        logger=_QUIET,
        client=_client(reception.client),
        authorize=cast("Any", _Ours(reception.me, reception.client.token or "")),
        user_facing_authorize_error_message=_not_ours(reception),
        process_before_response=True,
        request_verification_enabled=False,  # done in `signed`, before anything is read
        ssl_check_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _hear_interactions(app, reception)
    _hear_events(app, reception)
    return app


def _hear_interactions(app: AsyncApp, reception: Reception) -> None:
    @app.view(_ANY)
    async def form(body: Payload, ack: AsyncAck) -> None:
        await _acknowledge(ack, submissions.submitted(reception, body))

    @app.action(_ANY)
    async def button(body: Payload, ack: AsyncAck) -> None:
        await _acknowledge(ack, acts.pressed_button(reception, body))

    @app.options(_ANY)
    async def typing(body: Payload, ack: AsyncAck) -> None:
        await _acknowledge(ack, acts.suggested(reception, body))

    @app.command(_ANY)
    async def command(body: Payload, ack: AsyncAck) -> None:
        await _acknowledge(ack, commands.spoken(reception, body))


def _hear_events(app: AsyncApp, reception: Reception) -> None:
    def hear(name: str, listener: Callable[[Reception, Payload], Awaitable[bool]]) -> None:
        @app.event(name)
        async def heard(event: dict[str, Any]) -> BoltResponse:
            # Slack delivers again what is not acknowledged: at once, after a minute, after five.
            return BoltResponse(status=200 if await listener(reception, event) else 503, body="")

    hear("message", listen.message)
    hear("app_mention", listen.mention)
    hear("member_joined_channel", listen.joined)
    hear("app_uninstalled", listen.uninstalled)

    @app.event(_ANY)
    async def none_of_ours() -> None:
        """Acknowledge, so that it is not delivered again."""


async def _acknowledge(ack: AsyncAck, answer: Awaitable[Json | None]) -> None:
    try:
        body = await answer
    except Malformed as error:
        _log.warning("slack.malformed", what=str(error))
        body = None
    await ack(body or "")


class _Ours(AsyncAuthorize):
    """Takes requests of our own workspace only, and asks Slack nothing: the token was verified at start."""

    def __init__(self, me: Identity, token: str) -> None:
        self._ours = AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_user_id=me.user, bot_id=me.bot, bot_token=token
        )

    async def __call__(self, *, team_id: str | None, **_: object) -> AuthorizeResult | None:
        return self._ours if team_id == self._ours.team_id else None


def _client(ours: AsyncWebClient) -> AsyncWebClient:
    """Bolt's own client, which it copies for every request, and which we don't use."""
    return AsyncWebClient(base_url=ours.base_url, session=ours.session, logger=_QUIET, retry_handlers=[])


def _not_ours(reception: Reception) -> str:
    """What people of a workspace read whose token we were not given, in both languages."""
    sentences = (render.answer(reception.reader(lang, "UTC"), NO_DESK)["text"] for lang in LANGUAGES)
    return "\n".join(sentences)
