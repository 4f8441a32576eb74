"""What is said aside on Slack: to whoever acted, alone, and at once.

Used by the listeners, once what somebody did is on disk. It never fails and holds nobody up: what takes long
goes on by itself, and what can't be told is logged. Whatever stays in a place is a notice instead, but for
the greeting of a channel.
"""

import asyncio
from collections.abc import Awaitable

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.aio import spawn
from adapters.once import Once
from adapters.slack.errors import code_of, translating
from adapters.slack.mrkdwn import Json
from adapters.slack.render import Drawn
from core.errors import DeskError, TryAgain
from core.ids import Key

_PATIENCE = 1.0  # of the 3 s within which Slack wants its acknowledgement
_OK = 200
_HARMLESS = frozenset({"already_reacted", "too_many_reactions", "message_not_found", "not_reactable"})

_log = structlog.get_logger(__name__)


class Asides:
    """One workspace's asides, through its client."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._told = Once()

    def first_time(self, key: Key) -> bool:
        """Whether this process has told nobody yet what became of a message: Slack may deliver it often."""
        return self._told.first_time(key)

    async def respond(self, response_url: str, drawn: Drawn, *, replace: bool = False) -> None:
        """Answer an interaction: to whoever acted alone, or in place of the message they acted on."""
        if response_url and drawn["text"]:
            body: Json = {**drawn, "replace_original": replace}
            if not replace:
                body["response_type"] = "ephemeral"
            await self._tell("respond", self._posted(response_url, body))

    async def whisper(self, channel: str, user: str, thread: str | None, drawn: Drawn) -> None:
        """Tell someone something that only they see, where they wrote."""
        if drawn["text"]:
            told = self._client.chat_postEphemeral(channel=channel, user=user, thread_ts=thread, **drawn)
            await self._tell("whisper", told)

    async def nod(self, channel: str, ts: str) -> None:
        """Show on a message that it is on its way."""
        await self._tell("nod", self._nodded(channel, ts))

    async def greet(self, channel: str, drawn: Drawn) -> None:
        """Say in a channel what we are for."""
        await self._tell("greet", self._client.chat_postMessage(channel=channel, **drawn))

    async def _tell(self, what: str, call: Awaitable[object]) -> None:
        task = spawn(self._said(what, call), f"slack.{what}")
        await asyncio.wait({task}, timeout=_PATIENCE)

    async def _said(self, what: str, call: Awaitable[object]) -> None:
        try:
            with translating(sending=False):
                await call
        except DeskError as error:
            _log.warning("slack.untold", what=what, why=f"{type(error).__name__}: {error}")

    async def _posted(self, response_url: str, body: Json) -> None:
        webhook = AsyncWebhookClient(
            response_url,
            session=self._client.session,
            logger=self._client.logger,
            retry_handlers=[],
        )
        webhook.proxy = self._client.proxy
        answer = await webhook.send_dict(body)
        if answer.status_code != _OK:
            raise TryAgain(1.0)

    async def _nodded(self, channel: str, ts: str) -> None:
        try:
            await self._client.reactions_add(channel=channel, timestamp=ts, name="white_check_mark")
        except SlackApiError as error:
            if code_of(error) not in _HARMLESS:
                raise
