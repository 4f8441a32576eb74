"""The emulated Discord as a story uses it: guilds on loopback, people to direct, faults to switch on.

`async with DiscordEmulator(now=clock.now) as discord:` and point discord.py at `discord.api` and
`discord.gateway_url` with `discord.token`. At the end, whatever nobody expected fails the story. It knows
Discord only, and nothing of the app.
"""

from collections.abc import Callable
from datetime import datetime

from tests.emulators.discord.people import Person
from tests.emulators.discord.permissions import DEFAULT, Permission
from tests.emulators.discord.records import Channel, Guild, Overwrite, Role, User
from tests.emulators.discord.world import World


class DiscordEmulator:
    """Discord with one bot. `patience`: the real seconds that an app may take to answer an interaction."""

    token = "emulated-bot-token"

    def __init__(self, *, now: Callable[[], datetime], patience: float = 3.0) -> None:
        self.world = World(now)
        self.patience = patience

    @property
    def bot(self) -> User:
        """The app's bot."""
        return self.world.bot

    # setting the scene; the app is told of nothing

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
            self.world.add_member(guild, self.bot.id, [role.id])
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
        for each in members:
            guild.members[each.id].roles.append(role.id)
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
        return self.world.add_channel(guild, name, hidden + let_in + own)
