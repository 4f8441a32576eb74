"""Is Discord set up as Henji needs it? Asked of Discord itself, one question at a time.

Called by `henji check`. Each answers with a sentence about what is well, or raises Misconfigured with what is
wrong and how to mend it; TryAgain where Discord is away. Changes nothing, and posts nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from adapters.discord.client import identify, reads_messages
from adapters.discord.errors import MISSING_ACCESS, UNKNOWN_CHANNEL, translating
from adapters.discord.invite import PERMISSIONS, invite
from adapters.discord.markdown import own
from adapters.discord.rights import EVERYWHERE, lacking
from core.errors import Misconfigured
from core.ids import PersonId, PlaceId, WorkspaceId, is_group, workspace_of

_INTENT = "Discord's message content"
_ANOTHER = "Name another channel (/desk setup, /seller add)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Guilds:
    """Whom the token belongs to, and the guilds Henji is in, each with its name."""

    bot: str
    application: int
    names: dict[WorkspaceId, str]


async def guilds(client: discord.AutoShardedClient) -> Guilds:
    """Where Henji was invited to. Raises Misconfigured where it is nowhere yet."""
    me = identify(client)
    with translating(sending=False):
        found = {
            WorkspaceId(f"discord:{each.id}"): each.name async for each in client.fetch_guilds(limit=None)
        }
    if not found:
        raise Misconfigured(
            "Discord", f"the bot {me.name} is in no server yet.", f"Invite it: {invite(me.application)}"
        )
    return Guilds(bot=me.name, application=me.application, names=found)


def message_content(client: discord.AutoShardedClient) -> str:
    """Whether what people write in threads can be read."""
    if reads_messages(client):
        return "may be read in the threads of sellers and staff"
    raise Misconfigured(
        _INTENT,
        "may not be read: sellers and staff answer with the Reply button, and what they write in threads is "
        "not seen.",
        "On the application's page, under Bot -> Privileged Gateway Intents, switch on Message Content "
        "Intent (Discord reviews it for bots in more than 100 servers), then start Henji anew.",
    )


async def place(client: discord.AutoShardedClient, place_id: PlaceId, setting: str) -> str:
    """Whether Henji may do what it has to in a channel; `setting` says what the desk uses it for."""
    with translating(sending=False):
        try:
            channel = await client.fetch_channel(own(place_id))
        except discord.HTTPException as error:
            raise _unseen(error, place_id, setting) from error
    name = f"#{getattr(channel, 'name', channel.id)}"
    if not isinstance(channel, discord.TextChannel):
        raise Misconfigured(setting, f"is {name}, which is no text channel.", _ANOTHER)
    guild = int(workspace_of(place_id).rpartition(":")[2])
    missing = await lacking(client, guild, channel.id, EVERYWHERE)
    if missing:
        wanted = ", ".join(f"{PERMISSIONS[each][0]} ({PERMISSIONS[each][1]})" for each in missing)
        raise Misconfigured(
            setting,
            f"is {name}, where Henji lacks {_counted(len(missing))}: {wanted}.",
            f"In the settings of {name}, under Permissions, allow them to Henji.",
        )
    return name


async def mentioned(client: discord.AutoShardedClient, people: Sequence[PersonId], setting: str) -> str:
    """Whether the roles among `people` are told when Henji mentions them."""
    roles = [each for each in people if is_group(each)]
    silent: list[str] = []
    for guild in dict.fromkeys(workspace_of(each) for each in roles):
        with translating(sending=False):
            home = await client.fetch_guild(int(guild.rpartition(":")[2]), with_counts=False)
            given = (await home.fetch_member(identify(client).user)).guild_permissions
        named = {own(each) for each in roles if workspace_of(each) == guild}
        known = {role.id: role for role in home.roles}
        silent += [f"a role that is gone ({each})" for each in sorted(named - set(known))]
        silent += [
            f"@{known[each].name}"
            for each in sorted(named & set(known))
            if not (known[each].mentionable or given.mention_everyone)
        ]
    if silent:
        raise Misconfigured(
            setting,
            f"has roles that nobody is told by: {', '.join(silent)}.",
            "In the server's settings, under Roles, switch on 'Allow anyone to @mention this role'.",
        )
    return "are told when they are mentioned"


def _unseen(
    error: discord.HTTPException, place_id: PlaceId, setting: str
) -> Misconfigured | discord.HTTPException:
    if error.code == MISSING_ACCESS:
        return Misconfigured(
            setting,
            f"is the channel {own(place_id)}, which Henji can't see.",
            "In the channel's settings, under Permissions, allow View Channel to Henji; or name another "
            "channel (/desk setup, /seller add).",
        )
    if error.code == UNKNOWN_CHANNEL:
        return Misconfigured(setting, f"is the channel {own(place_id)}, which is gone.", _ANOTHER)
    return error


def _counted(count: int) -> str:
    return "a permission" if count == 1 else f"{count} permissions"
