"""Discord as a stage: the adapter's messenger, the real library, the emulator.

Used by the suite's `stage` fixture.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from adapters.discord.client import close_client, open_client
from adapters.discord.messenger import DiscordMessenger
from core.errors import TryAgain
from core.ids import MessageId, NoticeId, PersonId, PlaceId
from core.ports import Messenger
from tests.contract.messenger.stage import Stage
from tests.emulators.discord import Channel, DiscordEmulator, Message, Permission, deeds, deeds_guilds
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.records import MessageKind, Overwrite
from tests.unit.wording.samples import BOOK

_POST = "create_message"
_SAID = (MessageKind.DEFAULT, MessageKind.REPLY)


class DiscordStage:
    """A guild with a channel of staff, and a buyer."""

    def __init__(self, discord: DiscordEmulator, messenger: Messenger) -> None:
        """Set the scene."""
        self.began = discord.world.now()
        self.messenger = messenger
        self._discord = discord
        self._hanako, self._taro, self._jiro = (discord.person(name) for name in ("Hanako", "Taro", "Jiro"))
        self.guild = discord.guild("market", members=[self._hanako, self._taro, self._jiro])
        channel = discord.channel(self.guild, "support", only=[self._taro, self._jiro])
        self.buyer = _person(self._hanako.id)
        self.staff = (_person(self._taro.id), _person(self._jiro.id))
        self.shared = PlaceId(f"discord:{self.guild.id}:{channel.id}")
        self.direct = PlaceId(f"discord:users:@{self._hanako.id}")

    def read(self, _place: PlaceId, message: MessageId) -> str:
        """A message as people read it."""
        return self._discord.rendered_text(self._message(message))

    def told(self, _place: PlaceId, message: MessageId) -> set[PersonId]:
        """Everybody whom a message mentions so that they are told."""
        found = self._message(message)
        pings = [each for each in self._discord.world.pings if each.message is found and not each.by_edit]
        return {_person(each.target) for each in pings}

    def below(self, place: PlaceId, message: MessageId) -> MessageId | None:
        """The message under which this one stands: its thread's card, or the one it replies to."""
        found = self._message(message)
        if found.reference is not None:
            return MessageId(found.reference.message)
        return MessageId(found.channel) if found.channel != self._channel(place).id else None

    def posted(self, place: PlaceId) -> list[MessageId]:
        """What Henji has posted in a place and its threads, oldest first."""
        channel = self._channel(place)
        threads = [] if channel.is_dm else self._discord.world.threads(channel)
        return sorted(
            (
                MessageId(each.id)
                for one in (channel, *threads)
                for each in one.messages.values()
                if each.author == self._discord.bot.id and each.kind in _SAID
            ),
            key=int,
        )

    def loses_the_reply(self) -> None:
        """Done, then the connection is cut."""
        self._discord.faults.switch_on(Kind.LOST_REPLY, _POST, times=1)

    def fails_after(self) -> None:
        """Done, then a 500, after which the library would send again."""
        self._discord.faults.switch_on(Kind.FAILED_AFTER, _POST, times=1, status=500)

    def asks_for_patience(self, seconds: int) -> None:
        """A 429 with Retry-After."""
        self._discord.faults.switch_on(Kind.RATE_LIMITED, _POST, times=1, retry_after=seconds)

    async def goes_away(self) -> None:
        """Connections are refused, and those that were open have been seen to be cut."""
        await self._discord.goes_away()
        with suppress(TryAgain):
            await self.messenger.find(self.shared, None, NoticeId("x"), self.began)

    async def comes_back(self) -> None:
        """Connections are accepted again."""
        await self._discord.comes_back()

    async def puts_us_out(self, place: PlaceId) -> None:
        """Somebody takes the bot's sight of the channel."""
        denied = Overwrite(self._discord.bot.id, "member", deny=int(Permission.VIEW_CHANNEL))
        deeds_guilds.overwrite(self._discord.world, self._channel(place), denied)

    async def deletes(self, _place: PlaceId, message: MessageId) -> None:
        """An admin deletes the bot's message."""
        deeds.delete(self._discord.world, self._message(message))

    def _channel(self, place: PlaceId) -> Channel:
        own = place.rpartition(":")[2]
        world = self._discord.world
        return world.dm(own[1:]) if own.startswith("@") else world.channels[own]

    def _message(self, message: MessageId) -> Message:
        found = self._discord.world.find(message)
        assert found is not None
        return found


def _person(user: str) -> PersonId:
    return PersonId(f"discord:users:{user}")


@asynccontextmanager
async def on_discord() -> AsyncIterator[Stage]:
    """An empty guild, until the test ends."""
    async with DiscordEmulator(now=lambda: datetime(2026, 4, 1, 12, tzinfo=UTC)) as discord:
        client = await open_client(discord.token, api=discord.api)
        try:
            yield DiscordStage(discord, DiscordMessenger(client, BOOK, pause=0.0))
        finally:
            await close_client(client)
