"""Threads as discord.py starts, archives and joins them, and who is drawn into them.

Each refusal is Discord's own: https://discord.com/developers/docs/topics/threads.
"""

import discord as sdk
import pytest

from tests.clocks import HandClock
from tests.emulators.discord import Channel, DiscordEmulator, Guild, Permission, Person, deeds, deeds_guilds
from tests.emulators.discord.conftest import Client, post, refusal
from tests.emulators.discord.records import Overwrite
from tests.waiting import until


@pytest.fixture
async def channel(rest: Client, general: Channel) -> sdk.TextChannel:
    """The channel as the client has it."""
    found = await rest.fetch_channel(int(general.id))
    assert isinstance(found, sdk.TextChannel)
    return found


def permit(discord: DiscordEmulator, guild: Guild, permissions: Permission) -> None:
    """Let the bot do this beside what everybody may."""
    own = next(each for each in guild.roles.values() if each.managed_by)
    deeds_guilds.permit(discord.world, own, permissions)


async def test_a_thread_starts_from_a_card_once(
    discord: DiscordEmulator, rest: Client, channel: sdk.TextChannel
) -> None:
    """It has the card's id; a second one is refused; its first message points back at the card."""
    card = await channel.send("card")
    by_id = rest.get_partial_messageable(card.id)
    assert await refusal(by_id.send("too soon")) == (404, 10003)
    thread = await card.create_thread(name="#7")
    assert (thread.id, thread.parent_id, thread.owner_id) == (card.id, channel.id, int(discord.bot.id))
    partial = channel.get_partial_message(card.id)
    assert await refusal(partial.create_thread(name="#7")) == (400, 160004)
    await by_id.send("first")
    first, starter = [each async for each in thread.history()]
    assert (first.content, starter.type) == ("first", sdk.MessageType.thread_starter_message)
    assert starter.reference is not None
    assert starter.reference.message_id == card.id
    again = await channel.fetch_message(card.id)
    assert again.flags.has_thread
    assert again.thread is not None
    assert [each async for each in channel.history()] == [again]


async def test_threads_need_permissions_and_names(
    discord: DiscordEmulator, channel: sdk.TextChannel, general: Channel
) -> None:
    """Each kind has its own permission; a name has 1 to 100 characters; the message has to be there."""
    card = await channel.send("card")
    assert await refusal(card.create_thread(name="x" * 101)) == (400, 50035)
    assert await refusal(channel.get_partial_message(1).create_thread(name="x")) == (404, 10008)
    bot, kinds = discord.bot.id, Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS
    deeds_guilds.overwrite(discord.world, general, Overwrite(bot, "member", deny=int(kinds)))
    assert await refusal(card.create_thread(name="x")) == (403, 50013)
    assert await refusal(channel.create_thread(name="x")) == (403, 50013)
    writing = Permission.SEND_MESSAGES_IN_THREADS
    deeds_guilds.overwrite(discord.world, general, Overwrite(bot, "member", deny=int(writing)))
    thread = await card.create_thread(name="x")
    assert await refusal(thread.send("x")) == (403, 50013)


async def test_a_private_thread_is_for_its_people(
    discord: DiscordEmulator, channel: sdk.TextChannel, general: Channel, hanako: Person
) -> None:
    """Only those who were brought in see it and are told; nothing of it stands in the channel."""
    taro = discord.person("太郎")
    guild = discord.world.guilds[general.guild]
    deeds_guilds.join_guild(discord.world, guild, taro.id)
    thread = await channel.create_thread(name="#7", invitable=False)
    place = discord.world.channels[str(thread.id)]
    assert not discord.world.can_see(hanako.id, place)
    await thread.add_user(sdk.Object(hanako.id))
    await thread.send("for you")
    assert (discord.world.can_see(hanako.id, place), discord.world.can_see(taro.id, place)) == (True, False)
    assert [each.reason for each in discord.world.notifications[hanako.id]] == ["thread"]
    assert [each async for each in channel.history()] == []
    stranger = discord.person("nobody")
    assert await refusal(thread.add_user(sdk.Object(stranger.id))) == (404, 10007)
    await thread.remove_user(sdk.Object(hanako.id))
    assert not discord.world.can_see(hanako.id, place)


async def test_a_mention_draws_people_in(
    discord: DiscordEmulator, channel: sdk.TextChannel, hanako: Person
) -> None:
    """Whoever is mentioned in a thread becomes a member of it, and is told of what follows."""
    thread = await (await channel.send("card")).create_thread(name="#7")
    await thread.send("nobody is told")
    await thread.send(f"<@{hanako.id}>")
    await thread.send("what follows")
    assert [each.reason for each in discord.world.notifications[hanako.id]] == ["mention", "thread"]


async def test_archived_threads_open_by_writing_unless_locked(
    discord: DiscordEmulator, channel: sdk.TextChannel, guild: Guild
) -> None:
    """A locked one answers 50083 until someone who manages threads opens it again."""
    thread = await (await channel.send("card")).create_thread(name="#7")
    place = discord.world.channels[str(thread.id)]
    said = await thread.send("one")
    await thread.edit(archived=True)
    assert await refusal(said.edit(content="changed")) == (400, 50083)
    assert await refusal(said.add_reaction("✅")) == (400, 50083)
    await thread.send("two")
    assert not place.archived
    deeds.set_thread(discord.world, place, archived=True, locked=True)
    assert await refusal(thread.send("three")) == (400, 50083)
    assert await refusal(thread.edit(archived=False)) == (403, 50013)
    permit(discord, guild, Permission.MANAGE_THREADS)
    assert await refusal(thread.send("three")) == (400, 50083)
    await thread.edit(archived=False, locked=False)
    await thread.send("three")


async def test_idle_threads_are_archived(
    discord: DiscordEmulator, client: Client, clock: HandClock, hanako: Person, general: Channel
) -> None:
    """After its time without a message a thread is archived; someone writing opens it again."""
    message = post(discord, hanako, general, "card")
    thread = deeds.start_thread(discord.world, hanako.id, message, "talk", minutes=60)
    clock.advance(minutes=40)
    post(discord, hanako, thread, "still here")
    archived = []
    for minutes in (40, 21):
        clock.advance(minutes=minutes)
        await discord.clock_moved()
        archived.append(thread.archived)
    await until(lambda: bool(client.all("raw_thread_update")))
    post(discord, hanako, thread, "back")
    assert [*archived, thread.archived] == [False, True, False]


async def test_threads_go_with_their_channel(
    discord: DiscordEmulator, rest: Client, channel: sdk.TextChannel, general: Channel
) -> None:
    """A deleted card leaves its thread; a deleted channel takes its threads along."""
    card = await channel.send("card")
    thread = await card.create_thread(name="#7")
    await card.delete()
    await thread.send("still here")
    deeds_guilds.delete_channel(discord.world, general)
    assert await refusal(thread.send("x")) == (404, 10003)
    assert await refusal(rest.fetch_channel(thread.id)) == (404, 10003)
