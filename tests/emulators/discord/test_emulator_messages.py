"""Messages as discord.py sends, reads and changes them: what pings, what is refused, what is sent only once.

The right calls are also held against the published shapes in `test_emulator_contract`; threads are in
`test_emulator_threads`.
"""

import io
from typing import Any

import discord as sdk
import pytest

from tests.clocks import HandClock
from tests.emulators.discord import Channel, DiscordEmulator, Guild, Permission, Person, deeds_guilds
from tests.emulators.discord.conftest import Client, post, refusal
from tests.emulators.discord.records import Overwrite

NOBODY = sdk.AllowedMentions.none()


@pytest.fixture
async def channel(rest: Client, general: Channel) -> sdk.TextChannel:
    """The channel as the client has it."""
    found = await rest.fetch_channel(int(general.id))
    assert isinstance(found, sdk.TextChannel)
    return found


async def problems(call: Any) -> dict[str, Any]:
    """The fields that are wrong with a body, and Discord's words for it."""
    with pytest.raises(sdk.HTTPException) as caught:
        await call
    assert (caught.value.status, caught.value.code) == (400, 50035)
    lines = str(caught.value).splitlines()[1:]
    return dict(line.removeprefix("In ").split(": ", 1) for line in lines)


async def test_only_what_is_allowed_pings(
    discord: DiscordEmulator, channel: sdk.TextChannel, guild: Guild, hanako: Person
) -> None:
    """A mention pings when its sender allows it; one within an embed never does, and an edit tells nobody."""
    staff = discord.role(guild, "staff", members=[hanako], mentionable=True)
    words = f"<@{hanako.id}> <@&{staff.id}> @everyone"
    quiet = await channel.send(words, allowed_mentions=NOBODY)
    assert discord.world.pings == []
    await channel.send(embed=sdk.Embed(description=words))
    assert discord.world.pings == []
    only = sdk.AllowedMentions(everyone=False, users=[sdk.Object(hanako.id)], roles=False)
    loud = await channel.send(words, allowed_mentions=only)
    assert [each.target for each in discord.world.pings] == [hanako.id]
    assert [each.reason for each in discord.world.notifications[hanako.id]] == ["mention"]
    assert (loud.mentions[0].id, loud.role_mentions, loud.mention_everyone) == (int(hanako.id), [], False)
    await quiet.edit(content=words + "!")
    assert [each.target for each in discord.world.pings[1:]] == [hanako.id, staff.id, "everyone"]
    assert len(discord.world.notifications[hanako.id]) == 1


async def test_some_mentions_need_a_permission(
    discord: DiscordEmulator, channel: sdk.TextChannel, guild: Guild, hanako: Person
) -> None:
    """Without MENTION_EVERYONE neither @everyone nor a role that is not mentionable pings anybody."""
    staff = discord.role(guild, "staff", members=[hanako])
    deeds_guilds.permit(
        discord.world, guild.roles[guild.id], Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
    )
    await channel.send(f"<@&{staff.id}> @here", allowed_mentions=sdk.AllowedMentions.all())
    assert discord.world.pings == []
    staff.mentionable = True
    await channel.send(f"<@&{staff.id}> @here", allowed_mentions=sdk.AllowedMentions.all())
    assert [each.target for each in discord.world.pings] == [staff.id]
    assert len(discord.world.notifications[hanako.id]) == 1


async def test_a_nonce_is_sent_once(channel: sdk.TextChannel, clock: HandClock) -> None:
    """The same nonce gives the same message for some minutes, while it is there; then another."""
    first = await channel.send("one", nonce="7.1.0")
    again = await channel.send("one", nonce="7.1.0")
    assert (again.id, first.nonce) == (first.id, "7.1.0")
    clock.advance(minutes=6)
    later = await channel.send("one", nonce="7.1.0")
    assert later.id != first.id
    await later.delete()
    assert (await channel.send("one", nonce="7.1.0")).id != later.id


