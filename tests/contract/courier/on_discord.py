"""Discord as a yard: the adapter's courier, the real library, the emulator.

Used by the suite's `yard` fixture.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from discord import AutoShardedClient

from adapters.discord.attached import files_of
from adapters.discord.client import close_client, open_client
from adapters.discord.files import DiscordCourier
from adapters.discord.messenger import DiscordMessenger
from core.files import File
from core.filing import Courier
from core.ids import MessageId, PlaceId
from tests.clocks import HandClock
from tests.contract.courier.on_slack import BEGAN
from tests.contract.courier.yard import Yard
from tests.contract.messenger.on_discord import DiscordStage
from tests.emulators.discord import DiscordEmulator, Permission, deeds_guilds
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.records import Overwrite
from tests.emulators.discord.rest import Upload
from tests.unit.wording.samples import BOOK


class DiscordYard(DiscordStage):
    """The messenger's stage, with a courier."""

    def __init__(self, discord: DiscordEmulator, client: AutoShardedClient, clock: HandClock) -> None:
        super().__init__(discord, DiscordMessenger(client, BOOK, pause=0.0))
        self.courier: Courier = DiscordCourier(client, BOOK, api=discord.api)
        self._client = client
        self._clock = clock

    async def attached(self, name: str, content: bytes, leads_to: str = "") -> File:
        """In the channel of staff."""
        return await self._said(Upload("", name, "", content, redirects=leads_to))

    async def stored_elsewhere(self, name: str) -> File:
        """Discord has no such files: an address that is not Discord's stands for it."""
        return await self._said(Upload("", name, "", b"", says={"url": f"https://drive.example/{name}"}))

    async def takes_back(self, file: File) -> None:
        """The file, not the message."""
        message = self._message(MessageId(file.source.split("/")[1]))
        self._taro.deletes_files(message)

    async def a_week_passes(self) -> None:
        """What had an address then has another one now."""
        self._clock.advance(hours=7 * 24)

    def opened(self, _place: PlaceId, message: MessageId) -> list[tuple[str, bytes]]:
        """What is stored behind what a message shows."""
        files = self._discord.world.files
        return [(each["filename"], files[each["id"]]) for each in self._message(message).attachments]

    def fetching_fails(self) -> None:
        """A 503."""
        self._discord.faults.switch_on(Kind.REFUSED, "GET /attachments", times=1)

    def posting_loses_the_reply(self) -> None:
        """Done, then the connection is cut."""
        self.loses_the_reply()

    def forbids_files(self, place: PlaceId) -> None:
        """The permission to attach files is taken away in a channel."""
        view, attach = int(Permission.VIEW_CHANNEL), int(Permission.ATTACH_FILES)
        denied = Overwrite(self._discord.bot.id, "member", allow=view, deny=attach)
        deeds_guilds.overwrite(self._discord.world, self._channel(place), denied)

    async def _said(self, upload: Upload) -> File:
        channel = self._channel(self.shared)
        said = await self._taro.says("look", channel=channel, files=(upload,))
        there = self._client.get_partial_messageable(int(channel.id))
        [file] = files_of(await there.fetch_message(int(said.id)))
        return file


@asynccontextmanager
async def on_discord() -> AsyncIterator[Yard]:
    """An empty guild, until the test ends."""
    clock = HandClock(BEGAN)
    async with DiscordEmulator(now=clock.now) as discord:
        client = await open_client(discord.token, api=discord.api)
        try:
            yield DiscordYard(discord, client, clock)
        finally:
            await close_client(client)
