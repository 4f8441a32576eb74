"""Speaks on Slack: posts cards and notices, draws cards again, finds what may have been posted.

Implements core.ports.Messenger; called by the delivery. The client comes without retry handlers: whether to
send again is not its to decide. Every message carries its notice's id as metadata, which people don't see.
https://docs.slack.dev/messaging/message-metadata
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import render
from adapters.slack.channels import EVENT, Channels, notice_in
from adapters.slack.errors import code_of, translating
from adapters.slack.render import Drawn
from core.ids import Lang, MessageId, NoticeId, PlaceId, workspace_of
from core.notices import Card, Notice
from core.phrasebook import Phrasebook
from core.records import Inquiry
from core.wording import Reader

_PATIENCE = 10.0  # seconds: looking for a notice and sending it end well inside the outbox's lease of 30
_CLOCKS_APART = timedelta(minutes=1)  # by how much Slack's clock may be behind the store's

_log = structlog.get_logger(__name__)


class SlackMessenger:
    """One workspace's messenger, speaking through one bot token."""

    def __init__(
        self, client: AsyncWebClient, book: Phrasebook, *, zone: str = "Asia/Tokyo", pause: float = 1.0
    ) -> None:
        """Speak through `client`, in the words of `book`.

        `zone` is the one of plain times, where Slack can't show the reader's own. `pause` is Slack's limit, a
        message a second in a channel (https://docs.slack.dev/apis/web-api/rate-limits).
        """
        self.pause = pause
        self._client = client
        self._channels = Channels(client)
        self._book = book
        self._zone = zone

    async def open_line(self, card: Card, inquiry: Inquiry, notice: NoticeId) -> MessageId:
        """Post a line's card, from which its thread hangs."""
        return await self._post(card.place, self._card(card, inquiry), notice, None)

    async def update(self, card: Card, inquiry: Inquiry, root: MessageId) -> None:
        """Draw a line's card again; one that somebody deleted stays deleted."""
        drawn = self._card(card, inquiry)
        async with _in_time(sending=False):
            channel = await self._channels.of(card.place)
            try:
                await self._client.chat_update(channel=channel, ts=root, **drawn)
            except SlackApiError as error:
                if code_of(error) != "message_not_found":
                    raise
                _log.warning("slack.card_deleted", place=card.place, inquiry=card.number)

    async def send(
        self,
        notice: Notice,
        root: MessageId | None,
        inquiry: Inquiry | None,  # noqa: ARG002 -- a notice for Slack carries all its facts
    ) -> MessageId:
        """Send one notice, under its line's card where there is one."""
        drawn = render.notice(self._reader(notice.place, notice.lang), notice)
        return await self._post(notice.place, drawn, notice.id, root)

    async def find(
        self, place: PlaceId, root: MessageId | None, notice: NoticeId, since: datetime
    ) -> MessageId | None:
        """The message that carries this notice's id, if it was posted at or after `since`.

        What is sent under a card that was deleted in between stands in the place itself, so that is searched
        too (https://github.com/slack-go/slack/issues/1571).
        """
        oldest = f"{(since - _CLOCKS_APART).timestamp():.6f}"
        async with _in_time(sending=False):
            for thread in (None,) if root is None else (root, None):
                async for message in self._channels.posted(place, thread, oldest):
                    if notice_in(message) == notice:
                        return MessageId(message["ts"])
        return None

    async def _post(
        self, place: PlaceId, drawn: Drawn, notice: NoticeId, root: MessageId | None
    ) -> MessageId:
        async with _in_time(sending=True):
            answer = await self._client.chat_postMessage(
                channel=await self._channels.of(place),
                **drawn,
                thread_ts=root,
                metadata={"event_type": EVENT, "event_payload": {"id": notice}},
                unfurl_links=False,
                unfurl_media=False,
            )
        return MessageId(answer["ts"])

    def _card(self, card: Card, inquiry: Inquiry) -> Drawn:
        line = inquiry.lines[card.party]
        return render.card(self._reader(card.place, line.lang), inquiry, card.party)

    def _reader(self, place: PlaceId, lang: Lang) -> Reader:
        return Reader(book=self._book, lang=lang, zone=self._zone, workspace=workspace_of(place))


@asynccontextmanager
async def _in_time(*, sending: bool) -> AsyncIterator[None]:
    """Around all the calls of one errand: given up after 10 s, and failing in the desk's own words."""
    with translating(sending=sending):
        async with asyncio.timeout(_PATIENCE):
            yield
