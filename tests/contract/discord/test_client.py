"""The way to Discord: who we are there, what we ask for, and that nothing is sent twice by itself."""

from typing import Literal

import pytest
from discord import AutoShardedClient

from adapters.discord.client import close_client, identify, open_client
from adapters.discord.errors import translating
from core.errors import Misconfigured, TryAgain, Unknown
from tests.emulators.discord import Channel, DiscordEmulator
from tests.emulators.discord.faults import Kind

POST = "create_message"


@pytest.fixture
def channel(discord: DiscordEmulator) -> Channel:
    """A channel to write into."""
    return discord.channel(discord.guild("market", members=[]), "support")


async def test_a_client_knows_who_it_is(discord: DiscordEmulator, client: AutoShardedClient) -> None:
    """The bot's user and its application, before any gateway is connected."""
    me = identify(client)
    assert str(me.user) == discord.bot.id
    assert str(me.application) == discord.world.application_id
    assert me.reads_messages


@pytest.mark.parametrize(("granted", "asked"), [("granted", True), ("limited", True), ("off", False)])
async def test_message_content_is_asked_for_where_it_was_granted(
    discord: DiscordEmulator, granted: Literal["granted", "limited", "off"], *, asked: bool
) -> None:
    """Asking without would close every connection, so it is left out; nothing else is asked for."""
    discord.world.message_content = granted
    client = await open_client(discord.token, api=discord.api)
    wanted = {name for name, on in client.intents if on}
    assert ("message_content" in wanted) is asked
    assert wanted - {"message_content"} == {"guilds", "guild_messages", "dm_messages"}
    assert identify(client).reads_messages is asked
    await close_client(client)


async def test_a_wrong_token_names_the_setting(discord: DiscordEmulator) -> None:
    """Whoever hosts the desk reads which setting it is."""
    with pytest.raises(Misconfigured, match="DISCORD_BOT_TOKEN"):
        await open_client("wrong", api=discord.api)


async def test_discord_being_away_is_no_fault_of_the_token(discord: DiscordEmulator) -> None:
    """It is tried again later."""
    api = discord.api
    await discord.goes_away()
    with pytest.raises(TryAgain):
        await open_client(discord.token, api=api)
    await discord.comes_back()


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_failure_of_discords_is_not_answered_by_sending_again(
    discord: DiscordEmulator, client: AutoShardedClient, channel: Channel, status: int
) -> None:
    """The library would, up to four times; whether to is ours to decide, since it may have been done."""
    discord.faults.switch_on(Kind.FAILED_AFTER, POST, status=status)
    with pytest.raises(Unknown), translating(sending=True):
        await client.get_partial_messageable(int(channel.id)).send("Hello.")
    assert [each.content for each in channel.messages.values()] == ["Hello."]
    assert [each.route for each in discord.calls].count(POST) == 1


async def test_a_cut_connection_is_not_answered_by_sending_again(
    discord: DiscordEmulator, client: AutoShardedClient, channel: Channel
) -> None:
    """It may have arrived."""
    discord.faults.switch_on(Kind.LOST_REPLY, POST, times=1)
    with pytest.raises(Unknown), translating(sending=True):
        await client.get_partial_messageable(int(channel.id)).send("Hello.")
    assert [each.content for each in channel.messages.values()] == ["Hello."]


@pytest.mark.parametrize("kind", [Kind.RATE_LIMITED, Kind.BANNED])
async def test_a_long_limit_is_not_waited_out(
    discord: DiscordEmulator, client: AutoShardedClient, channel: Channel, kind: Kind
) -> None:
    """Whoever sends is told when to try again, and nothing was sent."""
    discord.faults.switch_on(kind, POST, times=1, retry_after=60)
    with pytest.raises(TryAgain), translating(sending=True):
        await client.get_partial_messageable(int(channel.id)).send("Hello.")
    assert not channel.messages


async def test_a_short_limit_is_waited_out(
    discord: DiscordEmulator, client: AutoShardedClient, channel: Channel
) -> None:
    """What was refused for a moment goes out after it, once."""
    discord.faults.switch_on(Kind.RATE_LIMITED, POST, times=1, retry_after=0.01)
    await client.get_partial_messageable(int(channel.id)).send("Hello.")
    assert [each.content for each in channel.messages.values()] == ["Hello."]


async def test_limits_are_kept_without_being_told(
    discord: DiscordEmulator, client: AutoShardedClient, channel: Channel
) -> None:
    """A channel is left alone for a moment when its share is used up, before Discord has to refuse."""
    limits = discord.server.rate_limits
    limits.enforced, limits.limits[POST] = True, (3, 0.2)
    there = client.get_partial_messageable(int(channel.id))
    sent = [await there.send(str(n)) for n in range(7)]
    assert list(channel.messages) == [str(each.id) for each in sent]
    assert {each.status for each in discord.calls} == {200}


async def test_a_long_rest_is_known_before_asking(
    discord: DiscordEmulator, client: AutoShardedClient, channel: Channel
) -> None:
    """A share that is used up for a minute is not waited for, and what was sent within it is not held up."""
    limits = discord.server.rate_limits
    limits.enforced, limits.limits[POST] = True, (2, 60.0)
    there = client.get_partial_messageable(int(channel.id))
    for n in range(2):
        await there.send(str(n))
    with pytest.raises(TryAgain) as caught, translating(sending=True):
        await there.send("3")
    assert caught.value.after > 50
    assert len(channel.messages) == 2
