"""What `henji check` asks of Discord: what is well is a sentence, what is not says how to mend it."""

import pytest
from discord import AutoShardedClient

from adapters.discord import checkup
from adapters.discord.client import close_client, open_client
from adapters.discord.invite import PERMISSIONS, invite
from core.errors import DeskError, Misconfigured
from core.ids import PersonId, PlaceId
from tests.emulators.discord import Channel, DiscordEmulator, Permission, deeds_guilds
from tests.emulators.discord.faults import Kind
from tests.emulators.discord.records import Overwrite


def place_of(channel: Channel) -> PlaceId:
    """The channel as the desk knows it."""
    return PlaceId(f"discord:{channel.guild}:{channel.id}")


async def test_the_guilds_are_named(discord: DiscordEmulator, client: AutoShardedClient) -> None:
    """Those the bot is in, and no others; where there are none, the invitation is."""
    with pytest.raises(Misconfigured) as caught:
        await checkup.guilds(client)
    assert invite(int(discord.world.application_id)) in caught.value.mend
    guild = discord.guild("market", members=[])
    discord.guild("elsewhere", members=[], bot=None)
    found = await checkup.guilds(client)
    assert found.bot == "henji"
    assert found.names == {f"discord:{guild.id}": "market"}


async def test_the_intent_for_message_content_is_named(
    discord: DiscordEmulator, client: AutoShardedClient
) -> None:
    """Where it was not granted, what that means and where to switch it on."""
    assert "may be read" in checkup.message_content(client)
    discord.world.message_content = "off"
    without = await open_client(discord.token, api=discord.api)
    with pytest.raises(Misconfigured, match="Reply button") as caught:
        checkup.message_content(without)
    assert "Message Content Intent" in caught.value.mend
    await close_client(without)


async def test_a_channel_with_all_permissions_is_well(
    discord: DiscordEmulator, client: AutoShardedClient
) -> None:
    """With exactly those of the invitation, and no others."""
    given = Permission.NONE
    for name in PERMISSIONS:
        given |= Permission[name.upper()]
    guild = discord.guild("market", members=[], everyone=Permission.NONE, bot=given)
    assert await checkup.place(client, place_of(discord.channel(guild, "support")), "x") == "#support"


@pytest.mark.parametrize(
    "name", [each for each in PERMISSIONS if each not in {"view_channel", "create_private_threads"}]
)
async def test_a_missing_permission_is_named_with_its_channel(
    discord: DiscordEmulator, client: AutoShardedClient, name: str
) -> None:
    """As Discord's own settings call it, and what it is for."""
    channel = discord.channel(discord.guild("market", members=[]), "support")
    denied = Overwrite(discord.bot.id, "member", deny=int(Permission[name.upper()]))
    deeds_guilds.overwrite(discord.world, channel, denied)
    with pytest.raises(Misconfigured, match="where Henji lacks") as caught:
        await checkup.place(client, place_of(channel), "staff's channel")
    assert caught.value.setting == "staff's channel"
    assert "#support" in caught.value.problem
    assert PERMISSIONS[name][0] in caught.value.problem


async def test_a_channel_out_of_sight_or_gone_is_named(
    discord: DiscordEmulator, client: AutoShardedClient
) -> None:
    """Each says what to do about it."""
    guild = discord.guild("market", members=[])
    hidden = discord.channel(guild, "hidden", with_bot=False)
    gone = discord.channel(guild, "gone")
    deeds_guilds.delete_channel(discord.world, gone)
    for channel, said in ((hidden, "can't see"), (gone, "is gone")):
        with pytest.raises(Misconfigured, match=said) as caught:
            await checkup.place(client, place_of(channel), "seller Acme")
        assert caught.value.mend


async def test_roles_that_nobody_is_told_by_are_named(
    discord: DiscordEmulator, client: AutoShardedClient
) -> None:
    """A role is told if it can be mentioned by all, or if Henji may mention every role."""
    guild = discord.guild("market", members=[], everyone=Permission.VIEW_CHANNEL)
    loud = discord.role(guild, "loud", members=[], mentionable=True)
    quiet = discord.role(guild, "quiet", members=[])
    people = [PersonId(f"discord:{guild.id}:&{each.id}") for each in (loud, quiet)]
    hanako = PersonId("discord:users:5")
    assert await checkup.mentioned(client, [people[0], hanako], "staff")
    with pytest.raises(Misconfigured, match="@quiet") as caught:
        await checkup.mentioned(client, [*people, hanako], "staff")
    assert "@loud" not in caught.value.problem
    with pytest.raises(Misconfigured, match="gone"):
        await checkup.mentioned(client, [PersonId(f"discord:{guild.id}:&1")], "staff")


async def test_discord_being_away_is_no_fault_of_the_settings(
    discord: DiscordEmulator, client: AutoShardedClient
) -> None:
    """Neither a limit nor a failure is taken for a wrong setting."""
    channel = discord.channel(discord.guild("market", members=[]), "support")
    for kind in (Kind.RATE_LIMITED, Kind.REFUSED):
        discord.faults.switch_on(kind, "get_channel", times=1)
        with pytest.raises(DeskError) as caught:
            await checkup.place(client, place_of(channel), "staff's channel")
        assert not isinstance(caught.value, Misconfigured)
