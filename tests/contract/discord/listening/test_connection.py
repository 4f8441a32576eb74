"""The gateway: what happens to the connection, and that it is told."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.clocks import HandClock
from tests.contract.discord.listening.office import Office, listening
from tests.contract.discord.listening.scene import answered, set_up
from tests.emulators.discord import DiscordEmulator
from tests.waiting import until

RESUME = 6
PING = 0.2  # so that a gateway that fell silent is noticed soon


@pytest.fixture
async def office(
    discord: DiscordEmulator, clock: HandClock, redis_server: str, redis_client: Redis
) -> AsyncIterator[Office]:
    """Listening, in a guild."""
    del redis_client  # it has emptied the server
    boss = discord.person("Boss")
    discord.channel(discord.guild("Tanuki", members=[], owner=boss), "lobby")
    async with listening(discord, redis_server, clock.now, ping=PING) as office:
        office.reception.client.before_identify_hook = at_once  # type: ignore[method-assign] # it is for that
        yield office


async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """Begin a session without waiting five seconds since the last one."""


async def works(office: Office) -> bool:
    """Whether a command arrives."""
    if not await office.connection.connected():
        return False
    taro = office.discord.person("Taro")
    guild = next(iter(office.discord.world.guilds.values()))
    await taro.joins(guild)
    return "/inquiry" in answered(taro, await taro.command("/inquiry help"))


async def test_the_first_session_is_a_gap_too(office: Office, clock: HandClock) -> None:
    """Something may have been said while Henji was down."""
    assert office.gaps == [clock.now()]
    assert await works(office)


async def test_a_connection_that_is_cut_is_resumed(office: Office) -> None:
    """Discord repeats what was said meanwhile, so that nothing has to be read back."""
    scene = await set_up(office)
    card = await scene.opened()
    office.discord.gateway.drop()
    said = await scene.ada.says("on its way", channel=scene.acme, thread=card)
    await office.heard(said)
    assert any("on its way" in scene.hanako.reads(each) for each in scene.hanako.sees())
    assert len(office.gaps) == 1
    assert await works(office)


async def test_discord_may_ask_for_a_new_connection(office: Office) -> None:
    """As it does every now and then; the session goes on."""
    office.discord.gateway.ask_to_reconnect()
    await until(lambda: office.discord.gateway.received[-1]["op"] == RESUME)
    await until(office.connection.connected)
    assert len(office.gaps) == 1
    assert await works(office)


async def test_a_session_that_is_no_more_is_a_gap(office: Office) -> None:
    """A new one begins, and what was said in between is to be read back."""
    office.discord.gateway.invalidate(resumable=False)
    await until(lambda: len(office.gaps) == 2)
    await until(office.connection.connected)
    assert await works(office)


async def test_a_gateway_that_fell_silent_is_connected_anew(office: Office) -> None:
    """It is open and says nothing: another session is there soon, and the gap is told."""
    office.discord.gateway.freeze()
    await until(lambda: len(office.gaps) == 2)
    await until(office.connection.connected)
    assert await works(office)


async def test_a_token_that_was_revoked_is_not_insisted_on(office: Office) -> None:
    """Nothing is heard any more, and that shows; whoever runs the desk finds the reason in the log."""
    await office.discord.gateway.close(4004)
    await until(lambda: away(office))
    assert len(office.gaps) == 1


async def test_discord_away_for_a_while_is_come_back_to(office: Office) -> None:
    """However often connecting failed meanwhile."""
    await office.discord.goes_away()
    await until(lambda: away(office))
    await office.discord.comes_back()
    await until(office.connection.connected, within=60)
    assert await works(office)


async def test_all_shards_are_connected(
    discord: DiscordEmulator, clock: HandClock, redis_server: str
) -> None:
    """As many as Discord asks for, and what happens on each is heard."""
    discord.gateway.shards = 2
    guilds = [discord.guild(name, members=[discord.person(name)]) for name in ("Even", "Odd", "Other")]
    channels = [discord.channel(guild, "lobby") for guild in guilds]
    async with listening(discord, redis_server, clock.now) as office:
        assert set(office.reception.client.shards) == {0, 1}
        for guild, channel in zip(guilds, channels, strict=True):
            taro = discord.person(f"Taro of {guild.name}")
            await taro.joins(guild)
            assert answered(taro, await taro.command("/inquiry help", channel=channel))


async def away(office: Office) -> bool:
    """Whether no event can arrive."""
    return not await office.connection.connected()
