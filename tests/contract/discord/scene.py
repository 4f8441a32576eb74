"""Staff's channel on Discord, and a buyer who used a command in another.

Used by the tests of what only Discord does to messages. It opens lines and sends on them through the
messenger, and looks at what came of it in the emulated world.
"""

import msgspec
from discord import AutoShardedClient

from adapters.discord.messenger import DiscordMessenger
from core.ids import MessageId, NoticeId, PersonId, PlaceId
from core.inquiry import card_notice
from core.notices import Card, Notice, Relayed
from core.records import Inquiry, Line, Party
from core.text import Foreign
from tests.contract.store.things import DESK, an_inquiry
from tests.emulators.discord import Channel, DiscordEmulator, Message, Permission, Person, deeds_guilds
from tests.emulators.discord.records import ChannelKind, Overwrite
from tests.unit.wording.samples import BOOK


class Desk:
    """Staff's channel, and the buyer Hanako, who used a command in the channel `market`."""

    def __init__(self, discord: DiscordEmulator, client: AutoShardedClient) -> None:
        """Set the scene."""
        self.discord, self.world = discord, discord.world
        self.hanako: Person = discord.person("Hanako")
        self.taro: Person = discord.person("Taro")
        self.guild = discord.guild("market", members=[self.hanako, self.taro])
        self.channel: Channel = discord.channel(self.guild, "support")
        self.market: Channel = discord.channel(self.guild, "market")
        self.place = PlaceId(f"discord:{self.guild.id}:{self.channel.id}")
        self.near: PlaceId | None = PlaceId(f"discord:{self.guild.id}:{self.market.id}")
        self.direct = PlaceId(f"discord:users:@{self.hanako.id}")
        self.messenger = DiscordMessenger(client, BOOK, pause=0.0)

    def inquiry(self, **fields: object) -> Inquiry:
        """The inquiry."""
        lines = {
            Party.BUYER: Line(place=self.direct, lang="en", near=self.near),
            Party.STAFF: Line(place=self.place, lang="en"),
        }
        buyer = PersonId(f"discord:users:{self.hanako.id}")
        return msgspec.structs.replace(an_inquiry(7, buyer=buyer), lines=lines, **fields)

    def card(self, party: Party = Party.STAFF) -> Card:
        """A line's card."""
        return Card(desk=DESK, place=self.inquiry().lines[party].place, number=7, party=party)

    async def opens(self, party: Party = Party.STAFF) -> MessageId:
        """A line, opened."""
        inquiry = self.inquiry()
        return await self.messenger.open_line(self.card(party), inquiry, card_notice(inquiry, party))

    async def sends(self, root: MessageId, party: Party = Party.STAFF, n: int = 0) -> MessageId:
        """A message on a line."""
        return await self.messenger.send(self.notice(party, n), root, self.inquiry())

    def notice(self, party: Party = Party.STAFF, n: int = 0) -> Notice:
        """A message of the seller's."""
        return Notice(
            id=NoticeId(f"tanuki.7.2.{n}"),
            desk=DESK,
            place=self.inquiry().lines[party].place,
            lang="en",
            what=Relayed(number=7, by=Party.SELLER, name=Foreign("Acme"), text=Foreign("Sent today.")),
            number=7,
            party=party,
        )

    def thread(self, root: MessageId) -> Channel:
        """The thread of a card."""
        return self.world.channels[root.removeprefix("thread/")]

    def message(self, message: MessageId) -> Message:
        """A message by its id."""
        found = self.world.find(message)
        assert found is not None
        return found

    def denies(self, channel: Channel, permission: Permission) -> None:
        """Somebody takes a permission from Henji, in a channel."""
        entry = Overwrite(self.discord.bot.id, "member", deny=int(permission))
        deeds_guilds.overwrite(self.world, channel, entry)

    def posted(self, channel: Channel) -> list[Message]:
        """What Henji said in a channel or thread, oldest first."""
        ours = self.discord.bot.id
        return [each for each in channel.messages.values() if each.author == ours and not each.kind]

    def private_threads(self) -> list[Channel]:
        """All there are."""
        return [each for each in self.world.channels.values() if each.kind is ChannelKind.PRIVATE_THREAD]