async def test_bodies_have_limits(channel: sdk.TextChannel) -> None:
    """Each text that is too long is named, with Discord's word for it; so are too many of anything."""
    embed = sdk.Embed(title="t" * 257, description="d" * 4097).set_footer(text="f" * 2049)
    embed.add_field(name="n" * 257, value="v" * 1025)
    assert set(await problems(channel.send("x" * 2001, embed=embed))) == {
        "content", "embeds.0.title", "embeds.0.description", "embeds.0.footer.text",
        "embeds.0.fields.0.name", "embeds.0.fields.0.value",
    }  # fmt: skip
    embeds = [sdk.Embed(description="d" * 3001), sdk.Embed(description="d" * 3000)]
    assert await problems(channel.send(embeds=embeds)) == {
        "embeds": "Embed size exceeds maximum size of 6000"
    }
    embeds[0].description = "d" * 3000
    assert len((await channel.send(embeds=embeds)).embeds) == 2
    many = sdk.Embed()
    for _ in range(26):
        many.add_field(name="n", value="v")
    assert await problems(channel.send(embed=many)) == {
        "embeds.0.fields": "Must be between 0 and 25 in length."
    }
    assert "nonce" in await problems(channel.send("x", nonce="x" * 26))
    blank = sdk.Embed().add_field(name="n", value=" ")
    assert await problems(channel.send(embed=blank)) == {"embeds.0.fields.0.value": "This field is required"}
    assert await refusal(channel.send("   ")) == (400, 50006)


async def test_components_have_limits(channel: sdk.TextChannel) -> None:
    """A button needs a custom id of at most 100 characters, and a label of at most 80."""
    fine = await channel.send(
        view=sdk.ui.View(timeout=None).add_item(sdk.ui.Button(label="a", custom_id="b"))
    )
    row = fine.components[0]
    assert isinstance(row, sdk.ActionRow)
    long = sdk.ui.View(timeout=None).add_item(sdk.ui.Button(label="a" * 81, custom_id="b"))
    assert list(await problems(channel.send(view=long))) == ["components.0.components.0.label"]


async def test_permissions_in_channels(
    discord: DiscordEmulator, rest: Client, channel: sdk.TextChannel, guild: Guild, general: Channel
) -> None:
    """Without VIEW_CHANNEL it is 50001; without the right to the act 50013; in a guild it has left 50001."""
    bot, world = discord.bot.id, discord.world

    def deny(what: Permission) -> None:
        deeds_guilds.overwrite(world, general, Overwrite(bot, "member", deny=int(what)))

    card = await channel.send("card")
    deny(Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.ADD_REACTIONS)
    await channel.send("words are fine")
    assert await refusal(channel.send(embed=sdk.Embed(title="t"))) == (403, 50013)
    assert await refusal(channel.send(file=sdk.File(io.BytesIO(b"x"), "x"))) == (403, 50013)
    assert await refusal(card.add_reaction("✅")) == (403, 50013)
    deny(Permission.SEND_MESSAGES)
    assert await refusal(channel.send("x")) == (403, 50013)
    deny(Permission.READ_MESSAGE_HISTORY)
    assert await refusal(channel.fetch_message(card.id)) == (403, 50013)
    assert [each async for each in channel.history()] == []
    assert await refusal(channel.send("x", reference=card)) == (403, 160002)
    deny(Permission.VIEW_CHANNEL)
    assert await refusal(channel.send("x")) == (403, 50001)
    assert await refusal(rest.fetch_channel(int(general.id))) == (403, 50001)
    deny(Permission.NONE)
    deeds_guilds.leave_guild(world, guild, bot)
    assert await refusal(channel.send("x")) == (403, 50001)
    assert await refusal(rest.fetch_guild(int(guild.id))) == (404, 10004)


async def test_what_is_gone(
    discord: DiscordEmulator, rest: Client, channel: sdk.TextChannel, general: Channel, guild: Guild
) -> None:
    """Deleted messages and channels, and people who left, are unknown."""
    card = await channel.send("card")
    await card.delete()
    assert await refusal(card.edit(content="x")) == (404, 10008)
    assert await refusal(card.delete()) == (404, 10008)
    deeds_guilds.delete_channel(discord.world, general)
    assert await refusal(channel.send("x")) == (404, 10003)
    known, taro = await rest.fetch_guild(int(guild.id)), discord.person("太郎")
    assert await refusal(known.fetch_member(int(taro.id))) == (404, 10007)


