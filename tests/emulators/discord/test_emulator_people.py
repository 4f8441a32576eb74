"""People: where they speak, what they see, what Discord tells them, and what its client does not let them do.

With discord.py's client where the app has a part in it, and without any where it has none.
"""

from typing import Any

import discord as sdk
import pytest

from tests.emulators.discord import Channel, DiscordEmulator, Guild, ImpossibleError, Permission, Person
from tests.emulators.discord.conftest import Client
from tests.waiting import until


@pytest.fixture
def taro(discord: DiscordEmulator, guild: Guild) -> Person:
    """太郎, who reads English and owns nothing."""
    person = discord.person("太郎")
    discord.world.add_member(guild, person.id)
    return person


async def test_what_people_write_reaches_the_app(
    discord: DiscordEmulator, guild: Guild, general: Channel, client: Client, hanako: Person, taro: Person
) -> None:
    """Names become mentions, replies say what they answer, threads hang from their card."""
    leads = discord.role(guild, "leads", members=[taro], mentionable=True)
    card = await client.get_partial_messageable(int(general.id)).send("card")
    said = await hanako.says("@太郎 @leads see #general", channel=general)
    assert said.content == f"<@{taro.id}> <@&{leads.id}> see <#{general.id}>"
    assert taro.reads(said) == "@太郎 @leads see #general"
    await taro.says("yes", channel=general, reply_to=said)
    shown = hanako.finds("card", general)
    reply = await hanako.says("under it", channel=general, thread=shown)
    assert reply.channel == str(card.id)
    await hanako.says("again", channel=general, thread=reply)
    await until(lambda: client.said()[-2:] == ["under it", "again"])
    answered = next(each for each in client.all("message") if each.content == "yes")
    assert answered.reference.message_id == int(said.id)
    under = next(each for each in client.all("message") if each.content == "again")
    assert isinstance(under.channel, sdk.Thread)
    assert under.channel.parent_id == int(general.id)
    assert [each.reason for each in taro.told] == ["mention"]


async def test_a_dm_has_replies_and_no_threads(client: Client, hanako: Person) -> None:
    """In the DM with the bot, to answer "in a thread" is to reply."""
    await hanako.dm("hello")
    await until(lambda: client.said() == ["hello"])
    assert isinstance(client.all("message")[0].channel, sdk.DMChannel)
    await client.all("message")[0].channel.send("which?")
    await hanako.dm("this", thread=hanako.sees()[-1])
    await until(lambda: len(client.said()) == 3)
    assert client.all("message")[-1].reference.resolved.content == "which?"
    assert [each.reason for each in hanako.told] == ["dm"]


async def test_what_people_change(general: Channel, client: Client, hanako: Person) -> None:
    """Edits, deletions and reactions reach the app."""
    said = await hanako.says("one", channel=general, files=("photo.png",))
    assert hanako.reads(said) == "one\n[file: photo.png]"
    await until(lambda: client.said() == ["one"])
    await hanako.edits(said, "two")
    await hanako.reacts(said, "👀")
    await until(lambda: bool(client.all("raw_reaction_add")))
    await hanako.deletes(said)
    await until(lambda: bool(client.all("raw_message_delete")))
    assert client.all("message")[0].attachments[0].filename == "photo.png"
    assert client.all("raw_message_edit")[0].message.content == "two"
    assert hanako.sees(general) == []


async def test_threads_close_and_open_again(general: Channel, hanako: Person) -> None:
    """Writing opens a closed thread, and a locked one stays closed to those who may not manage it."""
    card = await hanako.says("card", channel=general)
    thread = await hanako.starts_thread(card, "#1")
    await hanako.archives(thread)
    await hanako.says("again", channel=thread)
    assert not thread.archived
    owner = Person(hanako.discord, hanako.world.users[hanako.world.guilds[general.guild].owner])
    await owner.locks(thread)
    with pytest.raises(ImpossibleError):
        await hanako.says("and again", channel=thread)


