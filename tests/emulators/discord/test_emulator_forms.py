"""Forms as discord.py opens them and as people fill them in, with every kind of field.

The forms are discord.py's own modals, opened from commands and from buttons.
"""

from typing import Any

import discord as sdk
import pytest
from discord import app_commands

from tests.emulators.discord import Channel, DiscordEmulator, Form, Guild, ImpossibleError, Person
from tests.emulators.discord.conftest import Client

Interaction = sdk.Interaction[Client]
Tree = app_commands.CommandTree[Client]
Field = sdk.ui.Label[Any]
OPTIONS = [
    sdk.SelectOption(label="届かない", value="not_arrived"),
    sdk.SelectOption(label="その他", value="other"),
]


class Opening(sdk.ui.Modal, title="問い合わせ"):
    """A form with one field of each kind."""

    topic: Field = sdk.ui.Label(text="内容", component=sdk.ui.Select(custom_id="topic", options=OPTIONS))
    text: Field = sdk.ui.Label(
        text="本文",
        description="4,000字まで",
        component=sdk.ui.TextInput(custom_id="text", style=sdk.TextStyle.long, max_length=20, min_length=2),
    )
    order: Field = sdk.ui.Label(
        text="注文番号", component=sdk.ui.TextInput(custom_id="order", required=False, default="503-1")
    )
    staff: Field = sdk.ui.Label(
        text="担当", component=sdk.ui.MentionableSelect(custom_id="staff", max_values=3, required=False)
    )
    place: Field = sdk.ui.Label(
        text="場所",
        component=sdk.ui.ChannelSelect(
            custom_id="place", required=True, channel_types=[sdk.ChannelType.text]
        ),
    )

    def __init__(self, submitted: dict[str, Any]) -> None:
        super().__init__(custom_id="form:new:")
        self.submitted = submitted

    async def on_submit(self, interaction: sdk.Interaction[Any]) -> None:
        """Keep what was entered."""
        for label in (self.topic, self.text, self.order, self.staff, self.place):
            field: Any = label.component
            self.submitted[label.text] = getattr(field, "values", None) or field.value
        await interaction.response.send_message("thank you", ephemeral=True)


async def opened(client: Client, person: Person, channel: Channel, modal: sdk.ui.Modal) -> Form:
    """The form, in front of a person who typed a command for it."""
    tree = app_commands.CommandTree(client)

    @tree.command()
    async def inquiry(interaction: Interaction) -> None:
        await interaction.response.send_modal(modal)

    await tree.sync()
    answer = await person.command("/inquiry", channel=channel)
    assert answer.ok
    assert person.view
    return person.view


async def test_every_kind_of_field_arrives(
    discord: DiscordEmulator, guild: Guild, general: Channel, client: Client, hanako: Person
) -> None:
    """What is entered under each label arrives as text, options, people, roles and channels."""
    leads = discord.role(guild, "leads", members=[hanako])
    entered: dict[str, Any] = {}
    form = await opened(client, hanako, general, Opening(entered))
    assert form.title == "問い合わせ"
    assert form.labels == ["内容", "本文", "注文番号", "担当", "場所"]
    assert form.value("注文番号") == "503-1"
    assert form.value("内容") is None
    await form.fill({"内容": "届かない", "担当": ["花子", "leads"]}, 本文="まだです", 場所="general")
    assert form.value("内容") == "届かない"
    submission = await form.submit()
    assert submission.outcome == "closed"
    assert submission.message
    assert hanako.reads(submission.message) == "thank you"
    assert hanako.view is None
    assert (entered["内容"], entered["本文"], entered["注文番号"]) == (["not_arrived"], "まだです", "503-1")
    assert [type(each) for each in entered["担当"]] == [sdk.Member, sdk.Role]
    assert [str(each.id) for each in entered["担当"]] == [hanako.id, leads.id]
    assert [each.id for each in entered["場所"]] == [int(general.id)]


async def test_what_the_client_refuses_never_reaches_the_app(
    general: Channel, client: Client, hanako: Person
) -> None:
    """Fields left empty and text too long or too short are said beside their labels."""
    entered: dict[str, Any] = {}
    form = await opened(client, hanako, general, Opening(entered))
    await form.fill(本文="x" * 21)
    submission = await form.submit()
    assert (submission.outcome, submission.by_client) == ("errors", True)
    assert set(submission.errors) == {"内容", "本文", "場所"}
    with pytest.raises(ImpossibleError):
        await form.fill(内容="破損")
    with pytest.raises(ImpossibleError):
        await form.fill(場所="nowhere")
    await form.close()
    assert hanako.view is None
    assert entered == {}


async def test_a_form_stays_until_it_is_answered(general: Channel, client: Client, hanako: Person) -> None:
    """Where the app says nothing in time the form stands there still, with what was entered."""
    hanako.discord.interactions.patience = 0.2
    silent = sdk.ui.Modal(title="Form", custom_id="silent")
    silent.add_item(sdk.ui.Label(text="Text", component=sdk.ui.TextInput(custom_id="text")))
    form = await opened(client, hanako, general, silent)
    await form.fill(Text="words")
    assert (await form.submit()).outcome == "failed"
    assert hanako.view
    assert hanako.view.value("Text") == "words"
    assert "Text: words" in hanako.discord.transcript(hanako)


async def test_a_form_from_a_button_may_change_its_message(
    general: Channel, client: Client, hanako: Person
) -> None:
    """A form that was opened from a message can be answered by changing that message."""
    modal = sdk.ui.Modal(title="Form", custom_id="short")
    modal.add_item(sdk.ui.TextInput(label="Text", custom_id="text"))

    @client.event
    async def on_interaction(interaction: Interaction) -> None:
        if interaction.type is sdk.InteractionType.component:
            await interaction.response.send_modal(modal)
        elif interaction.type is sdk.InteractionType.modal_submit:
            await interaction.response.edit_message(content="changed", view=None)

    view = sdk.ui.View()
    view.add_item(sdk.ui.Button(label="Open", custom_id="open"))
    view.stop()
    await client.get_partial_messageable(int(general.id)).send("card", view=view)
    card = hanako.finds("card", general)
    assert (await hanako.presses("Open", on=card)).ok
    assert hanako.view
    await hanako.view.fill(Text="words")
    assert (await hanako.view.submit()).outcome == "closed"
    assert hanako.reads(card) == "changed"


async def test_a_form_that_is_wrong_is_refused(general: Channel, client: Client, hanako: Person) -> None:
    """Titles, labels and numbers of components beyond Discord's limits get 50035, and no form opens."""
    tree = app_commands.CommandTree(client)
    refused: list[sdk.HTTPException] = []

    @tree.command()
    async def inquiry(interaction: Interaction) -> None:
        wrong = sdk.ui.Modal(title="x" * 46, custom_id="wrong")
        wrong.add_item(
            sdk.ui.Label(text="x" * 46, component=sdk.ui.Select(custom_id="s", options=OPTIONS * 13))
        )
        with pytest.raises(sdk.HTTPException) as error:
            await interaction.response.send_modal(wrong)
        refused.append(error.value)
        await interaction.response.send_message("sorry", ephemeral=True)

    await tree.sync()
    answer = await hanako.command("/inquiry", channel=general)
    assert answer.message
    assert hanako.view is None
    assert refused[0].code == 50035
    for wrong in ("data.title", "data.components.0.label", "data.components.0.component.options"):
        assert wrong in str(refused[0])
