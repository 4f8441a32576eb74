"""What one person can see: messages, what is shown to them alone, what they were told about.

The half of a `Person` that only looks; stories assert with it. Nothing here changes anything.
"""

from tests.emulators.people import latest
from tests.emulators.slack.records import Channel, Message, Notification, User
from tests.emulators.slack.rendering import message_lines
from tests.emulators.slack.world import World


class Sight:
    """The eyes of one person."""

    def __init__(self, world: World, user: User) -> None:
        self.world = world
        self.user = user

    @property
    def id(self) -> str:
        """Their id: U00000003."""
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
        """What Slack told them about, the oldest first: DMs, mentions, and replies in threads they follow."""
        return self.world.notifications[self.id]

    def sees(self, channel: Channel | None = None) -> list[Message]:
        """All they see in a channel (their DM with the bot, if none is named), for them alone or not."""
        where = channel or self.inbox
        if self.id not in where.members:
            return []
        shown = [
            each for each in self.world.ephemerals.values() if each.channel == where.id and self.can_see(each)
        ]
        return sorted([*where.messages.values(), *shown], key=lambda each: each.ts)

    def can_see(self, message: Message) -> bool:
        """Whether a message is in front of their eyes."""
        there = (
            message.ts in self.world.channels[message.channel].messages or message.ts in self.world.ephemerals
        )
        return (
            there
            and self.id in self.world.channels[message.channel].members
            and message.ephemeral_to in ("", self.id)
        )

    def reads(self, message: Message) -> str:
        """A message as they read it: blocks before text, names for ids, dates in their zone."""
        return "\n".join(message_lines(message, self.world.reader(self.id)))

    def finds(self, text: str, channel: Channel | None = None) -> Message:
        """The latest message they see that contains these words."""
        return latest(text, self.sees(channel), self.reads, self.name)
