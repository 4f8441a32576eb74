"""Interactions as discord.py answers them: at once, put off, followed up, too late, twice.

With a command tree and views on the connected client, as an app has them.
"""

import discord as sdk
import pytest
from discord import app_commands

from tests.clocks import HandClock
from tests.emulators.discord import Channel, DiscordEmulator, Guild, ImpossibleError, Person
from tests.emulators.discord.conftest import Client
from tests.waiting import until

Interaction = sdk.Interaction[Client]
Tree = app_commands.CommandTree[Client]


@pytest.fixture
def tree(client: Client) -> Tree:
    """A command tree with nothing in it yet."""
    return app_commands.CommandTree(client)


class Buttons(sdk.ui.View):
    """Two buttons: one that changes its message, one that answers in private."""

    @sdk.ui.button(label="Change", custom_id="change")
    async def change(self, interaction: Interaction, _button: sdk.ui.Button["Buttons"]) -> None:
        """Change the message."""
        await interaction.response.edit_message(content="changed", view=None)

    @sdk.ui.button(label="Tell", custom_id="tell")
    async def tell(self, interaction: Interaction, _button: sdk.ui.Button["Buttons"]) -> None:
        """Take note, and answer in private afterwards."""
        await interaction.response.defer()
        await interaction.followup.send("told", ephemeral=True)


async def test_an_ephemeral_answer_is_for_one_person(
    discord: DiscordEmulator, guild: Guild, general: Channel, tree: Tree, hanako: Person
) -> None:
    """It is seen by its reader alone, and is what the act comes back with."""

    @tree.command()
    async def inquiry(interaction: Interaction, seller: str) -> None:
        assert interaction.user.display_name == "花子"
        assert interaction.locale is sdk.Locale.japanese
        response = await interaction.response.send_message(f"you named {seller}", ephemeral=True)
        assert response.is_ephemeral()
        assert response.message_id is not None

    await tree.sync()
    taro = discord.person("太郎")
    await taro.joins(guild)
    answer = await hanako.command("/inquiry", channel=general, seller="店")
    assert answer.message
    assert hanako.reads(answer.message) == "you named 店"
    assert hanako.sees(general) == [answer.message]
    assert taro.sees(general) == []


async def test_an_answer_in_a_dm_stays_there(tree: Tree, hanako: Person) -> None:
    """A command works in the DM with the bot; a public answer to it is a message like any other."""

    @tree.command()
    async def where(interaction: Interaction) -> None:
        assert isinstance(interaction.channel, sdk.DMChannel)
        await interaction.response.send_message("here")

    await tree.sync()
    answer = await hanako.command("/where")
    assert hanako.sees() == [answer.message]
    assert [each.reason for each in hanako.told] == ["dm"]


