"""What one person can see: messages, what is shown to them alone, what they were told about.

The half of a `Person` that only looks; stories assert with it. Nothing here changes anything.
"""

from tests.emulators.discord.reading import Reader
from tests.emulators.discord.records import Channel, Message, MessageKind, Notification, User
from tests.emulators.discord.rendering import message_lines
from tests.emulators.discord.world import World
from tests.emulators.people import latest


def reader_of(world: World, guild: str, user: str = "") -> Reader:
    """The eyes of a person in a guild (none: in a DM), or of nobody in particular: English, UTC."""

    def name_of(some_id: str) -> str:
        if some_id in world.users:
            return world.display_name(some_id, guild)
        roles = world.guilds[guild].roles if guild in world.guilds else {}
        if some_id in roles:
            return roles[some_id].name
        return world.channels[some_id].name if some_id in world.channels else f"unknown {some_id}"

    known = world.users.get(user)
    return Reader(name_of, world.now(), known.tz, known.locale) if known else Reader(name_of, world.now())


def shown_in(channel: Channel) -> list[Message]:
    """What everybody sees in a channel, oldest first, without its threads."""
    return [each for each in channel.messages.values() if each.kind is not MessageKind.THREAD_STARTER_MESSAGE]


class Sight:
    """The eyes of one person."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user

    @property
    def id(self) -> str:
        """Their id."""
        return self.user.id

    @property
    def name(self) -> str:
        """Their name."""
        return self.user.name

    @property
    def inbox(self) -> Channel:
        """Their DM with the bot."""
        return self.world.dm(self.id)

    @property
    def told(self) -> list[Notification]:
        """What Discord told them about, the oldest first: DMs, mentions, and threads they are in."""
        return self.world.notifications[self.id]

    def sees(self, channel: Channel | None = None) -> list[Message]:
        """All they see in a channel with its threads, in one thread, or in their DM with the bot; by age."""
        where = channel or self.inbox
        places = [each for each in (where, *self.world.threads(where)) if self.world.can_see(self.id, each)]
        there = {each.id for each in places}
        alone = [
            each
            for each in self.world.ephemerals.values()
            if each.channel in there and each.ephemeral_to == self.id
        ]
        common = [message for each in places for message in shown_in(each)]
        return sorted([*common, *alone], key=lambda each: int(each.id))

    def can_see(self, message: Message) -> bool:
        """Whether a message is in front of their eyes."""
        channel = self.world.channels.get(message.channel)
        there = self.world.find(message.id) is message
        return (
            there
            and channel is not None
            and self.world.can_see(self.id, channel)
            and message.ephemeral_to in ("", self.id)
        )

    def reads(self, message: Message) -> str:
        """A message as they read it: names for ids, instants in their zone, no markup."""
        guild = self.world.channels[message.channel].guild
        return "\n".join(message_lines(message, reader_of(self.world, guild, self.id)))

    def finds(self, text: str, channel: Channel | None = None) -> Message:
        """The latest message they see that contains these words."""
        return latest(text, self.sees(channel), self.reads, self.name)

    def thread(self, message: Message) -> Channel | None:
        """The thread that hangs from a message, if they see one."""
        thread = self.world.channels.get(message.thread)
        return thread if thread and self.world.can_see(self.id, thread) else None
