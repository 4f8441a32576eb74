"""The emulator against what Discord publishes: paths, requests and answers have the published shape.

Skipped where the published file is not at hand; it is not part of this repository.
"""

import io

import discord as sdk
import pytest

from tests.emulators.discord import Channel, DiscordEmulator, Guild, Permission, Person, deeds_guilds
from tests.emulators.discord.conftest import Client, post, refusal
from tests.emulators.discord.contract import FILE, Contract
from tests.emulators.discord.records import Overwrite
from tests.emulators.discord.rest import ROUTES

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="../shared/contracts is not there")


@pytest.fixture
def contract() -> Contract:
    """What Discord publishes."""
    return Contract(FILE)


async def speak(rest: Client, discord: DiscordEmulator, hanako: Person, general: Channel) -> None:
    """Call each route about messages and reactions."""
    channel = await rest.fetch_channel(int(general.id))
    assert isinstance(channel, sdk.TextChannel)
    embed = (
        sdk.Embed(title="title", description="text").set_footer(text="foot").add_field(name="a", value="b")
    )
    view = sdk.ui.View(timeout=None)
    view.add_item(sdk.ui.Button(label="Press", custom_id="act:press"))
    said = post(discord, hanako, general, "hello", reactions={"👀": [hanako.id]})
    card = await channel.send(
        f"<@{hanako.id}>",
        embed=embed,
        view=view,
        nonce="1.2.3",
        allowed_mentions=sdk.AllowedMentions(users=[sdk.Object(hanako.id)]),
    )
    file = sdk.File(io.BytesIO(b"text"), filename="a.txt", description="a text")
    await channel.send(file=file, reference=channel.get_partial_message(int(said.id)))
    await card.edit(content="changed", embed=None, view=None)
    await channel.fetch_message(card.id)
    assert [each.id async for each in channel.history(limit=10)]
    assert [each.id async for each in channel.history(limit=10, after=sdk.Object(said.id))]
    reacted = await channel.fetch_message(int(said.id))
    await reacted.add_reaction("✅")
    assert [each.id async for each in reacted.reactions[0].users()] == [int(hanako.id)]
    await reacted.remove_reaction("✅", sdk.Object(discord.bot.id))
    await channel.typing()
    await card.delete()
    direct = await (await rest.fetch_user(int(hanako.id))).create_dm()
    await direct.send("direct")
    assert [each.content async for each in direct.history()] == ["direct"]
    await rest.http.get_channel(direct.id)


async def thread(rest: Client, discord: DiscordEmulator, hanako: Person, general: Channel) -> None:
    """Call each route about threads."""
    discord.world.guild_members = "granted"
    own = next(each for each in discord.world.guilds[general.guild].roles.values() if each.managed_by)
    deeds_guilds.permit(discord.world, own, Permission.ADMINISTRATOR)
    channel = await rest.fetch_channel(int(general.id))
    assert isinstance(channel, sdk.TextChannel)
    card = await channel.send("card")
    public = await channel.create_thread(name="#1", message=card)
    private = await channel.create_thread(name="#2", invitable=False)
    await private.add_user(sdk.Object(hanako.id))
    await private.fetch_member(int(hanako.id))
    await private.fetch_members()
    await private.remove_user(sdk.Object(hanako.id))
    await public.send("first")
    await channel.guild.active_threads()
    await public.edit(archived=True, locked=True)
    await public.edit(archived=False, locked=False)
    await private.leave()
    await private.join()
    await private.edit(archived=True)
    assert [each.id async for each in channel.archived_threads()] == []
    assert [each.id async for each in channel.archived_threads(private=True)] == [private.id]
    await channel.fetch_message(card.id)
    await public.delete()


async def look_around(rest: Client, discord: DiscordEmulator, hanako: Person, guild: Guild) -> None:
    """Call each route about the bot and about guilds."""
    await rest.application_info()
    await rest.http.request(sdk.http.Route("GET", "/applications/@me"))
    await rest.http.request(sdk.http.Route("GET", "/gateway"))
    await rest.http.get_bot_gateway()
    assert [each.id async for each in rest.fetch_guilds()] == [int(guild.id)]
    known = await rest.fetch_guild(int(guild.id))
    await known.fetch_channels()
    (everyone, *_) = await known.fetch_roles()
    await known.fetch_role(everyone.id)
    await known.fetch_member(int(hanako.id))
    await rest.http.get_members(int(guild.id), 10, None)
    search = sdk.http.Route("GET", "/guilds/{guild_id}/members/search", guild_id=guild.id)
    await rest.http.request(search, params={"query": "花", "limit": 5})
    spare = discord.guild("spare", members=[])
    await (await rest.fetch_guild(int(spare.id))).leave()


async def fail(rest: Client, general: Channel) -> None:
    """Call some routes in vain."""
    channel = rest.get_partial_messageable(int(general.id))
    assert await refusal(channel.send("x" * 2001)) == (400, 50035)
    assert await refusal(channel.send("")) == (400, 50006)
    assert await refusal(channel.fetch_message(1)) == (404, 10008)
    assert await refusal(rest.fetch_channel(1)) == (404, 10003)
    assert await refusal(rest.fetch_user(1)) == (404, 10013)


async def test_events_bring_what_is_published(
    discord: DiscordEmulator,
    client: Client,
    hanako: Person,
    guild: Guild,
    general: Channel,
    contract: Contract,
) -> None:
    """Messages, threads, channels and guilds come over the gateway in the shape they have over REST."""
    discord.world.guild_members = "granted"
    await speak(client, discord, hanako, general)
    await thread(client, discord, hanako, general)
    discord.guild("second", members=[hanako])
    made = discord.channel(guild, "second", only=[hanako])
    deeds_guilds.overwrite(discord.world, made, Overwrite(hanako.id, "member"))
    deeds_guilds.delete_channel(discord.world, made)
    told = discord.gateway.told
    assert {each.name for each in told} >= {
        "MESSAGE_CREATE", "MESSAGE_UPDATE", "THREAD_CREATE", "THREAD_UPDATE", "GUILD_CREATE",
        "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE",
    }  # fmt: skip
    assert [problem for each in told for problem in contract.event_problems(each)] == []


async def test_every_call_has_the_published_shape(
    discord: DiscordEmulator, rest: Client, hanako: Person, guild: Guild, general: Channel, contract: Contract
) -> None:
    """Each route is where Discord has it; what discord.py sends and what it gets are as published."""
    await speak(rest, discord, hanako, general)
    await thread(rest, discord, hanako, general)
    await look_around(rest, discord, hanako, guild)
    await fail(rest, general)
    assert [
        each.name for each in ROUTES.values() if not contract.is_at(each.name, each.method, each.path)
    ] == []
    assert [problem for each in discord.calls for problem in contract.request_problems(each)] == []
    assert [problem for each in discord.calls for problem in contract.answer_problems(each)] == []
    about_interactions = {each.name for each in ROUTES.values() if not each.auth or "/commands" in each.path}
    assert set(ROUTES) - about_interactions == {each.route for each in discord.calls}
