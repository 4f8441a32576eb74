"""Files of Discord's messages, as they are declared there.

Used by `parse`; `files` fetches them when their turn comes. A file is known by its channel, message and id:
its address expires, so that it is read anew from the message each time. Pure.
https://docs.discord.com/developers/resources/message#attachment-object
"""

import discord

from core.files import File, FileRef
from core.text import Foreign


def files_of(message: discord.Message) -> tuple[File, ...]:
    """A message's files, and those of what was forwarded by it."""
    guild = "users" if message.guild is None else str(message.guild.id)
    where = f"discord:{guild}:{message.channel.id}/{message.id}"
    return tuple(file_of(each, FileRef(f"{where}/{each.id}")) for each in attachments_of(message))


def attachments_of(message: discord.Message) -> list[discord.Attachment]:
    """The same as Discord has them now."""
    forwarded = (each for snapshot in message.message_snapshots for each in snapshot.attachments)
    return [*message.attachments, *forwarded]


def file_of(declared: discord.Attachment, source: FileRef) -> File:
    """A file as Discord declares it."""
    return File(
        name=Foreign(declared.filename),
        size=declared.size,
        kind=declared.content_type or "",
        source=source,
    )
