"""How discord.py loses the gateway and finds it again: what a resume brings, and what is lost for good.

Each fault is switched on once; the client is left to itself until it is back.
"""

import asyncio

import discord as sdk
import pytest

from tests.emulators.discord import Channel, DiscordEmulator, Person
from tests.emulators.discord.conftest import Client, connected, post
from tests.waiting import until


async def test_a_resume_brings_what_was_missed(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """Cut off, the client resumes and hears what happened meanwhile, once and in order."""
    post(discord, hanako, general, "one")
    await until(lambda: client.said() == ["one"])
    discord.gateway.drop()
    post(discord, hanako, general, "two")
    post(discord, hanako, general, "three")
    await until(lambda: bool(client.all("resumed")))
    post(discord, hanako, general, "four")
    await until(lambda: client.said() == ["one", "two", "three", "four"])
    assert len(discord.gateway.sessions) == 1


async def test_the_gateway_asks_to_reconnect(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """At op 7 the client comes back by itself and resumes."""
    discord.gateway.ask_to_reconnect()
    await until(lambda: bool(client.all("resumed")))
    post(discord, hanako, general, "one")
    await until(lambda: client.said() == ["one"])


async def test_a_session_that_is_still_good(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """An invalid session that can be resumed is."""
    discord.gateway.invalidate(resumable=True)
    post(discord, hanako, general, "one")
    await until(lambda: bool(client.all("resumed")))
    await until(lambda: client.said() == ["one"])


async def test_an_invalid_session_begins_anew(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """An invalid session is identified again; what happened in between is not told, and history has it."""
    discord.gateway.invalidate()
    post(discord, hanako, general, "missed")
    await until(lambda: len(client.all("connect")) == 2)
    post(discord, hanako, general, "heard")
    await until(lambda: client.said() == ["heard"])
    channel = client.get_channel(int(general.id))
    assert isinstance(channel, sdk.TextChannel)
    assert [each.content async for each in channel.history(oldest_first=True)] == ["missed", "heard"]


async def test_a_session_is_forgotten_meanwhile(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """A resume that comes too late is refused, and the client identifies again."""
    discord.gateway.drop()
    discord.gateway.forget_sessions()
    post(discord, hanako, general, "missed")
    await until(lambda: len(client.all("connect")) == 2)
    post(discord, hanako, general, "heard")
    await until(lambda: client.said() == ["heard"])
    assert client.all("resumed") == []


async def test_a_frozen_connection_is_given_up(
    discord: DiscordEmulator, hanako: Person, general: Channel
) -> None:
    """A silent connection is noticed by its heartbeats; what was said on it comes with the resume."""
    discord.gateway.heartbeat_interval = 0.05
    async with connected(discord, heartbeat_timeout=0.2) as client:
        (frozen,) = discord.gateway.open
        discord.gateway.freeze()
        post(discord, hanako, general, "hello?")
        await until(lambda: client.said() == ["hello?"])
        assert frozen not in discord.gateway.open


async def test_events_come_twice_or_never(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """A duplicated event has the same message; a lost one is never told."""
    discord.gateway.duplicate(copies=1)
    post(discord, hanako, general, "twice")
    discord.gateway.duplicate(copies=0)
    discord.gateway.lose()
    post(discord, hanako, general, "never")
    discord.gateway.lose(on=False)
    post(discord, hanako, general, "once")
    await until(lambda: client.said() == ["twice", "twice", "once"])
    assert len({each.id for each in client.all("message")}) == 2


async def test_discord_goes_away(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """Nothing listens for a while; once it is back, at the same address, the client identifies anew."""
    await discord.goes_away()
    post(discord, hanako, general, "missed")
    await until(lambda: bool(client.all("shard_disconnect")))
    await discord.comes_back()
    await until(lambda: len(client.all("connect")) == 2)
    post(discord, hanako, general, "heard")
    await until(lambda: client.said() == ["heard"])


@pytest.mark.parametrize(("code", "back"), [(4000, True), (4009, True), (4011, False)])
async def test_a_close_code_says_whether_to_come_back(
    discord: DiscordEmulator, code: int, *, back: bool
) -> None:
    """After most codes the client resumes; after some it gives up."""
    client = Client()
    async with client:
        await client.login(discord.token)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(_until_closed(client))
            await client.wait_until_ready()
            await discord.gateway.close(code)
            if back:
                await until(lambda: bool(client.all("resumed")))
                await client.close()
    assert running.result() == (0 if back else code)


async def _until_closed(client: Client) -> int:
    try:
        await client.connect()
    except sdk.ConnectionClosed as closed:
        return closed.code
    return 0
