"""What Henji may do in a channel of a guild, asked of Discord.

Asked by `checkup` for each channel that a desk uses, and by the messenger when Discord refused something, to
name the permission that is missing. Not asked of the gateway's cache: a worker may have no gateway.
"""

from collections.abc import Iterable

import discord

from adapters.discord.errors import MISSING_ACCESS, translating
from adapters.discord.invite import PERMISSIONS

EVERYWHERE: tuple[str, ...] = tuple(each for each in PERMISSIONS if each != "create_private_threads")
"""What is needed in every channel of staff and sellers; private threads are opened where buyers are."""

TO_SPEAK: tuple[str, ...] = tuple(
    each for each in EVERYWHERE if each not in {"attach_files", "add_reactions"}
)
"""What is needed to post a card, and to write in its thread."""


async def lacking(
    client: discord.AutoShardedClient, guild: int, channel: int, needed: Iterable[str] = EVERYWHERE
) -> tuple[str, ...]:
    """The permissions that Henji lacks in a channel, by their names in `PERMISSIONS`.

    Raises TryAgain where Discord is away, Undeliverable where the guild or the channel is gone.
    """
    with translating(sending=False):
        try:
            home = await client.fetch_guild(guild, with_counts=False)
            place = await home.fetch_channel(channel)
            if client.user is None or isinstance(place, discord.Thread):
                return ()
            given = place.permissions_for(await home.fetch_member(client.user.id))
        except discord.Forbidden as error:
            if error.code != MISSING_ACCESS:
                raise
            return ("view_channel",)
    return tuple(each for each in needed if not getattr(given, each))
