"""Slack's conversations by the desk's places: which channel a place is, and what was posted in it.

Used by the messenger, which looks for its own posts, and by the history, which reads what people said. It
opens a DM to learn its id, and posts nothing.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.errors import code_of, translating
from adapters.slack.mrkdwn import Json, own
from core.ids import MessageId, NoticeId, PersonId, PlaceId, person_of_dm

EVENT = "henji_notice"
"""The type of the metadata that everything we post carries: https://docs.slack.dev/messaging/message-metadata."""

_PAGE = 200
_MOST_PAGES = 50
_MOST_DMS = 10_000


class Channels:
    """One workspace's conversations. Raises what core.ports.Messenger raises."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Ask through `client`."""
        self._client = client
        self._dms: dict[PersonId, str] = {}

    async def of(self, place: PlaceId) -> str:
        """The channel's id; a DM's is asked for once, and does not change."""
        person = person_of_dm(place)
        if person is None:
            return own(place)
        if person not in self._dms:
            with translating(sending=False):
                answer = await self._client.conversations_open(users=own(person))
            if len(self._dms) >= _MOST_DMS:
                del self._dms[next(iter(self._dms))]
            self._dms[person] = answer["channel"]["id"]
        return self._dms[person]

    async def posted(self, place: PlaceId, root: MessageId | None, oldest: str) -> AsyncIterator[Json]:
        """What was posted after `oldest` (a timestamp of Slack's), with its metadata.

        In the thread below `root`, oldest first and the root itself included; without one in the place,
        newest first. A thread whose root was deleted has nothing in it.
        """
        channel, cursor = await self.of(place), ""
        for _ in range(_MOST_PAGES):
            with translating(sending=False):
                page = await self._page(channel, root, oldest, cursor)
            for message in page.get("messages") or ():
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _page(self, channel: str, root: MessageId | None, oldest: str, cursor: str) -> Json:
        if root is None:
            history = await self._client.conversations_history(
                channel=channel, oldest=oldest, cursor=cursor, limit=_PAGE, include_all_metadata=True
            )
            return _body(history)
        try:
            replies = await self._client.conversations_replies(
                channel=channel, ts=root, oldest=oldest, cursor=cursor, limit=_PAGE, include_all_metadata=True
            )
        except SlackApiError as error:
            if code_of(error) == "thread_not_found":
                return {}
            raise
        return _body(replies)


def notice_in(message: Mapping[str, Any]) -> NoticeId | None:
    """The id of the notice that a message carries."""
    metadata = message.get("metadata") or {}
    notice = (metadata.get("event_payload") or {}).get("id")
    if metadata.get("event_type") == EVENT and isinstance(notice, str):
        return NoticeId(notice)
    first: Json = next(iter(message.get("blocks") or ()), {})
    kind, _, notice = str(first.get("block_id") or "").partition(":")
    return NoticeId(notice) if kind == EVENT else None


def marked(blocks: list[Json], notice: NoticeId) -> list[Json]:
    """Blocks that carry a notice's id themselves, for a message that takes no metadata."""
    return [
        {**block, "block_id": f"{EVENT}:{notice}"} if at == 0 else block for at, block in enumerate(blocks)
    ]


def _body(answer: AsyncSlackResponse) -> Json:
    """An answer of the Web API is a JSON object, unless a file was asked for."""
    return answer.data if isinstance(answer.data, dict) else {}
