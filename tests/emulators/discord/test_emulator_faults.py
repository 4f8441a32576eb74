"""What can go wrong between an app and Discord's REST API, each switched on once, as discord.py meets it.

Nothing waits for the story's clock; rate limits run on the loop's, as discord.py waits on it, and are short.
"""

import asyncio

import aiohttp
import discord as sdk
import pytest

from tests.emulators.discord import Channel, DiscordEmulator
from tests.emulators.discord.conftest import Client, logged_in
from tests.emulators.discord.faults import Kind
from tests.waiting import until


@pytest.mark.parametrize(
    ("kind", "raised", "stored"),
    [
        (Kind.BANNED, sdk.HTTPException, 0),
        (Kind.REFUSED, sdk.DiscordServerError, 0),
        (Kind.RESET, aiohttp.ServerDisconnectedError, 0),
        (Kind.FAILED_AFTER, sdk.DiscordServerError, 1),
        (Kind.LOST_REPLY, aiohttp.ServerDisconnectedError, 1),
    ],
)
async def test_calls_fail_before_and_after(
    discord: DiscordEmulator,
    rest: Client,
    general: Channel,
    kind: Kind,
    raised: type[Exception],
    stored: int,
) -> None:
    """Each fault strikes the route it is meant for as often as it is meant to, and leaves what it should."""
    fault = discord.faults.switch_on(kind, "create_message", times=1)
    channel = rest.get_partial_messageable(int(general.id))
    await rest.fetch_channel(int(general.id))
    with pytest.raises(raised):
        await channel.send("x")
    assert len(general.messages) == stored
    await channel.send("x")
    assert (fault.hits, len(general.messages)) == (1, stored + 1)


async def test_discord_py_tries_again_by_itself(
    discord: DiscordEmulator, rest: Client, general: Channel
) -> None:
    """After a 502 that came too late the library sends again, and the nonce keeps it at one message."""
    discord.faults.switch_on(Kind.FAILED_AFTER, "create_message", times=1, status=502)
    sent = await rest.get_partial_messageable(int(general.id)).send("x", nonce="7.1.0")
    assert list(general.messages) == [str(sent.id)]
    assert [each.status for each in discord.calls if each.route == "create_message"] == [200, 200]


async def test_a_limit_that_is_over_soon_is_waited_for(
    discord: DiscordEmulator, rest: Client, general: Channel
) -> None:
    """At a short 429 the library waits and sends; its refusal was of this route only."""
    discord.faults.switch_on(Kind.RATE_LIMITED, "create_message", times=1, retry_after=0.01)
    await rest.get_partial_messageable(int(general.id)).send("x")
    refused, sent = [each for each in discord.calls if each.route == "create_message"]
    assert (refused.status, refused.headers["X-RateLimit-Scope"], sent.status) == (429, "user", 200)


async def test_a_limit_that_lasts_is_raised(discord: DiscordEmulator, general: Channel) -> None:
    """A client with a bound on its waiting raises at a longer 429, at once."""
    async with logged_in(discord, max_ratelimit_timeout=30) as client:
        discord.faults.switch_on(Kind.RATE_LIMITED, times=1, retry_after=60)
        with pytest.raises(sdk.RateLimited) as caught:
            await client.get_partial_messageable(int(general.id)).send("x")
    assert caught.value.retry_after == 60
    assert discord.calls[-1].headers["X-RateLimit-Global"] == "true"


async def test_limits_are_kept_when_enforced(
    discord: DiscordEmulator, rest: Client, general: Channel
) -> None:
    """The headers keep the library within a bucket's limit; whoever does not heed them gets a 429."""
    discord.server.rate_limits.limits["create_message"] = (2, 0.1)
    discord.server.rate_limits.enforced = True
    channel = rest.get_partial_messageable(int(general.id))
    await asyncio.gather(*(channel.send(str(each)) for each in range(5)))
    assert len(general.messages) == 5
    assert [each.status for each in discord.calls if each.status == 429] == []
    assert discord.server.rate_limits.most["create_message", general.id] == 2
    path, headers = f"/channels/{general.id}/messages", {"Authorization": f"Bot {discord.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        sent = [await session.post(discord.api + path, json={"content": "x"}) for _ in range(3)]
        body = await sent[-1].json()
    assert sent[-1].status == 429
    assert (body["global"], 0 < body["retry_after"] <= 0.1) == (False, True)
    assert sent[-1].headers["Via"]


async def test_a_slow_answer(discord: DiscordEmulator, rest: Client, general: Channel) -> None:
    """What is kept back has been done; the answer comes when the fault is over."""
    fault = discord.faults.switch_on(Kind.SLOW, "create_message", channel=general.id)
    async with asyncio.TaskGroup() as group:
        call = group.create_task(rest.get_partial_messageable(int(general.id)).send("x"))
        await until(lambda: len(general.messages) == 1)
        assert not call.done()
        fault.off()
    assert call.result().content == "x"


async def test_discord_goes_away(discord: DiscordEmulator, rest: Client, general: Channel) -> None:
    """Nothing listens for a while; then it is back at the same address."""
    await discord.goes_away()
    with pytest.raises(aiohttp.ClientConnectorError):
        await rest.fetch_channel(int(general.id))
    await discord.comes_back()
    await rest.fetch_channel(int(general.id))
