"""Discord's side of the town: a guild of the emulator behind the seam of `side`, and Henji's room there.

Made by the town, for a pairing in which somebody is on Discord. Henji has in the guild exactly the
permissions that its invitation asks for.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from adapters.discord.invite import PERMISSIONS
from bots import compose
from bots.compose import House, Room
from core.ports import Platform
from tests.e2e.discord_client import DiscordClient, post_of
from tests.e2e.people import Someone
from tests.e2e.side import Call, Client, Fault, Lang, Place, Post, Trouble
from tests.emulators.discord import (
    Channel,
    DiscordEmulator,
    Guild,
    Kind,
    Message,
    Permission,
    Person,
    deeds_guilds,
)
from tests.emulators.discord.records import MessageKind, Overwrite
from tests.emulators.discord.sessions import Socket
from tests.waiting import until

CALLS: Final[dict[Call, str]] = {
    "send": "create_message",
    "upload": "create_message",
    "download": "GET /attachments",
}

_LISTENERS: Final = ("discord.py: on_", "CommandTree-invoker", "discord.commands", "discord.defer")
"""How the tasks are called in which the library and the adapter do what they were told of."""

_SPOKEN: Final = (MessageKind.DEFAULT, MessageKind.REPLY, MessageKind.CHAT_INPUT_COMMAND)


@dataclass
class _Together:
    """The same fault in several channels."""

    faults: Sequence[Fault]

    @property
    def hits(self) -> int:
        return sum(each.hits for each in self.faults)

    def off(self) -> None:
        for each in self.faults:
            each.off()


class DiscordSide:
    """A guild with Henji's bot in it."""

    name = "discord"
    shut_out = "チャンネルを見る"
    greeting = ""
    ping = 5.0

    def __init__(self, discord: DiscordEmulator) -> None:
        self.discord = discord
        invited = Permission.NONE
        for name in PERMISSIONS:
            invited |= Permission[name.upper()]
        self.guild: Guild = discord.guild("お買い物市", members=[], bot=invited)
        self.guild.locale = "ja"
        self.general = Place(discord.channel(self.guild, "general").id)
        self._people: dict[str, DiscordClient] = {}
        self._room: Room | None = None

    # the scene

    def person(self, name: str, lang: Lang, zone: str, *, admin: bool = False) -> DiscordClient:
        """Somebody new in the guild, at home in their DM with Henji."""
        locale = {"ja": "ja", "en": "en-GB"}[lang]
        person = self.discord.person(name, locale=locale, tz=zone)
        deeds_guilds.join_guild(self.discord.world, self.guild, person.id)
        if admin:
            self.discord.role(self.guild, "管理者", members=[person], permissions=Permission.MANAGE_GUILD)
        client = DiscordClient(person, lang, Place(person.inbox.id))
        self._people[person.id] = client
        return client

    def moderator(self) -> Person:
        """Somebody new who may do anything in the guild, and has nothing to do with the desk."""
        person = self.discord.person("見回り")
        deeds_guilds.join_guild(self.discord.world, self.guild, person.id)
        self.discord.role(self.guild, "見回り", members=[person], permissions=Permission.ADMINISTRATOR)
        return person

    def channel(self, name: str, members: Sequence[Client]) -> Place:
        """A channel that only these people and Henji see."""
        people = [self._people[each.id].person for each in members]
        return Place(self.discord.channel(self.guild, name, only=[*people]).id)

    # what stands on its screens

    def posted(self, place: Place | None = None) -> list[Post]:
        """What Henji has posted for everybody in a place and its threads, or anywhere; the oldest first."""
        world = self.discord.world
        where: list[Channel] = list(world.channels.values())
        if place is not None:
            where = [world.channels[place], *world.threads(world.channels[place])]
        messages = [message for channel in where for message in channel.messages.values()]
        ours = (each for each in messages if each.author == self.discord.bot.id and each.kind in _SPOKEN)
        return [post_of(each) for each in sorted(ours, key=lambda each: int(each.id))]

    def alone(self) -> list[Post]:
        """What Henji has shown to one person alone."""
        return [post_of(each) for each in self.discord.world.ephemerals.values()]

    def text(self, post: Post) -> str:
        """Where a post stands and what it says."""
        message = self._message(post)
        to = self.discord.world.users.get(message.ephemeral_to)
        where = f"to {to.name} alone" if to else self._where(post.place)
        return f"{where}: {self.discord.rendered_text(message)}"

    def carries(self, post: Post, notice: str) -> bool:
        """Whether the post's footer holds the id of a notice that ends so."""
        return any(notice in str(each.get("footer")) for each in self._message(post).embeds)

    def rung(self, post: Post) -> set[str]:
        """Whom a post mentions, by themselves or by a role of theirs."""
        world = self.discord.world
        targets = {ping.target for ping in world.pings if ping.message.id == post.id and not ping.by_edit}
        held = {each.user for each in self.guild.members.values() if targets & set(each.roles)}
        return held | {each for each in targets if each not in self.guild.roles}

    def told_anyway(self, post: Post) -> set[str]:
        """In a DM, whoever it is with."""
        channel = self.discord.world.channels[post.place]
        return set(channel.people) - {self.discord.bot.id} if channel.is_dm else set()

    def rung_by_edits(self) -> list[str]:
        """Discord tells nobody of an edit, but a role's ping has no business there."""
        world = self.discord.world
        pings = [ping for ping in world.pings if ping.by_edit and ping.target not in world.users]
        return [f"pinged by an edit: {ping.target}" for ping in pings]

    # Henji, and time

    @asynccontextmanager
    async def listening(self, home: House, *, ears: bool) -> AsyncIterator[Platform]:
        """Henji on this platform, connected to the gateway."""
        access = compose.DiscordAccess(
            bot_token=self.discord.token, listens=ears, api=self.discord.api, pause=0.0, ping=self.ping
        )
        async with compose.discord(home, access) as room, AsyncExitStack() as stack:
            if room.connection is not None:
                self._room = room
                await room.connection.start()
                stack.push_async_callback(room.connection.stop)
                await until(room.connection.connected, within=10)
                await self.settled()
            yield room.platform

    async def clock_moved(self) -> None:
        """Let Discord archive what is idle."""
        await self.discord.clock_moved()

    async def settled(self) -> None:
        """Wait until Henji was told of everything, and has done with it."""
        await self.discord.heard()
        while at_work := _at_work():
            _, late = await asyncio.wait(at_work, timeout=10)
            assert not late, f"still at work: {late}"
            await self.discord.heard()

    # what can happen

    def fails(
        self,
        trouble: Trouble,
        to: Call = "send",
        *,
        place: Place | None = None,
        times: int | None = None,
        retry_after: int = 30,
    ) -> Fault:
        """Let what Henji does suffer; in a place, in the threads that it has by now too."""
        world, places = self.discord.world, [""]
        if place is not None:
            places = [place, *(each.id for each in world.threads(world.channels[place]))]
        return _Together(
            [
                self.discord.faults.switch_on(
                    Kind[trouble], CALLS[to], channel=each, times=times, retry_after=retry_after
                )
                for each in places
            ]
        )

    def repeats(self, copies: int) -> None:
        """Send each event so many times more."""
        self.discord.gateway.duplicate(copies=copies)

    @asynccontextmanager
    async def loses(self) -> AsyncIterator[None]:
        """Tell of nothing that happens in between, ever."""
        self.discord.gateway.lose()
        yield
        self.discord.gateway.lose(on=False)

    def drops(self) -> None:
        """Cut the gateway's connections."""
        self.discord.gateway.drop()

    def freezes(self) -> None:
        """Let the gateway fall silent."""
        self.discord.gateway.freeze()

    async def returns(self) -> None:
        """Wait until Henji is connected anew, and has noted since when."""
        assert self._room is not None, "Henji does not listen"
        await until(lambda: bool(self._live()), within=30)
        await until(self._room.connected, within=30)
        await self.settled()
        await self._room.ears.hearing.look()

    async def shuts_out(self, someone: Client, place: Place) -> None:  # noqa: ARG002 -- who it is does not show
        """A channel's settings hide it from Henji."""
        self._permit(place, deny=Permission.VIEW_CHANNEL)

    async def lets_in(self, someone: Client, place: Place) -> None:  # noqa: ARG002
        """A channel's settings show it to Henji."""
        self._permit(place, allow=Permission.VIEW_CHANNEL)

    def _live(self) -> list[Socket]:
        return [each for each in self.discord.gateway.open if each.session and not each.frozen]

    def _permit(
        self, place: Place, *, allow: Permission = Permission.NONE, deny: Permission = Permission.NONE
    ) -> None:
        world = self.discord.world
        entry = Overwrite(self.discord.bot.id, "member", allow=int(allow), deny=int(deny))
        deeds_guilds.overwrite(world, world.channels[place], entry)

    def _where(self, place: Place) -> str:
        world = self.discord.world
        channel = world.channels[place]
        if channel.is_dm:
            return "DM of " + ", ".join(world.users[each].name for each in self._others(channel))
        return world.channels[channel.parent].name if channel.is_thread else channel.name

    def _others(self, channel: Channel) -> list[str]:
        return [each for each in channel.people if each != self.discord.bot.id]

    def _message(self, post: Post) -> Message:
        found = self.discord.world.ephemerals.get(post.id) or self.discord.world.find(post.id)
        assert found is not None, f"{post} is not there any more"
        return found


def on_discord(someone: Someone) -> DiscordSide:
    """Somebody's side, which is Discord's."""
    assert isinstance(someone.side, DiscordSide)
    return someone.side


def person_of(someone: Someone) -> Person:
    """Somebody on Discord, as the emulator directs them."""
    assert isinstance(someone.client, DiscordClient)
    return someone.client.person


def _at_work() -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if task.get_name().startswith(_LISTENERS)]
