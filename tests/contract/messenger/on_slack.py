"""Slack as a stage: the adapter's messenger, the real SDK, the emulator.

Used by the suite's `stage` fixture.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from adapters.slack.client import close_client, open_client
from adapters.slack.messenger import SlackMessenger
from core.ids import MessageId, PersonId, PlaceId
from core.ports import Messenger
from tests.contract.messenger.stage import Stage
from tests.emulators.slack import Channel, Kind, Message, Person, SlackEmulator
from tests.emulators.slack.changes import remove
from tests.unit.wording.samples import BOOK

_POST = "chat.postMessage"


class SlackStage:
    """A workspace with a channel of staff and a buyer."""

    def __init__(self, slack: SlackEmulator, messenger: Messenger) -> None:
        """Set the scene."""
        self.began = slack.world.now()
        self.messenger = messenger
        self._slack = slack
        self._hanako, self._taro, self._jiro = (slack.person(name) for name in ("Hanako", "Taro", "Jiro"))
        channel = slack.channel("support", members=[self._taro, self._jiro])
        self.buyer = self._person(self._hanako)
        self.staff = (self._person(self._taro), self._person(self._jiro))
        self.shared = PlaceId(f"slack:{slack.team}:{channel.id}")
        self.direct = PlaceId(f"slack:{slack.team}:@{self._hanako.id}")

    def read(self, place: PlaceId, message: MessageId) -> str:
        """A message as people read it."""
        return self._slack.rendered_text(self._message(place, message))

    def told(self, place: PlaceId, message: MessageId) -> set[PersonId]:
        """Everybody whom a message mentions so that they are told."""
        found = self._message(place, message)
        pings = [each for each in self._slack.world.pings if each.message is found and not each.by_edit]
        return {PersonId(f"slack:{self._slack.team}:{each.target}") for each in pings if each.shown}

    def below(self, place: PlaceId, message: MessageId) -> MessageId | None:
        """The message under which this one stands."""
        found = self._message(place, message)
        return MessageId(found.thread_ts) if found.is_reply else None

    def posted(self, place: PlaceId) -> list[MessageId]:
        """What Henji has posted in a place, oldest first."""
        messages = self._channel(place).messages.values()
        return [MessageId(each.ts) for each in messages if each.user == self._slack.bot.id]

    def loses_the_reply(self) -> None:
        """Done, then the connection is cut."""
        self._slack.faults.switch_on(Kind.LOST_REPLY, _POST, times=1)

    def fails_after(self) -> None:
        """Done, then a 503."""
        self._slack.faults.switch_on(Kind.FAILED_AFTER, _POST, times=1)

    def asks_for_patience(self, seconds: int) -> None:
        """A 429 with Retry-After."""
        self._slack.faults.switch_on(Kind.RATE_LIMITED, _POST, times=1, retry_after=seconds)

    async def goes_away(self) -> None:
        """Connections are refused."""
        await self._slack.goes_away()

    async def comes_back(self) -> None:
        """Connections are accepted again."""
        await self._slack.comes_back()

    async def puts_us_out(self, place: PlaceId) -> None:
        """Somebody removes the bot from the channel."""
        await self._taro.removes_bot(self._channel(place))

    async def deletes(self, place: PlaceId, message: MessageId) -> None:
        """An admin deletes the bot's message."""
        remove(self._slack.world, self._channel(place), self._message(place, message))

    def _person(self, person: Person) -> PersonId:
        return PersonId(f"slack:{self._slack.team}:{person.id}")

    def _channel(self, place: PlaceId) -> Channel:
        own = place.rpartition(":")[2]
        world = self._slack.world
        return world.dm(own[1:]) if own.startswith("@") else world.channels[own]

    def _message(self, place: PlaceId, message: MessageId) -> Message:
        return self._channel(place).messages[message]


@asynccontextmanager
async def on_slack() -> AsyncIterator[Stage]:
    """An empty workspace, until the test ends."""
    async with SlackEmulator(now=lambda: datetime(2026, 4, 1, 12, tzinfo=UTC), patience=0.3) as slack:
        client = open_client(slack.bot_token, base_url=slack.base_url)
        try:
            yield SlackStage(slack, SlackMessenger(client, BOOK, pause=0.0))
        finally:
            await close_client(client)
