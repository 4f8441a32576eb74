"""Commands and interactions against what Discord publishes: paths, requests and answers as published.

Skipped where the published file is not at hand; it is not part of this repository.
"""

import discord as sdk
import pytest
from discord import app_commands

from tests.emulators.discord import (
    Channel,
    DiscordEmulator,
    Guild,
    Person,
    routes_commands,
    routes_interactions,
)
from tests.emulators.discord.conftest import Client
from tests.emulators.discord.contract import FILE, Contract
from tests.emulators.discord.rest import ROUTES

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="../shared/contracts is not there")

Interaction = sdk.Interaction[Client]
OURS = (routes_commands.__name__, routes_interactions.__name__)
OPTIONS = [sdk.SelectOption(label="one", value="1", description="the first", default=True, emoji="👀")]


def all_kinds() -> sdk.ui.View:
    """A view with every component that a message can have."""
    view = sdk.ui.View(timeout=None)
    view.add_item(sdk.ui.Button(label="Open", custom_id="open", emoji="👀"))
    view.add_item(sdk.ui.Button(label="Site", url="https://shop.test"))
    view.add_item(sdk.ui.Select(custom_id="string", options=OPTIONS, placeholder="Which"))
    view.add_item(sdk.ui.UserSelect(custom_id="users"))
    view.add_item(sdk.ui.ChannelSelect(custom_id="channels", channel_types=[sdk.ChannelType.text]))
    view.stop()
    return view


class Everything(sdk.ui.Modal, title="Form"):
    """A form with text and a select."""

    def __init__(self) -> None:
        super().__init__(custom_id="form")
        self.add_item(sdk.ui.Label(text="Text", component=sdk.ui.TextInput(custom_id="text")))
        self.add_item(sdk.ui.Label(text="Which", component=sdk.ui.Select(custom_id="which", options=OPTIONS)))
        self.add_item(sdk.ui.Label(text="Who", component=sdk.ui.MentionableSelect(custom_id="who")))


async def register(client: Client, guild: Guild) -> None:
    """Call each route about commands."""
    tree = app_commands.CommandTree(client)

    @tree.command(name="all")
    async def everything(interaction: Interaction, seller: str) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(seller, view=all_kinds())
        await interaction.edit_original_response(content="changed")
        await interaction.original_response()
        later = await interaction.followup.send("later", wait=True)
        await interaction.followup.edit_message(later.id, content="later still")
        await interaction.followup.fetch_message(later.id)
        await interaction.followup.delete_message(later.id)

    @everything.autocomplete("seller")
    async def sellers(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current, value=current)]

    await tree.sync()
    tree.copy_global_to(guild=(there := sdk.Object(int(guild.id))))
    await tree.sync(guild=there)
    for each in await tree.fetch_commands(guild=there):
        await each.delete()
    where = client.application_id or 0
    body = {"name": "spare", "description": "spare", "type": 1}
    await client.http.upsert_global_command(where, body)  # type: ignore[arg-type]
    await client.http.upsert_guild_command(where, there.id, body)
    for each in await tree.fetch_commands():
        if each.name == "spare":
            await each.delete()


async def answer(interaction: Interaction) -> None:
    """Answer presses, choices and forms, each in its own way."""
    if interaction.custom_id == "form":
        await interaction.response.edit_message(content="changed", view=None)
    elif interaction.custom_id == "open":
        await interaction.response.send_modal(Everything())
    elif interaction.custom_id == "users":
        await interaction.response.defer()
    else:
        await interaction.response.send_message("public")
        await interaction.delete_original_response()
        with pytest.raises(sdk.HTTPException):
            await sdk.InteractionResponse(interaction).send_message("again")


async def test_every_call_has_the_published_shape(
    discord: DiscordEmulator, client: Client, guild: Guild, general: Channel, hanako: Person
) -> None:
    """Each route is where Discord has it; what discord.py sends and what it gets are as published."""
    contract = Contract(FILE)
    await register(client, guild)

    @client.event
    async def on_interaction(interaction: Interaction) -> None:
        if interaction.type in (sdk.InteractionType.component, sdk.InteractionType.modal_submit):
            await answer(interaction)

    private = await hanako.command("/all", channel=general, seller="花屋")
    assert private.message
    await client.get_partial_messageable(int(general.id)).send("card", view=all_kinds())
    card = hanako.finds("card", general)
    assert (await hanako.chooses("one", on=card, select="Which")).ok
    assert (await hanako.chooses("花子", on=card, select="users")).ok
    assert (await hanako.presses("Open", on=card)).ok
    assert hanako.view
    await hanako.view.fill(Text="words", Who="花子")
    assert (await hanako.view.submit()).outcome == "closed"
    assert hanako.reads(card) == "changed"
    ours = {name: each for name, each in ROUTES.items() if each.serve.__module__ in OURS}
    assert [
        each.name for each in ours.values() if not contract.is_at(each.name, each.method, each.path)
    ] == []
    assert [problem for each in discord.calls for problem in contract.request_problems(each)] == []
    assert [problem for each in discord.calls for problem in contract.answer_problems(each)] == []
    assert set(ours) - {each.route for each in discord.calls} == set()