async def test_an_answer_that_was_put_off(general: Channel, tree: Tree, hanako: Person) -> None:
    """The message that said "thinking" becomes the answer, and can be changed and taken back."""

    @tree.command()
    async def slow(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        assert [hanako.reads(each) for each in hanako.sees(general)] == ["(thinking)"]
        await interaction.followup.send("done")
        assert (await interaction.original_response()).content == "done"
        await interaction.edit_original_response(content="done, really")

    @tree.command()
    async def never(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.delete_original_response()

    await tree.sync()
    answer = await hanako.command("/slow", channel=general)
    assert answer.message
    assert answer.message.ephemeral_to == hanako.id
    assert hanako.reads(answer.message).startswith("done")
    hanako.discord.interactions.patience = 0.3
    assert (await hanako.command("/never", channel=general)).message is None


async def test_follow_ups_are_messages_of_their_own(general: Channel, tree: Tree, hanako: Person) -> None:
    """They are posted, read, changed and deleted by the interaction's token."""

    @tree.command()
    async def more(interaction: Interaction) -> None:
        await interaction.response.send_message("one")
        second = await interaction.followup.send("two", wait=True)
        await interaction.followup.edit_message(second.id, content="two, changed")
        assert (await interaction.followup.fetch_message(second.id)).content == "two, changed"
        third = await interaction.followup.send("three", wait=True)
        await third.delete()
        await interaction.followup.send("alone", ephemeral=True)

    await tree.sync()
    await hanako.command("/more", channel=general)
    await until(lambda: len(hanako.sees(general)) == 3 and hanako.sees(general)[-1].ephemeral_to == hanako.id)
    assert [hanako.reads(each) for each in hanako.sees(general)] == ["one", "two, changed", "alone"]


async def test_after_three_seconds_nobody_listens(
    general: Channel, clock: HandClock, tree: Tree, hanako: Person
) -> None:
    """An answer that comes too late is refused with 10062, and the person reads that there was none."""
    hanako.discord.interactions.patience = 0.2
    refused: list[int] = []

    @tree.command()
    async def late(interaction: Interaction) -> None:
        clock.advance(seconds=3.1)
        with pytest.raises(sdk.NotFound) as error:
            await interaction.response.send_message("sorry")
        refused.append(error.value.code)

    await tree.sync()
    answer = await hanako.command("/late", channel=general)
    assert (answer.ok, answer.error, answer.message) == (False, "not_responding", None)
    assert refused == [10062]
    assert hanako.sees(general) == []


async def test_only_the_first_answer_counts(general: Channel, tree: Tree, hanako: Person) -> None:
    """A second one is refused with 40060; one that was wrong in its form was none."""
    refused: list[int] = []

    @tree.command()
    async def twice(interaction: Interaction) -> None:
        for content in ("x" * 2001, "one", "two"):
            try:
                await sdk.InteractionResponse(interaction).send_message(content)
            except sdk.HTTPException as error:
                refused.append(error.code)

    await tree.sync()
    answer = await hanako.command("/twice", channel=general)
    assert answer.message
    assert hanako.reads(answer.message) == "one"
    assert len(hanako.sees(general)) == 1
    await hanako.command("/twice", channel=general)
    assert refused[:3] == [50035, 40060, 50035]


async def test_a_token_lasts_fifteen_minutes(
    general: Channel, clock: HandClock, tree: Tree, hanako: Person
) -> None:
    """Follow-ups are taken until then, and refused with 50027 afterwards."""
    kept: list[Interaction] = []

    @tree.command()
    async def wait(interaction: Interaction) -> None:
        await interaction.response.send_message("soon")
        kept.append(interaction)

    await tree.sync()
    await hanako.command("/wait", channel=general)
    clock.advance(minutes=15)
    await kept[0].followup.send("in time")
    clock.advance(seconds=1)
    with pytest.raises(sdk.HTTPException) as error:
        await kept[0].followup.send("too late")
    assert error.value.code == 50027
    strange = sdk.Webhook.partial(int(hanako.world.application_id), "no token", client=tree.client)
    with pytest.raises(sdk.NotFound):
        await strange.send("to whom?")


async def test_buttons_change_their_message_or_answer(
    discord: DiscordEmulator, general: Channel, client: Client, hanako: Person
) -> None:
    """A press is answered by a change of the message it was on, or taken note of and followed up."""
    client.add_view(view := Buttons(timeout=None))
    await client.get_partial_messageable(int(general.id)).send("card", view=view)
    card = hanako.finds("card", general)
    assert hanako.reads(card) == "card\n[Change]  [Tell]"
    told = await hanako.presses("Tell", on=card)
    assert told.ok
    answer = await hanako.presses("Change", on=card)
    assert (answer.ok, answer.message) == (True, None)
    assert hanako.reads(card) == "changed"
    assert hanako.finds("told", general).ephemeral_to == hanako.id
    with pytest.raises(ImpossibleError):
        await hanako.presses("Change", on=card)
    assert "changed" in discord.transcript(hanako)


async def test_suggestions_come_from_the_app(general: Channel, tree: Tree, hanako: Person) -> None:
    """What is typed is suggested for; the value of what is chosen arrives, or else the letters themselves."""
    arrived: list[str] = []

    @tree.command()
    async def inquiry(interaction: Interaction, seller: str) -> None:
        arrived.append(seller)
        await interaction.response.send_message("ok")

    @inquiry.autocomplete("seller")
    async def sellers(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
        shops = {"花屋": "s1", "本屋": "s2"}
        return [app_commands.Choice(name=each, value=shops[each]) for each in shops if current in each]

    await tree.sync()
    assert await hanako.suggests("/inquiry", option="seller", letters="花", channel=general) == ["花屋"]
    assert await hanako.suggests("/inquiry", option="seller", channel=general) == ["花屋", "本屋"]
    await hanako.command("/inquiry", channel=general, seller="本屋")
    await hanako.command("/inquiry", channel=general, seller="肉屋")
    assert arrived == ["s2", "肉屋"]


async def test_more_than_25_suggestions_are_refused(general: Channel, tree: Tree, hanako: Person) -> None:
    """Then nothing is suggested, and the app is told 50035."""
    refused: list[int] = []

    @tree.command()
    async def inquiry(interaction: Interaction, seller: str) -> None:
        await interaction.response.send_message(seller)

    @inquiry.autocomplete("seller")
    async def sellers(interaction: Interaction, _: str) -> list[app_commands.Choice[str]]:
        choices = [app_commands.Choice(name=str(each), value=str(each)) for each in range(26)]
        with pytest.raises(sdk.HTTPException) as error:
            await interaction.response.autocomplete(choices)
        refused.append(error.value.code)
        return []

    await tree.sync()
    assert await hanako.suggests("/inquiry", option="seller", channel=general) == []
    assert refused == [50035]


async def test_threads_have_buttons_too(general: Channel, client: Client, hanako: Person) -> None:
    """A button under a message in a thread is answered there."""
    client.add_view(view := Buttons(timeout=None))
    thread = await hanako.starts_thread(await hanako.says("card", channel=general), "#1")
    await client.get_partial_messageable(int(thread.id)).send("under it", view=view)
    under = hanako.finds("under it", thread)
    await hanako.presses("Tell", on=under)
    await until(lambda: hanako.sees(thread)[-1].ephemeral_to == hanako.id)
    await hanako.presses("Change", on=under)
    assert [hanako.reads(each) for each in hanako.sees(general)] == ["card", "changed", "told"]


async def test_a_channel_that_is_gone_takes_no_answer(general: Channel, tree: Tree, hanako: Person) -> None:
    """An answer after the channel was deleted is refused with 10003."""
    hanako.discord.interactions.patience = 0.2
    owner = Person(hanako.discord, hanako.world.users[hanako.world.guilds[general.guild].owner])
    refused: list[int] = []

    @tree.command()
    async def inquiry(interaction: Interaction) -> None:
        await owner.deletes_channel(general)
        with pytest.raises(sdk.NotFound) as error:
            await interaction.response.send_message("where?")
        refused.append(error.value.code)

    await tree.sync()
    assert not (await hanako.command("/inquiry", channel=general)).ok
    assert refused == [10003]
