"""What was posted and not yet expected: a story reads everything, in order, or fails at its end.

Made by the town. Looks at the emulator only: what people saw is what counts, whatever Henji believes it has
sent.
"""

from collections.abc import Sequence

from tests.emulators.slack import Channel, Message, Person, SlackEmulator

Told = tuple[str, str]


class Ledger:
    """The bot's messages of a workspace, each to be read once."""

    def __init__(self, slack: SlackEmulator) -> None:
        self._slack = slack
        self._read: set[Told] = set()

    def next_in(self, channel: Channel, reader: Person) -> Message:
        """The oldest of the bot's messages in a place that the story has not read yet."""
        unread = self._unread(channel)
        if not unread:
            msg = f"nothing new in {channel.name or channel.id} for {reader.name}"
            raise AssertionError(msg)
        self.mark(unread[0])
        return unread[0]

    def mark(self, message: Message) -> None:
        """This message has been read."""
        self._read.add((message.channel, message.ts))

    def check(self, message: Message, reader: Person, words: Sequence[str], pings: Sequence[Person]) -> str:
        """A message says these words and pings exactly these people; returns it as its reader reads it."""
        text = reader.reads(message)
        missing = [word for word in words if word not in text]
        assert not missing, f"{missing} not in what {reader.name} read:\n{text}"
        pinged = {ping.target for ping in self._slack.world.pings if ping.message.ts == message.ts}
        meant = {person.id for person in pings}
        assert pinged == meant, f"pinged {pinged}, meant {meant}:\n{text}"
        return text

    def left_over(self) -> list[str]:
        """What was posted and never expected."""
        world = self._slack.world
        said = [
            f"{channel.name or channel.id}: {self._slack.rendered_text(message)}"
            for channel in world.channels.values()
            for message in self._unread(channel)
        ]
        alone = [
            f"to {message.ephemeral_to} alone: {self._slack.rendered_text(message)}"
            for message in world.ephemerals.values()
            if (message.channel, message.ts) not in self._read
        ]
        # A card names people; Slack tells nobody of an edit, but a channel's ping has no business there.
        edits = [
            f"pinged by an edit: {ping.target}"
            for ping in world.pings
            if ping.by_edit and ping.target not in world.users
        ]
        return [*said, *alone, *edits]

    def _unread(self, channel: Channel) -> list[Message]:
        said = (message for message in channel.messages.values() if message.subtype != "channel_join")
        ours = (message for message in said if message.user == self._slack.bot.id)
        unread = (message for message in ours if (message.channel, message.ts) not in self._read)
        return sorted(unread, key=lambda message: message.ts)
