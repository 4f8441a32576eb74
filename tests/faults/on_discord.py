"""Discord behind the seam of `sides`: a guild of the emulator, and people at their clients there.

Made by the scene. Discord tells Henji of a message once, and never of what happened while nobody listened.
"""

from collections.abc import Iterator, Mapping, Sequence

from adapters.discord.invite import PERMISSIONS
from core.ids import PersonId, PlaceId
from tests.emulators.discord import (
    Channel,
    DiscordEmulator,
    Kind,
    Message,
    Permission,
    Person,
    deeds_guilds,
)
from tests.emulators.discord.faults import Fault
from tests.emulators.discord.records import ChannelKind
from tests.faults.at_discord import DiscordClient, notice_in
from tests.faults.sides import Client, Name, Post
from tests.waiting import until


class DiscordSide:
    """The guild, in which Henji has the permissions that its invitation asks for."""

    name: Name = "discord"

    def __init__(self, discord: DiscordEmulator) -> None:
        invited = Permission.NONE
        for name in PERMISSIONS:
            invited |= Permission[name.upper()]
        self.discord = discord
        self.guild = discord.guild("お買い物市", members=[], bot=invited)
        self.workspace = f"discord:{self.guild.id}"
        self._channels: dict[PlaceId, Channel] = {}
        self._people: dict[PersonId, Person] = {}
        self.general = self._called(discord.channel(self.guild, "general"))
        self._texts: dict[str, tuple[object, str]] = {}

    @property
    def calls(self) -> int:
        """How often Henji has called it."""
        return len(self.discord.calls)

    def person(self, name: str, *, takes_dms: bool = True) -> DiscordClient:
        """Somebody new in the guild."""
        person = self.discord.person(name, locale="ja", tz="Asia/Tokyo")
        deeds_guilds.join_guild(self.discord.world, self.guild, person.id)
        client = DiscordClient(self, person)
        self._people[client.person] = person
        self._channels[client.inbox] = person.inbox
        if not takes_dms:
            person.closes_dms()
        return client

    def channel(self, name: str, members: Sequence[Client]) -> PlaceId:
        """A channel that only these people and Henji see."""
        people = [self._people[each.person] for each in members]
        return self._called(self.discord.channel(self.guild, name, only=[*people]))

    def posts(self, place: PlaceId) -> Sequence[Post]:
        """What Henji has posted for good in a place and its threads, the oldest first.

        A private thread stands for the DM of somebody who takes none.
        """
        found = [post for channel in self._where(place) for post in self._posted(place, channel)]
        return [post for _, post in sorted(found, key=lambda each: each[0])]

    def text(self, post: Post) -> str:
        """A post as people read it, rendered anew only where it was changed."""
        return self.rendered(self.message(post))

    def rendered(self, message: Message) -> str:
        """A message as people read it."""
        state = (message.content, message.edited_at)
        known = self._texts.get(message.id)
        if known is None or known[0] != state:
            known = self._texts[message.id] = (state, self.discord.rendered_text(message))
        return known[1]

    def controls(self, post: Post) -> str:
        """The components."""
        return str(self.message(post).components)

    def offers_list(self, post: Post) -> bool:
        """Whether there is a select in it."""
        return "'type': 3" in self.controls(post)

    def settings(self, way: str) -> dict[str, str]:
        """Its events come one way only."""
        del way
        return {"DISCORD_BOT_TOKEN": self.discord.token, "HENJI_DISCORD_API": self.discord.api}

    async def begins(self) -> None:
        """The sessions of earlier lives are forgotten."""
        await until(self.asleep)
        self.discord.gateway.forget_sessions()

    def hears(self, logged: Sequence[Mapping[str, object]]) -> bool:
        """Whether there is a session of the gateway."""
        del logged
        return bool(self.discord.gateway.sessions)

    async def tells_again(self) -> None:
        """Discord tells nobody anything again."""

    def withholds(self) -> Fault:
        """From here on, what Henji posts is posted, and it is not told so."""
        return self.discord.faults.switch_on(Kind.SLOW, "create_message")

    def recovers(self) -> None:
        """All that went wrong is over."""
        self.discord.faults.end()

    def message(self, post: Post) -> Message:
        """The emulator's record of a post; that of a private thread is the card in it."""
        found = self.discord.world.find(post.id)
        assert found is not None, post
        return found

    def thread_or_channel(self, post: Post) -> Channel:
        """Where a post stands, as Discord counts it."""
        return self.discord.world.channels[self.message(post).channel]

    def at(self, place: PlaceId) -> Channel:
        """The emulator's record of a place."""
        return self._channels[place]

    def asleep(self) -> bool:
        """Whether nobody listens."""
        return not self.discord.gateway.open

    def _called(self, channel: Channel) -> PlaceId:
        place = PlaceId(f"{self.workspace}:{channel.id}")
        self._channels[place] = channel
        return place

    def _where(self, place: PlaceId) -> list[Channel]:
        home, world = self._channels[place], self.discord.world
        if not home.is_dm:
            return [home, *(each for each in world.threads(home) if each.kind is ChannelKind.PUBLIC_THREAD)]
        others = set(home.people) - {self.discord.bot.id}
        private = [each for each in world.threads(self._channels[self.general]) if others & set(each.people)]
        return [home, *(each for each in private if each.kind is ChannelKind.PRIVATE_THREAD)]

    def _posted(self, place: PlaceId, channel: Channel) -> Iterator[tuple[int, Post]]:
        """What carries a notice; a refusal in somebody's DM does not."""
        card = ""
        for message in channel.messages.values():
            notice = notice_in(message)
            if message.author != self.discord.bot.id or not notice:
                continue
            root = ""
            if channel.kind is ChannelKind.PUBLIC_THREAD:
                root = channel.id
            elif channel.kind is ChannelKind.PRIVATE_THREAD:
                root, card = card, card or message.id
            elif channel.is_dm and message.reference is not None:
                root = message.reference.message
            yield int(message.id), Post(place, message.id, root, notice)
