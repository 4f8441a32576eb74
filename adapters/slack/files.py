"""Slack's courier: brings files that people attached on Slack, and puts files into a line's thread.

Implements core.filing.Courier; called by the delivery. A file's address is asked for anew each time and needs
the bot's token, which goes to Slack's own hosts only. What is posted carries its notice's id in its first
block, since messages with files take no metadata.
https://docs.slack.dev/messaging/working-with-files
"""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.aio import sleep
from adapters.download import download, origin_of, require_origin
from adapters.slack import render
from adapters.slack.attached import file_of
from adapters.slack.channels import Channels, marked
from adapters.slack.errors import code_of, translating
from adapters.slack.mrkdwn import Json
from core.errors import Delivery, NotCarried, TryAgain, Undeliverable
from core.files import FileRef, Why
from core.filing import Incoming, Parcel
from core.ids import MessageId, WorkspaceId, workspace_of
from core.notices import Notice
from core.phrasebook import Phrasebook
from core.records import Inquiry
from core.wording import Reader

ORIGINS: Final = frozenset({"https://files.slack.com"})
"""Where Slack has files, and takes them."""

_GONE: Final = frozenset({"file_not_found", "file_deleted", "file_not_visible"})
_NOT_THERE: Final = frozenset({"tombstone", "hidden_by_limit", "restricted"})
_LOOKS: Final = 6
_BETWEEN_LOOKS: Final = 0.5  # seconds; a message with files appears a moment after it was asked for
_UPLOADED_WITHIN: Final = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=20)


class SlackCourier:
    """One workspace's courier, going by one bot token. `api` is another Web API than Slack's own, if any."""

    def __init__(
        self,
        client: AsyncWebClient,
        book: Phrasebook,
        *,
        zone: str = "Asia/Tokyo",
        api: str | None = None,
    ) -> None:
        self._client = client
        self._book = book
        self._zone = zone
        self._origins = ORIGINS if api is None else ORIGINS | {origin_of(api)}
        self._channels = Channels(client)

    @asynccontextmanager
    async def fetch(self, source: FileRef) -> AsyncIterator[Incoming]:
        """A file that somebody attached on Slack."""
        workspace, _, own = source.rpartition(":")
        declared = await self._declared(own)
        address = str(declared.get("url_private_download") or declared.get("url_private") or "")
        if declared.get("is_external") or not address:
            raise NotCarried(Why.ELSEWHERE)
        headers = {"Authorization": f"Bearer {self._client.token}"}
        async with download(self._session(), address, self._origins, headers) as pieces:
            yield Incoming(file=file_of(declared, WorkspaceId(workspace)), pieces=pieces)

    async def carry(
        self,
        notice: Notice,
        parcels: Sequence[Parcel],
        root: MessageId | None,
        inquiry: Inquiry | None,  # noqa: ARG002 -- a notice for Slack carries all its facts
    ) -> MessageId | None:
        """Upload the files, then post them in one message; None where Slack does not show it soon."""
        channel = await self._channels.of(notice.place)
        reader = Reader(
            book=self._book, lang=notice.lang, zone=self._zone, workspace=workspace_of(notice.place)
        )
        blocks = marked(render.notice(reader, notice)["blocks"], notice.id)
        uploaded = [await self._uploaded(parcel) for parcel in parcels]
        with translating(sending=True):
            await self._client.files_completeUploadExternal(
                files=[{"id": each} for each in uploaded],
                channel_id=channel,
                thread_ts=root,
                blocks=json.dumps(blocks),
            )
        return await self._shown(uploaded[0], channel)

    async def _declared(self, own: str) -> Json:
        """What Slack says about a file now."""
        try:
            with translating(sending=False):
                answer = await self._client.files_info(file=own)
        except Undeliverable as error:
            cause = error.__cause__
            code = code_of(cause) if isinstance(cause, SlackApiError) else ""
            raise NotCarried(Why.GONE if code in _GONE else Why.UNAVAILABLE) from error
        declared: Json = answer["file"]
        if declared.get("mode") in _NOT_THERE:
            raise NotCarried(Why.GONE)
        return declared

    async def _uploaded(self, parcel: Parcel) -> str:
        """Slack's id of a file that was uploaded, and that nobody sees yet."""
        with translating(sending=False):
            answer = await self._client.files_getUploadURLExternal(
                filename=parcel.kept.name, length=parcel.kept.size
            )
            address = str(answer["upload_url"])
            try:
                require_origin(address, self._origins)
            except NotCarried as error:
                raise Undeliverable("platform_refused", place_lost=False) from error
            headers = {"Content-Type": "application/octet-stream"}
            async with self._session().post(
                address,
                data=parcel.content,
                headers=headers,
                allow_redirects=False,
                timeout=_UPLOADED_WITHIN,
            ) as response:
                if not response.ok:
                    raise TryAgain(_BETWEEN_LOOKS)
        return str(answer["file_id"])

    async def _shown(self, own: str, channel: str) -> MessageId | None:
        """The message a file was posted with; waits a little for it, so that what follows stands below."""
        try:
            for _ in range(_LOOKS):
                with translating(sending=False):
                    declared = (await self._client.files_info(file=own))["file"]
                shares = declared.get("shares") or {}
                for where in shares.values():
                    for message in where.get(channel) or ():
                        return MessageId(message["ts"])
                await sleep(_BETWEEN_LOOKS)
        except Delivery:  # it is posted: that nobody says where is no reason to do it again
            pass
        return None

    def _session(self) -> aiohttp.ClientSession:
        session = self._client.session
        if session is None:
            msg = "the client was opened without a session"
            raise AssertionError(msg)
        return session
