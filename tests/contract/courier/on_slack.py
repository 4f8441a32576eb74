"""Slack as a yard: the adapter's courier, the real SDK, the emulator.

Used by the suite's `yard` fixture.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from adapters.slack.attached import files_of
from adapters.slack.client import close_client, open_client
from adapters.slack.files import SlackCourier
from adapters.slack.messenger import SlackMessenger
from core.files import File
from core.filing import Courier
from core.ids import MessageId, PlaceId, WorkspaceId
from core.ports import Messenger
from tests.clocks import HandClock
from tests.contract.courier.yard import Yard
from tests.contract.messenger.on_slack import SlackStage
from tests.emulators.slack import Kind, SlackEmulator
from tests.emulators.slack.attachments import Attachment
from tests.emulators.slack.wire import message_json
from tests.unit.wording.samples import BOOK

BEGAN = datetime(2026, 4, 1, 12, tzinfo=UTC)


class SlackYard(SlackStage):
    """The messenger's stage, with a courier."""

    def __init__(
        self, slack: SlackEmulator, messenger: Messenger, courier: Courier, clock: HandClock
    ) -> None:
        super().__init__(slack, messenger)
        self.courier = courier
        self._clock = clock

    async def attached(self, name: str, content: bytes, leads_to: str = "") -> File:
        """In the channel of staff."""
        return await self._said(Attachment(name, content, redirects=leads_to))

    async def stored_elsewhere(self, name: str) -> File:
        """A file of Google's, say."""
        says = {"is_external": True, "url_private": f"https://drive.example/{name}"}
        return await self._said(Attachment(name, says=says))

    async def takes_back(self, file: File) -> None:
        """The file, not the message."""
        self._slack.world.files[file.source.rpartition(":")[2]].deleted = True

    async def a_week_passes(self) -> None:
        """Nothing expires on Slack."""
        self._clock.advance(hours=7 * 24)

    def opened(self, place: PlaceId, message: MessageId) -> list[tuple[str, bytes]]:
        """What is stored behind what a message shows."""
        found = (self._slack.world.files[each["id"]].attached for each in self._message(place, message).files)
        return [(each.name, each.content) for each in found]

    def fetching_fails(self) -> None:
        """A 503."""
        self._slack.faults.switch_on(Kind.REFUSED, "GET /files-pri", times=1)

    def posting_loses_the_reply(self) -> None:
        """Done, then the connection is cut."""
        self._slack.faults.switch_on(Kind.LOST_REPLY, "files.completeUploadExternal", times=1)

    def forbids_files(self, _place: PlaceId) -> None:
        """The app was installed without the scope."""
        self._slack.api.scopes.discard("files:write")

    async def _said(self, attached: Attachment) -> File:
        channel = self._channel(self.shared)
        message = await self._taro.says("look", channel=channel, files=(attached,))
        [file] = files_of(message_json(self._slack.world, message), WorkspaceId(f"slack:{self._slack.team}"))
        return file


@asynccontextmanager
async def on_slack() -> AsyncIterator[Yard]:
    """An empty workspace, until the test ends."""
    clock = HandClock(BEGAN)
    async with SlackEmulator(now=clock.now, patience=0.3) as slack:
        client = open_client(slack.bot_token, base_url=slack.base_url)
        try:
            messenger = SlackMessenger(client, BOOK, pause=0.0)
            yield SlackYard(slack, messenger, SlackCourier(client, BOOK, api=slack.base_url), clock)
        finally:
            await close_client(client)
