"""The gateway as discord.py meets it: connecting, events in order, what an intent lets through, reconnecting.

Nothing waits for time to pass: clocks move by hand, and connections are watched until they are there.
"""

import discord as sdk
import pytest

from tests.emulators.discord import DiscordEmulator, Guild, Person
from tests.emulators.discord.conftest import Client, connected
from tests.waiting import until


async def test_a_client_knows_its_guilds(discord: DiscordEmulator, client: Client, guild: Guild) -> None:
    """After READY and GUILD_CREATE the client knows itself, the guild, its channels and its roles."""
    channel = discord.channel(guild, "general")
    await until(lambda: client.get_channel(int(channel.id)) is not None)
    assert client.user is not None
    assert client.user.id == int(discord.bot.id)
    assert [each.name for each in client.guilds] == ["市場"]
