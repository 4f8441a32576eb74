"""A person on Discord, as a story directs them: they speak, act, come and go.

Made by `DiscordEmulator.person`. Every act of theirs that the app has to answer comes back when it has; what
they say is on its way to the app when the call returns. What Discord's client would not let a person do
raises ImpossibleError.
"""

import mimetypes
import re

from tests.emulators.discord import deeds, deeds_guilds
from tests.emulators.discord.bodies import fill
from tests.emulators.discord.hands import Answer
from tests.emulators.discord.permissions import Permission
from tests.emulators.discord.records import Channel, Guild, Message, MessageKind, Reference
from tests.emulators.discord.rest import Upload
from tests.emulators.discord.typist import Typist
from tests.emulators.people import ImpossibleError
from tests.emulators.samples import content_of

__all__ = ["Answer", "Person"]
_LONGEST = 2000


class Person(Typist):
    """One of the people; what they see is in `Sight`, what they press in `Hands`, type in `Typist`."""

    # speaking

    async def says(
        self,
        text: str,
        *,
        channel: Channel,
        thread: Message | Channel | None = None,
        reply_to: Message | None = None,
        files: tuple[str | Upload, ...] = (),
    ) -> Message:
        """Post into a channel, or into a thread: the one named, or the one of a message, started if need be.

        In a DM, which has no threads, `thread` is what they reply to. @name, @role and #name become mentions.
        Files come with their content, or by a name alone.
        """
        if channel.is_dm and isinstance(thread, Message):
            reply_to, thread = thread, None
        where = self._thread(thread) if thread else channel
        self._may(where, Permission.SEND_MESSAGES)
        if where.archived and where.locked:
            raise ImpossibleError("the thread is locked")
        if len(text) > _LONGEST:
            raise ImpossibleError(f"the client sends no more than {_LONGEST} characters")
        message = Message(self.world.new_id(), where.id, self.id, self._typed(text, where).strip())
        if reply_to is not None:
            if reply_to.channel != where.id or not self.can_see(reply_to):
                raise ImpossibleError("there is no such message to reply to")
            message.kind, message.reference = MessageKind.REPLY, Reference(where.id, reply_to.id)
        fill(self.world, message, {}, [_file(each) if isinstance(each, str) else each for each in files])
        return deeds.say(self.world, message)

    async def dm(
        self, text: str, *, thread: Message | None = None, files: tuple[str | Upload, ...] = ()
    ) -> Message:
        """Write to the bot; `thread` is a message in that DM which they reply to."""
        if not self.world.mutual_guilds(self.id):
            raise ImpossibleError(f"{self.name} and the bot are in no server together")
        return await self.says(text, channel=self.inbox, reply_to=thread, files=files)

    async def edits(self, message: Message, text: str) -> None:
        """Change what they said."""
        where = self.world.channels[self._own(message).channel]
        message.content = self._typed(text, where).strip()
        deeds.edit(self.world, message)

    async def deletes(self, message: Message) -> None:
        """Take back what they said, or with the right to it what somebody said."""
        if message.author != self.id:
            self._may(self.world.channels[message.channel], Permission.MANAGE_MESSAGES)
        deeds.delete(self.world, message)

    async def reacts(self, message: Message, emoji: str) -> None:
        """Put an emoji on a message."""
        self._may(self.world.channels[message.channel], Permission.ADD_REACTIONS)
        deeds.react(self.world, message, self.id, emoji)

    def deletes_files(self, message: Message) -> None:
        """Take back the files of what they said; the words stay."""
        for each in self._own(message).attachments:
            del self.world.files[each["id"]]
        message.attachments = []
        deeds.edit(self.world, message)

    # threads

    async def starts_thread(self, message: Message, name: str) -> Channel:
        """Start a thread from a message."""
        self._may(self.world.channels[message.channel], Permission.CREATE_PUBLIC_THREADS)
        return deeds.start_thread(self.world, self.id, message, name)

    async def archives(self, thread: Channel) -> None:
        """Close a thread; writing into it opens it again."""
        if thread.owner != self.id:
            self._may(thread, Permission.MANAGE_THREADS)
        deeds.set_thread(self.world, thread, archived=True)

    async def locks(self, thread: Channel) -> None:
        """Lock and close a thread, as moderators can."""
        self._may(thread, Permission.MANAGE_THREADS)
        deeds.set_thread(self.world, thread, archived=True, locked=True)

    # coming and going

    async def joins(self, guild: Guild) -> None:
        """Join a guild."""
        deeds_guilds.join_guild(self.world, guild, self.id)

    async def leaves(self, guild: Guild) -> None:
        """Leave a guild."""
        deeds_guilds.leave_guild(self.world, guild, self.id)

    async def invites_bot(self, guild: Guild) -> None:
        """Let the bot into a guild."""
        self._manages(guild)
        deeds_guilds.join_guild(self.world, guild, self.world.bot.id)

    async def removes_bot(self, guild: Guild) -> None:
        """Take the bot out of a guild."""
        self._manages(guild)
        deeds_guilds.leave_guild(self.world, guild, self.world.bot.id)

    async def deletes_channel(self, channel: Channel) -> None:
        """Delete a channel, or a thread."""
        needed = Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS
        self._may(channel, needed)
        deeds_guilds.delete_channel(self.world, channel)

    def closes_dms(self) -> None:
        """Take no direct messages from people and bots of their servers any more."""
        self.user.dms_closed = True

    def opens_dms(self) -> None:
        """Take direct messages again."""
        self.user.dms_closed = False

    def _thread(self, of: Message | Channel) -> Channel:
        if isinstance(of, Channel):
            return of
        at = self.world.channels[of.channel]
        if at.is_thread:
            return at
        if self.thread(of) is None:
            self._may(at, Permission.CREATE_PUBLIC_THREADS)
            deeds.start_thread(self.world, self.id, of, "thread")
        return self.world.channels[of.thread]

    def _may(self, channel: Channel, needed: Permission) -> None:
        if self.world.channels.get(channel.id) is not channel or not self.world.can_see(self.id, channel):
            raise ImpossibleError(f"{self.name} is not in #{channel.name}")
        if needed not in self.world.may(self.id, channel):
            raise ImpossibleError(f"{self.name} may not do that in #{channel.name}: {needed!r}")

    def _manages(self, guild: Guild) -> None:
        member = guild.members.get(self.id)
        roles = [guild.roles[each] for each in (member.roles if member else ())]
        mighty = Permission.MANAGE_GUILD | Permission.ADMINISTRATOR
        if guild.owner != self.id and not any(each.permissions & mighty for each in roles):
            raise ImpossibleError(f"{self.name} does not manage {guild.name}")

    def _own(self, message: Message) -> Message:
        if message.author != self.id:
            raise ImpossibleError(f"that message is not {self.name}'s")
        return message

    def _typed(self, text: str, where: Channel) -> str:
        """The text as the client sends it, with names turned into the ids that mention."""
        tokens = self._mentionable(where)
        if not tokens:
            return text
        names = sorted(tokens, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, names)), lambda match: tokens[match[0]], text)

    def _mentionable(self, where: Channel) -> dict[str, str]:
        guild = self.world.guilds.get(where.guild)
        if guild is None:
            return {f"@{self.world.users[each].name}": f"<@{each}>" for each in where.people}
        channels = [each for each in self.world.channels.values() if each.guild == guild.id]
        return (
            {f"#{each.name}": f"<#{each.id}>" for each in channels if self.world.can_see(self.id, each)}
            | {f"@{each.name}": f"<@&{each.id}>" for each in guild.roles.values() if each.id != guild.id}
            | {f"@{self.world.display_name(each, guild.id)}": f"<@{each}>" for each in guild.members}
        )


def _file(name: str) -> Upload:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Upload("", name, kind, content_of(name))
