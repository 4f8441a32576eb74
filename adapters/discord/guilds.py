"""What Discord tells of guilds: that Henji was added to one or removed, and that its rights have changed.

Called by `app`. What was kept for a place that can be spoken to again is delivered; that a guild is lost is
told to the desk's staff, wherever else they are. A desk keeps all it has.
"""

import discord
import structlog

from adapters.discord import render
from adapters.discord.parse import lang_of, place_of, workspace_of
from adapters.discord.reception import Reception
from core import commands as do
from core.errors import Unavailable
from core.ids import Key, PlaceId
from core.ids import workspace_of as workspace_in

_log = structlog.get_logger(__name__)


async def joined(reception: Reception, guild: discord.Guild) -> None:
    """We were added to a guild: we say what for, where its owner wants such things said."""
    channel = guild.system_channel
    if channel is not None and reception.asides.first_time(
        Key(f"greet:{guild.id}:{reception.now():%Y-%m-%d}")
    ):
        reader = reception.reader(lang_of(guild.preferred_locale), guild.id)
        await reception.asides.greet(channel, render.welcome(reader))
    await permitted(reception, guild)


async def removed(reception: Reception, guild: discord.Guild) -> None:
    """We were removed from a guild: its desk's staff hear of it where they still can."""
    workspace = workspace_of(guild.id)
    try:
        desk_id = await reception.desk.desk_of(workspace)
        if desk_id is not None:
            key = Key(f"removed:{workspace}:{reception.now():%Y-%m-%d}")
            await reception.desk.handle(
                do.ReportTrouble(key=key, desk=desk_id, kind="removed", workspace=workspace)
            )
    except Unavailable:
        _log.warning("discord.removed_untold", guild=guild.id)


async def permitted(reception: Reception, guild: discord.Guild) -> None:
    """Rights in a guild have changed: what waits for its places is tried again."""
    try:
        desk_id = await reception.desk.desk_of(workspace_of(guild.id))
        desk = None if desk_id is None else await reception.desk.store.desk(desk_id)
        if desk is None:
            return
        sellers = await reception.desk.store.sellers(desk.id)
        for place in dict.fromkeys((desk.staff_place, *(each.place for each in sellers))):
            if place is not None and workspace_in(place) == workspace_of(guild.id):
                await reception.outbox.wake(place, desk.id)
    except Unavailable:
        _log.warning("discord.not_woken", guild=guild.id)


async def channel_permitted(reception: Reception, channel: discord.abc.GuildChannel) -> None:
    """The same in one channel."""
    place: PlaceId = place_of(channel.guild.id, channel.id)
    try:
        desk_id = await reception.desk.desk_of(workspace_of(channel.guild.id))
        if desk_id is not None:
            await reception.outbox.wake(place, desk_id)
    except Unavailable:
        _log.warning("discord.not_woken", place=place)