async def test_what_discord_does_not_let_people_do(
    discord: DiscordEmulator, guild: Guild, client: Client, hanako: Person, taro: Person
) -> None:
    """Nobody sees, presses or says what is not theirs; nobody writes to a bot they share no server with."""
    secret = discord.channel(guild, "secret", only=[hanako])
    view = sdk.ui.View(timeout=None)
    view.add_item(sdk.ui.Button(label="Old", custom_id="old", disabled=True))
    view.add_item(sdk.ui.Button(label="Site", url="https://shop.test"))
    view.add_item(sdk.ui.UserSelect(custom_id="who", max_values=2))
    view.stop()
    await client.get_partial_messageable(int(secret.id)).send("card", view=view)
    card = hanako.sees(secret)[0]
    stranger = discord.person("次郎")
    assert taro.sees(secret) == stranger.sees(secret) == []
    assert (await hanako.presses("Site", on=card)).ok
    impossible: list[Any] = [
        taro.presses("Site", on=card),
        taro.says("hello", channel=secret),
        stranger.dm("hello"),
        hanako.presses("Old", on=card),
        hanako.presses("New", on=card),
        hanako.presses("who", on=card),
        hanako.chooses("太郎", on=card, select="whom"),
        hanako.chooses(["花子", "太郎", "henji"], on=card),
        hanako.edits(card, "mine"),
        hanako.deletes(card),
        hanako.says("x" * 2001, channel=secret),
        hanako.removes_bot(guild),
        hanako.deletes_channel(secret),
    ]
    for each in impossible:
        with pytest.raises(ImpossibleError):
            await each


async def test_people_and_the_bot_come_and_go(
    discord: DiscordEmulator, client: Client, guild: Guild, hanako: Person
) -> None:
    """The app hears when it is let into a guild and taken out, and what is said there in between."""
    boss = discord.person("管理")
    await boss.joins(guild)
    discord.role(guild, "admins", members=[boss], permissions=Permission.ADMINISTRATOR)
    other = discord.guild("other", members=[hanako, boss], owner=boss, bot=None)
    where = discord.channel(other, "talk")
    await hanako.says("before", channel=where)
    await boss.invites_bot(other)
    await until(lambda: bool(client.all("guild_join")))
    await hanako.says("between", channel=where)
    await until(lambda: client.said() == ["between"])
    await boss.removes_bot(other)
    await boss.removes_bot(guild)
    await until(lambda: len(client.all("guild_remove")) == 2)
    await hanako.leaves(other)
    assert hanako.sees(where) == []


async def test_transcripts_read_as_the_screen_does(
    discord: DiscordEmulator, general: Channel, client: Client, hanako: Person, taro: Person
) -> None:
    """A transcript has threads under their card, embeds, buttons, reactions, and times as the reader's."""
    hanako.user.tz = "Asia/Tokyo"
    embed = sdk.Embed(title="**#1** Broken", description="> it is\nbroken")
    embed.add_field(name="Until", value="<t:1775034000:t>").set_footer(text="#1 · 7.1")
    view = sdk.ui.View(timeout=None)
    view.add_item(sdk.ui.Button(label="Close", custom_id="close"))
    view.add_item(
        sdk.ui.Select(custom_id="to", placeholder="Give to", options=[sdk.SelectOption(label="me")])
    )
    view.stop()
    await client.get_partial_messageable(int(general.id)).send(f"<@{hanako.id}>", embed=embed, view=view)
    card = hanako.sees(general)[0]
    await taro.says("*thanks*", channel=general, thread=card)
    await taro.reacts(card, "👀")
    assert discord.transcript(hanako).splitlines() == [
        "== #general ==",
        "07-01 21:00 henji",
        "  @花子",
        "  #1 Broken",
        "  > it is",
        "  broken",
        "  Until: 18:00",
        "  #1 · 7.1",
        "  [Close]",
        "  [Give to ▾]",
        "  👀 1",
        "    07-01 21:00 太郎",
        "      thanks",
    ]
    assert "Until: 9:00 AM" in discord.transcript(general)
    assert "Until: 9:00 AM" in discord.rendered_text(card)
