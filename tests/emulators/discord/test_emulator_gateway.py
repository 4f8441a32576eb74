"""The gateway as discord.py meets it: connecting, events in order, what intents and permissions let through.

How connections are lost and found again is in `test_emulator_reconnecting`.
"""

import aiohttp
import discord as sdk
import pytest

from tests.clocks import HandClock
from tests.emulators.discord import Channel, DiscordEmulator, Guild, Permission, Person, deeds, deeds_guilds
from tests.emulators.discord.conftest import Client, connected, logged_in, post
from tests.emulators.discord.records import ChannelKind
from tests.waiting import until


async def test_a_client_knows_its_guilds(discord: DiscordEmulator, client: Client, guild: Guild) -> None:
    """After READY and GUILD_CREATE the client knows itself, the guild, its channels and its roles."""
    assert client.user is not None
    assert client.application_id == client.user.id == int(discord.bot.id)
    assert client.application_flags.gateway_message_content
    (known,) = client.guilds
    assert (known.name, known.shard_id, known.me.id) == ("市場", 0, client.user.id)
    assert [each.name for each in known.channels] == ["general"]
    assert [each.name for each in known.roles] == ["@everyone", discord.bot.name]
    assert str(known.id) == guild.id


async def test_heartbeats_are_acknowledged(discord: DiscordEmulator) -> None:
    """The client measures how long its heartbeats take."""
    discord.gateway.heartbeat_interval = 0.02
    async with connected(discord) as client:
        await until(lambda: client.latency < 1)
        assert sum(each["op"] == 1 for each in discord.gateway.received) >= 1