async def test_dms_can_be_closed(
    discord: DiscordEmulator, rest: Client, guild: Guild, hanako: Person
) -> None:
    """A DM can be opened with anybody; writing into it is refused when they closed it, or share no guild."""
    direct = await (await rest.fetch_user(int(hanako.id))).create_dm()
    await direct.send("hello")
    assert [each.reason for each in discord.world.notifications[hanako.id]] == ["dm"]
    hanako.user.dms_closed = True
    assert await refusal(direct.send("hello?")) == (403, 50007)
    hanako.user.dms_closed = False
    deeds_guilds.leave_guild(discord.world, guild, hanako.id)
    assert await refusal(direct.send("hello?")) == (403, 50278)


async def test_replies(
    discord: DiscordEmulator, channel: sdk.TextChannel, general: Channel, hanako: Person
) -> None:
    """A reply refers to its message and pings its author where allowed; to a deleted one it may fail."""
    asked = post(discord, hanako, general, "a question")
    partial = channel.get_partial_message(int(asked.id))
    quiet = await channel.send("an answer", reference=partial, allowed_mentions=NOBODY)
    assert quiet.reference is not None
    assert isinstance(quiet.reference.resolved, sdk.Message)
    assert (quiet.type, quiet.reference.resolved.content) == (sdk.MessageType.reply, "a question")
    assert discord.world.pings == []
    await channel.send("an answer", reference=partial, mention_author=True)
    assert [each.target for each in discord.world.pings] == [hanako.id]
    gone = sdk.MessageReference(message_id=1, channel_id=channel.id)
    assert await problems(channel.send("x", reference=gone)) == {"message_reference": "Unknown message"}
    soft = sdk.MessageReference(message_id=1, channel_id=channel.id, fail_if_not_exists=False)
    assert (await channel.send("x", reference=soft)).reference is None


async def test_history_is_paged(
    discord: DiscordEmulator, channel: sdk.TextChannel, general: Channel, hanako: Person
) -> None:
    """Messages are found before, after and around another one, with the newest first."""
    ids = [post(discord, hanako, general, str(each)).id for each in range(5)]
    middle = sdk.Object(ids[2])

    async def listed(**where: Any) -> list[str]:
        return [each.content async for each in channel.history(oldest_first=False, **where)]

    assert await listed(limit=2) == ["4", "3"]
    assert await listed(before=middle) == ["1", "0"]
    assert await listed(after=middle) == ["4", "3"]
    assert await listed(around=middle, limit=3) == ["3", "2", "1"]
    assert await listed(after=middle, limit=1) == ["4"]


async def test_content_of_others_is_not_read_without_the_intent(
    discord: DiscordEmulator, channel: sdk.TextChannel, general: Channel, hanako: Person
) -> None:
    """Reading back gives what the gateway would: empty messages of others, unless the intent is granted."""
    said = post(discord, hanako, general, "secret")
    discord.world.message_content = "off"
    assert (await channel.fetch_message(int(said.id))).content == ""
    discord.world.message_content = "limited"
    assert (await channel.fetch_message(int(said.id))).content == "secret"


async def test_files_are_kept(discord: DiscordEmulator, channel: sdk.TextChannel) -> None:
    """A file arrives with its name and size, and an edit keeps those that it names."""
    sent = await channel.send(
        files=[sdk.File(io.BytesIO(b"abc"), "a.txt"), sdk.File(io.BytesIO(b"d"), "d.txt")]
    )
    assert [(each.filename, each.size) for each in sent.attachments] == [("a.txt", 3), ("d.txt", 1)]
    assert discord.world.files[str(sent.attachments[0].id)] == b"abc"
    kept = await sent.edit(attachments=sent.attachments[:1])
    assert [each.filename for each in kept.attachments] == ["a.txt"]


async def test_others_messages_are_theirs(
    discord: DiscordEmulator, channel: sdk.TextChannel, general: Channel, hanako: Person
) -> None:
    """The bot edits only its own, and deletes others' only where it manages messages."""
    said = post(discord, hanako, general, "mine")
    theirs = await channel.fetch_message(int(said.id))
    assert await refusal(theirs.edit(content="yours")) == (403, 50005)
    assert await refusal(theirs.delete()) == (403, 50013)
    assert await refusal(theirs.add_reaction("ok")) == (400, 10014)


async def test_what_discord_does_not_know_is_unexpected(discord: DiscordEmulator, rest: Client) -> None:
    """A route that the emulator does not have is refused, and would fail the story."""
    assert await refusal(rest.fetch_sticker(1)) == (404, 0)
    assert len(discord.world.unexpected) == 1
    discord.world.unexpected.clear()
