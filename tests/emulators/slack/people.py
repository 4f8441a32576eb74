"""A person in the workspace, as a story directs them: they speak, act, come and go.

Made by `SlackEmulator.person`. Every act comes back when the app has acknowledged it or failed to. What
Slack's client would not let a person do raises ImpossibleError.
"""

from tests.emulators.people import ImpossibleError
from tests.emulators.slack import changes, composer, events
from tests.emulators.slack.attachments import Attachment, sample, share, store
from tests.emulators.slack.forms import Form
from tests.emulators.slack.hands import Answer, Hands
from tests.emulators.slack.records import Channel, Message
from tests.emulators.slack.wire import message_json

Files = tuple[str | Attachment, ...]


class Person(Hands):
    """One of the workspace's people; what they see is in `Sight`, what they press and fill in in `Hands`."""

    # speaking

    async def says(
        self, text: str, *, channel: Channel, thread: Message | None = None, files: Files = ()
    ) -> Message:
        """Post into a channel or a thread; @name and #name become mentions, a file's name makes one."""
        self._has_to_be_in(channel)
        typed, blocks = composer.as_typed(text, self.world.ids_as_typed())
        message = Message(self.world.new_ts(), channel.id, self.id, typed, blocks if text else [])
        message.thread_ts = (thread.thread_ts or thread.ts) if thread else ""
        for each in files:
            attached = sample(each) if isinstance(each, str) else each
            share(self.world, store(self.world, self.id, attached), channel, message)
        message.subtype = "file_share" if files else ""
        self.world.post(message)
        await self.slack.delivery.tell(events.posted(self.world, message))
        return message

    async def dm(self, text: str, *, thread: Message | None = None, files: Files = ()) -> Message:
        """Write to the bot; `thread` is a message they see in that DM."""
        if self.world.messages_tab != "writable":
            raise ImpossibleError("sending messages to this app has been turned off")
        return await self.says(text, channel=self.world.dm(self.id), thread=thread, files=files)

    async def edits(self, message: Message, text: str) -> None:
        """Change what they said."""
        before = message_json(self.world, self._own(message))
        message.text, message.blocks = composer.as_typed(text, self.world.ids_as_typed())
        message.edited = {"user": self.id, "ts": self.world.new_ts()}
        self.world.edited(message)
        await self.slack.delivery.tell(events.changed(self.world, message, before))

    async def deletes(self, message: Message) -> None:
        """Take back what they said."""
        channel = self.world.channels[self._own(message).channel]
        await self.slack.delivery.tell(changes.remove(self.world, channel, message))

    async def reacts(self, message: Message, emoji: str) -> None:
        """Put an emoji on a message."""
        self._has_to_be_in(self.world.channels[message.channel])
        message.reactions.setdefault(emoji, []).append(self.id)
        await self.slack.delivery.tell(events.reacted(self.world, message, self.id, emoji, "added"))

    async def command(self, typed: str, *, channel: Channel | None = None) -> Answer:
        """Type a slash command, in the DM with the bot unless a channel is named."""
        where = channel or self.world.dm(self.id)
        self._has_to_be_in(where)
        name, _, text = typed.partition(" ")
        if self.slack.installation and name not in self.slack.installation.commands:
            return Answer(ok=False, error="invalid_command")
        response_url = self.slack.response_urls.give_out(self.id, where.id)
        payload = events.command(self.world, self.id, where, (name, text.strip()), response_url)
        return await self.answered("slash_commands", payload, where.id)

    # coming and going

    async def opens_home(self) -> Form | None:
        """Open the app's Home tab."""
        await self.slack.delivery.tell(events.home_opened(self.world, self.id, "home"))
        view = self.world.homes.get(self.id)
        return Form(self, view) if view else None

    async def joins(self, channel: Channel) -> None:
        """Join a channel, by oneself or by invitation."""
        await self.slack.delivery.tell(changes.join(self.world, channel, self.id))

    async def leaves(self, channel: Channel) -> None:
        """Leave a channel."""
        await self.slack.delivery.tell(changes.leave(self.world, channel, self.id))

    async def invites_bot(self, channel: Channel) -> None:
        """Let the bot into a channel."""
        self._has_to_be_in(channel)
        await self.slack.delivery.tell(changes.join(self.world, channel, self.world.bot.id, inviter=self.id))

    async def removes_bot(self, channel: Channel) -> None:
        """Take the bot out of a channel."""
        self._has_to_be_in(channel)
        await self.slack.delivery.tell(changes.leave(self.world, channel, self.world.bot.id))

    async def archives(self, channel: Channel) -> None:
        """Archive a channel."""
        self._has_to_be_in(channel)
        await self.slack.delivery.tell(changes.archive(self.world, channel, self.id))

    def _has_to_be_in(self, channel: Channel) -> None:
        if self.id not in channel.members:
            raise ImpossibleError(f"{self.name} is not in #{channel.name}")
        if channel.archived:
            raise ImpossibleError(f"#{channel.name} is archived")

    def _own(self, message: Message) -> Message:
        if message.user != self.id:
            raise ImpossibleError(f"that message is not {self.name}'s")
        return message

    async def deletes_files(self, message: Message) -> None:
        """Take back the files of a message; the message stays."""
        for each in self._own(message).files:
            self.world.files[each["id"]].deleted = True