async def test_what_was_heard_is_known(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """One can wait until the client has heard all of it; a silent connection is not waited for."""
    for each in range(3):
        post(discord, hanako, general, str(each))
    await discord.heard()
    assert client.said() == ["0", "1", "2"]
    frames = len(discord.gateway.received)
    await discord.heard()
    assert len(discord.gateway.received) == frames
    discord.gateway.freeze()
    post(discord, hanako, general, "unheard")
    await discord.heard()
    assert client.said() == ["0", "1", "2"]


async def test_messages_are_heard_in_order(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """What people write in channels and DMs, and what the bot writes, comes in the order it happened."""
    first = post(discord, hanako, general, "one")
    post(discord, hanako, hanako.inbox, "two")
    heard = client.get_channel(int(general.id))
    assert isinstance(heard, sdk.TextChannel)
    await heard.send("three")
    post(discord, hanako, general, "four")
    await until(lambda: client.said() == ["one", "two", "three", "four"])
    one, two, three, _ = client.all("message")
    assert (one.author.display_name, one.guild.name, one.created_at) == ("花子", "市場", discord.world.now())
    assert (two.guild, type(two.channel)) == (None, sdk.DMChannel)
    assert three.author == client.user
    assert str(one.id) == first.id


async def test_content_is_for_those_it_is_granted_to(
    discord: DiscordEmulator, hanako: Person, general: Channel
) -> None:
    """Without the intent a guild's messages are empty but the bot's own and those to it; DMs never are."""
    intents = sdk.Intents(guilds=True, guild_messages=True, dm_messages=True)
    async with connected(discord, intents=intents) as client:
        answered = post(discord, hanako, general, "secret", embeds=[{"title": "secret"}])
        post(discord, hanako, general, f"<@{discord.bot.id}> open")
        post(discord, hanako, hanako.inbox, "direct")
        channel = client.get_channel(int(general.id))
        assert isinstance(channel, sdk.TextChannel)
        await channel.send("own", reference=channel.get_partial_message(int(answered.id)))
        await until(lambda: client.said() == ["", f"<@{discord.bot.id}> open", "direct", "own"])
        hidden, *_, own = client.all("message")
        assert hidden.embeds == []
        assert own.reference.resolved.content == ""


async def test_intents_have_to_be_granted(discord: DiscordEmulator) -> None:
    """An intent that is not granted ends the connection for good, and the flags say so beforehand."""
    discord.world.message_content = "off"
    async with logged_in(discord) as client:
        application = await client.application_info()
        assert not application.flags.gateway_message_content
        with pytest.raises(sdk.PrivilegedIntentsRequired):
            await client.connect()
    discord.world.message_content = "limited"
    async with connected(discord) as client:
        assert client.application_flags.gateway_message_content_limited


async def test_a_wrong_token(discord: DiscordEmulator) -> None:
    """REST refuses it with 401, the gateway with 4004."""
    async with Client() as client:
        with pytest.raises(sdk.LoginFailure):
            await client.login("wrong")
    async with logged_in(discord) as client:
        client.http.token = "wrong"
        client.shard_count = 1
        with pytest.raises(sdk.ConnectionClosed) as caught:
            await client.connect()
        assert caught.value.code == 4004


async def test_events_that_were_not_asked_for(
    discord: DiscordEmulator, hanako: Person, general: Channel
) -> None:
    """Reactions are not heard of without their intent; members join and leave unheard without theirs."""
    async with connected(discord, intents=sdk.Intents(guilds=True, guild_messages=True)) as client:
        message = post(discord, hanako, general, "one")
        deeds.react(discord.world, message, hanako.id, "✅")
        deeds_guilds.join_guild(discord.world, discord.world.guilds[general.guild], discord.person("太郎").id)
        post(discord, hanako, general, "two")
        await until(lambda: len(client.said()) == 2)
        assert not {"raw_reaction_add", "raw_member_remove", "member_join"} & {
            name for name, _ in client.heard
        }


async def test_the_bot_hears_of_itself(discord: DiscordEmulator, client: Client, guild: Guild) -> None:
    """Without the intent for members the bot still hears which roles it is given, and how it is called."""
    role = discord.world.add_role(guild, "extra", Permission.MANAGE_GUILD)
    deeds_guilds.made_role(discord.world, role)
    own = guild.members[discord.bot.id].roles
    deeds_guilds.set_roles(discord.world, guild, discord.bot.id, [*own, role.id])
    deeds_guilds.rename(discord.world, guild, discord.bot.id, "返事")
    await until(lambda: client.guilds[0].me.nick == "返事")
    assert client.guilds[0].me.guild_permissions.manage_guild


async def test_what_the_bot_cannot_see(
    discord: DiscordEmulator, client: Client, hanako: Person, guild: Guild, general: Channel
) -> None:
    """Nothing is heard of a channel without VIEW_CHANNEL, nor of a private thread that the bot is not in."""
    secret = discord.channel(guild, "secret", only=[hanako], with_bot=False)
    private = deeds.open_thread(discord.world, hanako.id, general, "ours", ChannelKind.PRIVATE_THREAD)
    post(discord, hanako, secret, "unseen")
    post(discord, hanako, private, "unseen too")
    deeds.join_thread(discord.world, private, discord.bot.id)
    post(discord, hanako, private, "seen")
    await until(lambda: client.said() == ["seen"])
    assert client.get_channel(int(secret.id)) is not None
    assert isinstance(client.get_channel(int(private.id)), sdk.Thread)


async def test_changes_are_heard(
    discord: DiscordEmulator, client: Client, hanako: Person, general: Channel
) -> None:
    """Edits, deletions, reactions, threads that are locked, channels that go: each is told as it happens."""
    message = post(discord, hanako, general, "one")
    message.content = "changed"
    deeds.edit(discord.world, message)
    deeds.react(discord.world, message, hanako.id, "👀")
    deeds.unreact(discord.world, message, hanako.id, "👀")
    thread = deeds.start_thread(discord.world, hanako.id, message, "talk")
    deeds.set_thread(discord.world, thread, archived=True, locked=True)
    deeds.delete(discord.world, message)
    deeds_guilds.delete_channel(discord.world, thread)
    deeds_guilds.delete_channel(discord.world, general)
    await until(lambda: bool(client.all("guild_channel_delete")))
    names = [name for name, _ in client.heard if name.startswith(("raw_", "thread", "guild_channel"))]
    assert names == [
        "raw_message_edit", "raw_reaction_add", "raw_reaction_remove", "thread_create", "raw_message_edit",
        "raw_thread_update", "thread_update", "raw_message_delete", "raw_thread_delete",
        "guild_channel_delete",
    ]  # fmt: skip
    assert client.all("message_edit")[0].content == "one"


async def test_guilds_come_and_go(discord: DiscordEmulator, client: Client, hanako: Person) -> None:
    """A guild that invites the bot is joined, one that removes it is left and heard of no more."""
    other = discord.guild("other", members=[hanako], bot=None)
    channel = discord.channel(other, "talk")
    post(discord, hanako, channel, "before")
    deeds_guilds.join_guild(discord.world, other, discord.bot.id)
    post(discord, hanako, channel, "during")
    deeds_guilds.leave_guild(discord.world, other, discord.bot.id)
    post(discord, hanako, channel, "after")
    await until(lambda: bool(client.all("guild_remove")))
    assert [each.name for each in client.all("guild_join")] == ["other"]
    assert client.said() == ["during"]


async def test_members_and_roles_change(discord: DiscordEmulator, hanako: Person, guild: Guild) -> None:
    """With the intent for members, it is heard who joins, is renamed, gets a role, and leaves."""
    discord.world.guild_members = "granted"
    async with connected(discord, intents=sdk.Intents(guilds=True, members=True)) as client:
        known = client.guilds[0]
        assert {each.display_name for each in known.members} == {"owner of 市場", "花子", discord.bot.name}
        taro = discord.person("太郎")
        deeds_guilds.join_guild(discord.world, guild, taro.id)
        deeds_guilds.rename(discord.world, guild, taro.id, "たろう")
        role = discord.role(guild, "staff", members=[taro])
        deeds_guilds.permit(discord.world, role, Permission.MANAGE_GUILD)
        await until(lambda: known.get_role(int(role.id)) is not None)
        await until(lambda: bool(client.all("guild_role_update")))
        member = known.get_member(int(taro.id))
        assert member is not None
        assert (member.display_name, member.guild_permissions.manage_guild) == ("たろう", True)
        deeds_guilds.delete_role(discord.world, role)
        deeds_guilds.leave_guild(discord.world, guild, taro.id)
        await until(lambda: known.get_member(int(taro.id)) is None)
        found = await known.query_members("花", limit=5)
        assert [each.id for each in found] == [int(hanako.id)]


async def test_shards_share_the_guilds(discord: DiscordEmulator, clock: HandClock, hanako: Person) -> None:
    """Each guild belongs to one shard, by the millisecond in its id; DMs belong to the first."""
    discord.gateway.shards = 2
    for each in range(2):
        clock.advance(seconds=0.001)
        discord.guild(f"guild {each}", members=[hanako])
    async with connected(discord) as client:
        assert {each.shard_id for each in client.guilds} == {0, 1}
        assert all(each.shard_id == (each.id >> 22) % 2 for each in client.guilds)
        post(discord, hanako, hanako.inbox, "direct")
        await until(lambda: client.said() == ["direct"])
    assert [each["d"]["shard"] for each in discord.gateway.received if each["op"] == 2] == [[0, 2], [1, 2]]


@pytest.mark.parametrize(
    ("change", "code"),
    [({"intents": 1 << 30}, 4013), ({"shard": [2, 2]}, 4010), ({"intents": 1 << 8}, 4014), ({}, 4005)],
)
async def test_wrong_frames_close_the_connection(
    discord: DiscordEmulator, change: dict[str, object], code: int
) -> None:
    """A wrong IDENTIFY is closed with its code, and so is a right one that comes a second time."""
    frame = {"op": 2, "d": {"token": discord.token, "intents": 1} | change}
    async with aiohttp.ClientSession() as session, session.ws_connect(discord.gateway_url) as socket:
        await socket.send_json(frame)
        await socket.send_json(frame)
        closed = [each async for each in socket]
        assert socket.close_code == code
    assert [each.json()["op"] for each in closed] == ([10, 0] if code == 4005 else [10])


async def test_what_the_gateway_does_not_know(discord: DiscordEmulator) -> None:
    """An unknown opcode is closed with 4001; what cannot be read with 4002, and it would fail the story."""
    for sent, code in (('{"op": 99, "d": null}', 4001), ("nonsense", 4002)):
        async with aiohttp.ClientSession() as session, session.ws_connect(discord.gateway_url) as socket:
            await socket.send_str(sent)
            assert [each.json()["op"] async for each in socket] == [10]
            assert socket.close_code == code
    assert len(discord.world.unexpected) == 1
    discord.world.unexpected.clear()
