"""The emulated Discord as a story uses it: guilds on loopback, people to direct, faults to switch on.

`async with DiscordEmulator(now=clock.now) as discord:` and point discord.py's `Route.BASE` at `discord.api`
and its `DEFAULT_GATEWAY` at `discord.gateway_url`, with `discord.token`. At the end, whatever nobody expected
fails the story. It knows Discord only, and nothing of the app.
"""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from tests.emulators.discord import deeds, deeds_guilds, transcript
from tests.emulators.discord.callbacks import Callbacks
from tests.emulators.discord.commands import Commands
from tests.emulators.discord.faults import Faults
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.interactions import Interactions
from tests.emulators.discord.people import Person
from tests.emulators.discord.permissions import DEFAULT, Permission
from tests.emulators.discord.records import Channel, Guild, Message, Overwrite, Role, User
from tests.emulators.discord.rendering import message_lines
from tests.emulators.discord.rest import Api
from tests.emulators.discord.server import Logged, Server
from tests.emulators.discord.sight import reader_of
from tests.emulators.discord.world import World


class DiscordEmulator:
    """Discord with one bot. `patience`: the real seconds that an app may take to answer an interaction."""

    token = "emulated.bot.token"

    def __init__(self, *, now: Callable[[], datetime], patience: float = 3.0) -> None:
        self.world = World(now)
        self.faults = Faults()
        self.gateway = Gateway(self.world, self.token)
        self.interactions = Interactions(self.world, patience)
        self.commands = Commands(self.world)
        self.routes = Api(self.world, self.commands, Callbacks(self.interactions))
        self.server = Server(self.routes, self.gateway, self.faults, self.token)
        self.world.listener = self.gateway.dispatch
        self.routes.shards = lambda: self.gateway.shards

    async def __aenter__(self) -> Self:
        await self.server.start()
        self.gateway.address = self.routes.gateway_url = self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.end()
        await self.server.stop()
        if error is None and self.world.unexpected:
            raise AssertionError("nobody expected: " + "; ".join(self.world.unexpected))

    @property
    def api(self) -> str:
        """What discord.py takes as Route.BASE."""
        return f"http://127.0.0.1:{self.server.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """What discord.py takes as DEFAULT_GATEWAY."""
        return f"ws://127.0.0.1:{self.server.port}/"

    @property
    def calls(self) -> list[Logged]:
        """Every call of the REST API so far."""
        return self.server.calls

    @property
    def bot(self) -> User:
        """The app's bot."""
        return self.world.bot

    # setting the scene; an app that is connected is told, as it would be

    def person(self, name: str, *, locale: str = "en-US", tz: str = "Etc/UTC") -> Person:
        """Somebody new on Discord, in no guild yet."""
        return Person(self, self.world.add_user(name, locale=locale, tz=tz))

    def guild(
        self,
        name: str,
        *,
        members: list[Person],
        owner: Person | None = None,
        everyone: Permission = DEFAULT,
        bot: Permission | None = Permission.NONE,
    ) -> Guild:
        """A new guild: `everyone` is what all may do, `bot` what the bot may beside it, None keeps it out."""
        head = owner.id if owner else self.world.add_user(f"owner of {name}").id
        guild = self.world.add_guild(name, head, [each.id for each in members], everyone)
        if bot is not None:
            role = self.world.add_role(guild, self.bot.name, bot)
            role.managed_by = self.bot.id
            deeds_guilds.join_guild(self.world, guild, self.bot.id, [role.id])
        return guild

    def role(
        self,
        guild: Guild,
        name: str,
        *,
        members: list[Person],
        permissions: Permission = Permission.NONE,
        mentionable: bool = False,
    ) -> Role:
        """A new role, given to these members."""
        role = self.world.add_role(guild, name, permissions)
        role.mentionable = mentionable
        deeds_guilds.made_role(self.world, role)
        for each in members:
            deeds_guilds.set_roles(self.world, guild, each.id, [*guild.members[each.id].roles, role.id])
        return role

    def channel(
        self, guild: Guild, name: str, *, only: list[Person | Role] | None = None, with_bot: bool = True
    ) -> Channel:
        """A new text channel, for everybody in the guild or `only` for these and, unless told, the bot."""
        view = int(Permission.VIEW_CHANNEL)
        hidden = [Overwrite(guild.id, "role", deny=view)] if only is not None else []
        let_in = [
            Overwrite(each.id, "role" if isinstance(each, Role) else "member", allow=view)
            for each in only or ()
        ]
        bot = Overwrite(self.bot.id, "member", allow=view if with_bot else 0, deny=0 if with_bot else view)
        own = [bot] if only is not None or not with_bot else []
        made = self.world.add_channel(guild, name, hidden + let_in + own)
        deeds_guilds.made_channel(self.world, made)
        return made

    # things that happen

    async def clock_moved(self) -> None:
        """Do what Discord would have done by now (archive idle threads): call it after moving the clock."""
        deeds.archive_idle(self.world)
        await self.settled()

    async def settled(self) -> None:
        """Wait until all that the app is to be told has been sent; it may still be at work on it."""
        await self.gateway.settled()

    async def heard(self) -> None:
        """Wait until the app has received all of it, and begun on it; not for a connection that is silent."""
        await self.gateway.heard()

    async def goes_away(self) -> None:
        """Refuse all connections and cut those that are open; sessions can be resumed."""
        await self.server.stop()

    async def comes_back(self) -> None:
        """Listen again, at the same address."""
        await self.server.start()

    # looking

    def transcript(self, of: Person | Channel) -> str:
        """What a person saw, everywhere; or what stands in a channel, as nobody in particular reads it."""
        return transcript.of_person(of) if isinstance(of, Person) else transcript.of_channel(self.world, of)

    def rendered_text(self, message: Message) -> str:
        """A message as nobody in particular reads it: in English, with instants in UTC."""
        reader = reader_of(self.world, self.world.channels[message.channel].guild)
        return "\n".join(message_lines(message, reader))
