"""The state of the emulated Discord: who and what there is, what was said, who was told of it.

The REST routes, the gateway and the people act on it; it answers at once and never waits. Whatever is posted
here is also read for mentions, so `pings` and each person's notifications are what Discord would have done
with the text, not what an app meant.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from tests.emulators.discord import mentions
from tests.emulators.discord.permissions import Permission, in_channel
from tests.emulators.discord.records import (
    Channel,
    ChannelKind,
    Event,
    Guild,
    Json,
    Member,
    Message,
    MessageKind,
    Notification,
    Overwrite,
    Ping,
    Reason,
    Role,
    User,
)
from tests.emulators.discord.snowflakes import Snowflakes

# How far a privileged intent is granted; "limited" is for bots in fewer than 100 guilds, and works the same.
Granted = Literal["granted", "limited", "off"]


class World:
    """All of Discord as one bot knows it. `now` is whatever clock the story moves, in UTC."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.snowflakes = Snowflakes(now)
        self.users: dict[str, User] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self._dms: dict[str, Channel] = {}
        self.ephemerals: dict[str, Message] = {}
        self.nonces: dict[str, tuple[Message, datetime]] = {}
        self.files: dict[str, bytes] = {}
        self.redirects: dict[str, str] = {}
        self.cdn = "https://cdn.discordapp.com"
        self.notifications: defaultdict[str, list[Notification]] = defaultdict(list)
        self.pings: list[Ping] = []
        self.unexpected: list[str] = []
        self.message_content: Granted = "granted"
        self.guild_members: Granted = "off"
        self.listener: Callable[[Event], None] = lambda _event: None
        self.developer = self.add_user("developer")
        self.bot = self.add_user("henji", bot=True)
        self.application_id = self.bot.id

    def new_id(self) -> str:
        """A fresh id."""
        return self.snowflakes.new()

    def tell(self, name: str, data: Json, *, guild: str = "", channel: Channel | None = None) -> None:
        """Tell the bot, unless it happened in a guild that it is not in or a channel that it cannot see."""
        guild = guild or (channel.guild if channel else "")
        outside = guild in self.guilds and self.bot.id not in self.guilds[guild].members
        if not outside and (channel is None or self.can_see(self.bot.id, channel)):
            self.listener(Event(name, data, guild))

    def application_flags(self) -> int:
        """The flags of GET /applications/@me that say which privileged intents are granted.

        https://discord.com/developers/docs/resources/application#application-object-application-flags
        """
        members = {"granted": 1 << 14, "limited": 1 << 15, "off": 0}[self.guild_members]
        return members | {"granted": 1 << 18, "limited": 1 << 19, "off": 0}[self.message_content]

    # people, guilds, channels

    def add_user(self, name: str, *, locale: str = "en-US", tz: str = "Etc/UTC", bot: bool = False) -> User:
        """Somebody new on Discord."""
        user = User(self.new_id(), name, locale, tz, bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, owner: str, members: list[str], everyone: Permission) -> Guild:
        """A new guild, with these people in it."""
        guild = Guild(self.new_id(), name, owner)
        guild.roles[guild.id] = Role(guild.id, guild.id, "@everyone", int(everyone), position=0)
        self.guilds[guild.id] = guild
        for each in dict.fromkeys([owner, *members]):
            self.add_member(guild, each)
        return guild

    def add_member(self, guild: Guild, user: str, roles: list[str] | None = None) -> Member:
        """Let somebody into a guild."""
        member = Member(user, guild.id, self.now(), list(roles or ()))
        guild.members[user] = member
        return member

    def add_role(self, guild: Guild, name: str, permissions: Permission = Permission.NONE) -> Role:
        """A new role, the lowest but @everyone until someone moves it."""
        role = Role(self.new_id(), guild.id, name, int(permissions))
        guild.roles[role.id] = role
        return role

    def add_channel(self, guild: Guild, name: str, overwrites: list[Overwrite]) -> Channel:
        """A new text channel."""
        channel = Channel(self.new_id(), guild.id, name, ChannelKind.TEXT)
        channel.overwrites = {each.target: each for each in overwrites}
        self.channels[channel.id] = channel
        return channel

    def dm(self, user: str) -> Channel:
        """The DM between the bot and a person, made when there is none yet."""
        if user not in self._dms:
            people = {user: self.now(), self.bot.id: self.now()}
            made = Channel(self.new_id(), "", "", ChannelKind.DM, people=people)
            self.channels[made.id] = self._dms[user] = made
        return self._dms[user]

    def threads(self, channel: Channel) -> list[Channel]:
        """The threads of a channel, archived or not."""
        return [each for each in self.channels.values() if each.is_thread and each.parent == channel.id]

    def may(self, user: str, channel: Channel) -> Permission:
        """What somebody may do in a channel, a thread or a DM."""
        guild = self.guilds.get(channel.guild)
        return in_channel(guild, channel, self.channels.get(channel.parent), user)

    def can_see(self, user: str, channel: Channel) -> bool:
        """Whether it is there for them."""
        return Permission.VIEW_CHANNEL in self.may(user, channel)

    def mutual_guilds(self, user: str) -> list[Guild]:
        """The guilds that somebody and the bot are both in."""
        return [each for each in self.guilds.values() if {user, self.bot.id} <= set(each.members)]

    def display_name(self, user: str, guild: str = "") -> str:
        """How somebody reads in a guild: the nickname they have there, or their name."""
        member = self.guilds[guild].members.get(user) if guild in self.guilds else None
        return (member.nick if member else "") or self.users[user].name

    # messages

    def post(self, message: Message, permitted: Json | None = None) -> list[str]:
        """Put a message into its channel, and tell whom Discord would tell; who joined the thread by it."""
        channel = self.channels[message.channel]
        channel.messages[message.id] = message
        channel.sent += 1
        self._read_mentions(message, permitted, by_edit=False)
        mentioned = set(self._reached(message, channel))
        joined = self._drawn_in(channel, mentioned | {message.author})
        for user in self._audience(channel, mentioned):
            if user != message.author and not self.users[user].bot:
                reason: Reason = "dm" if channel.is_dm else "mention" if user in mentioned else "thread"
                self.notifications[user].append(Notification(message, reason))
        return joined

    def edited(self, message: Message, permitted: Json | None = None) -> None:
        """Read an edited message for mentions; Discord shows them, and tells nobody."""
        self._read_mentions(message, permitted, by_edit=True)

    def find(self, some_id: str) -> Message | None:
        """A message by its id alone, wherever it stands."""
        found = (each.messages[some_id] for each in self.channels.values() if some_id in each.messages)
        return next(found, self.ephemerals.get(some_id))

    def _read_mentions(self, message: Message, permitted: Json | None, *, by_edit: bool) -> None:
        channel = self.channels[message.channel]
        guild = self.guilds.get(channel.guild)
        found = mentions.allowed(mentions.written(message.content), permitted)
        mighty = Permission.MENTION_EVERYONE in self.may(message.author, channel)
        users = [each for each in found.users if each in self.users]
        if found.replied and message.kind is MessageKind.REPLY and message.reference is not None:
            answered = self.channels[message.reference.channel].messages.get(message.reference.message)
            users += [answered.author] if answered and answered.author not in users else []
        roles = guild.roles if guild else {}
        message.mentions = users
        message.mention_roles = [
            each for each in found.roles if each in roles and (mighty or roles[each].mentionable)
        ]
        broadcasts = found.broadcasts if guild and mighty else ()
        message.mention_everyone = bool(broadcasts)
        targets = [*users, *message.mention_roles, *broadcasts]
        self.pings.extend(Ping(each, message, by_edit) for each in targets)

    def _reached(self, message: Message, channel: Channel) -> Iterator[str]:
        yield from message.mentions
        if not (message.mention_everyone or message.mention_roles):
            return
        for user, member in self.guilds[channel.guild].members.items():
            if message.mention_everyone or set(member.roles) & set(message.mention_roles):
                yield user

    def _drawn_in(self, channel: Channel, people: set[str]) -> list[str]:
        """Who becomes a member of the thread because they write in it or are mentioned there."""
        parent = self.channels.get(channel.parent)
        if not channel.is_thread or parent is None:
            return []
        joined = [each for each in people if each not in channel.people and self.can_see(each, parent)]
        channel.people |= dict.fromkeys(joined, self.now())
        return joined

    def _audience(self, channel: Channel, mentioned: set[str]) -> list[str]:
        there = mentioned | set(channel.people)
        return sorted((each for each in there if self.can_see(each, channel)), key=int)
