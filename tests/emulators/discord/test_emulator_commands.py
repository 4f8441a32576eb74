"""Slash commands as discord.py registers them and as people are offered them.

With discord.py's own tree and translator; what Discord refuses is sent as the library sends it.
"""

from typing import Any

import discord as sdk
import pytest
from discord import app_commands

from tests.emulators.discord import Channel, DiscordEmulator, Guild, ImpossibleError, Permission, Person
from tests.emulators.discord.conftest import Client

Interaction = sdk.Interaction[Client]
Tree = app_commands.CommandTree[Client]
WORDS = {
    "inquiry": "問い合わせ", "new": "新規", "Ask a seller": "出品者に聞く", "seller": "出品者",
    "Which seller": "どの出品者", "topic": "内容", "What it is about": "何について", "urgent": "至急",
}  # fmt: skip


class Japanese(app_commands.Translator):
    """A translator that knows these words."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: sdk.Locale,
        _context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The word in Japanese."""
        return WORDS.get(string.message) if locale is sdk.Locale.japanese else None


@pytest.fixture
def tree(client: Client) -> Tree:
    """A tree with /inquiry new, with one option of each kind."""
    tree = app_commands.CommandTree(client)
    group = app_commands.Group(name="inquiry", description="Ask a seller")

    @group.command(name="new", description="Ask a seller")
    @app_commands.describe(seller="Which seller", topic="What it is about")
    @app_commands.choices(topic=[app_commands.Choice(name="urgent", value="u")])
    async def new(
        interaction: Interaction,
        seller: app_commands.Range[str, 1, 10],
        topic: app_commands.Choice[str] | None = None,
        who: sdk.Member | sdk.Role | None = None,
        where: sdk.TextChannel | None = None,
        times: app_commands.Range[int, 1, 5] = 1,
    ) -> None:
        said = [seller, topic.value if topic else "", str(who), str(where), str(times)]
        await interaction.response.send_message("/".join(said), ephemeral=True)

    tree.add_command(group)
    return tree


async def test_commands_are_typed_in_the_typist_s_language(
    discord: DiscordEmulator, guild: Guild, general: Channel, tree: Tree, hanako: Person
) -> None:
    """Names, options and choices count in Japanese too; people, roles and channels arrive as such."""
    await tree.set_translator(Japanese())
    await tree.sync()
    leads = discord.role(guild, "leads", members=[])
    answer = await hanako.command(
        "/問い合わせ 新規",
        {"出品者": "花屋", "内容": "至急", "who": "leads", "where": "general", "times": 2},
        channel=general,
    )
    assert answer.message
    assert hanako.reads(answer.message) == f"花屋/u/{leads.name}/general/2"
    english = await hanako.command("/inquiry new", seller="花屋", who="花子", channel=general)
    assert english.message
    assert hanako.reads(english.message) == "花屋//花子/None/1"


async def test_what_is_not_offered_cannot_be_typed(
    discord: DiscordEmulator, guild: Guild, general: Channel, tree: Tree, hanako: Person
) -> None:
    """Unknown names, options left out, values out of bounds and others' commands stay with the client."""

    @tree.command(name="setup", guild=sdk.Object(int(guild.id)))
    @app_commands.default_permissions(manage_guild=True)
    async def setup(interaction: Interaction) -> None:
        await interaction.response.send_message("set up")

    await tree.sync()
    await tree.sync(guild=sdk.Object(int(guild.id)))
    boss = discord.person("太郎")
    await boss.joins(guild)
    discord.role(guild, "boss", members=[boss], permissions=Permission.MANAGE_GUILD)
    assert (await boss.command("/setup", channel=general)).ok
    impossible: list[Any] = [
        hanako.command("/setup", channel=general),
        boss.command("/setup"),
        hanako.command("/inquiry", channel=general),
        hanako.command("/inquiry old", channel=general),
        hanako.command("/inquiry new", channel=general),
        hanako.command("/inquiry new", seller="x" * 11, channel=general),
        hanako.command("/inquiry new", seller="x", topic="slow", channel=general),
        hanako.command("/inquiry new", seller="x", who="nobody", channel=general),
        hanako.command("/inquiry new", seller="x", times=6, channel=general),
        hanako.suggests("/inquiry new", option="seller", channel=general),
    ]
    for each in impossible:
        with pytest.raises(ImpossibleError):
            await each


async def test_commands_keep_their_ids(discord: DiscordEmulator, tree: Tree) -> None:
    """Registered again, a command keeps its id, and its version while it is the same; others are gone."""
    first = await tree.sync()
    again = await tree.sync()
    assert [each.id for each in first] == [each.id for each in again]
    versions = [each["version"] for each in discord.commands.all("")]

    @tree.command(description="more")
    async def more(interaction: Interaction) -> None:
        await interaction.response.send_message("more")

    await tree.sync()
    assert [each["version"] for each in discord.commands.all("")][:1] == versions
    assert sorted(each.name for each in await tree.fetch_commands()) == ["inquiry", "more"]
    tree.remove_command("inquiry")
    await tree.sync()
    assert [each.name for each in await tree.fetch_commands()] == ["more"]
    await (await tree.fetch_commands())[0].delete()
    assert await tree.fetch_commands() == []


async def test_localizations_are_listed_on_request(discord: DiscordEmulator, tree: Tree) -> None:
    """Without asking, a list has none of the words in other languages."""
    await tree.set_translator(Japanese())
    await tree.sync()
    route = sdk.http.Route("GET", "/applications/{id}/commands", id=discord.world.application_id)
    full = await tree.client.http.request(route, params={"with_localizations": "true"})
    assert full[0]["name_localizations"] == {"ja": "問い合わせ"}
    assert full[0]["options"][0]["description_localizations"] == {"ja": "出品者に聞く"}
    assert "name_localizations" not in (await tree.client.http.request(route))[0]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "Upper"}, "0.name"),
    ({"name": "two words"}, "0.name"),
    ({"name": "x" * 33}, "0.name"),
    ({"description": ""}, "0.description"),
    ({"name_localizations": {"jp": "x"}}, "0.name_localizations.jp"),
    ({"name_localizations": {"ja": "X"}}, "0.name_localizations.ja"),
    ({"options": [{"type": 3, "name": "a", "description": "x" * 101}]}, "0.options.0.description"),
    (
        {
            "options": [
                {"type": 3, "name": "a", "description": "a"},
                {"type": 3, "name": "b", "description": "b", "required": True},
            ]
        },
        "0.options.1",
    ),
    ({"options": [{"type": 3, "name": "a", "description": "a"}] * 2}, "0.options.0.name"),
    (
        {"options": [{"type": 6, "name": "a", "description": "a", "autocomplete": True}]},
        "0.options.0.autocomplete",
    ),
    (
        {"options": [{"type": 3, "name": "a", "description": "a", "choices": [{"name": "", "value": ""}]}]},
        "0.options.0.choices.0.name",
    ),
    ({"options": [{"type": 12, "name": "a", "description": "a"}]}, "0.options.0.type"),
    ({"type": 3}, "0.type"),
]


@pytest.mark.parametrize(("wrong", "where"), WRONG)
async def test_what_is_wrong_is_not_registered(
    discord: DiscordEmulator, rest: Client, wrong: dict[str, Any], where: str
) -> None:
    """Names, lengths, languages and options beyond Discord's rules get 50035, and nothing changes."""
    payload: Any = [{"name": "inquiry", "description": "Ask"} | wrong]
    with pytest.raises(sdk.HTTPException) as error:
        await rest.http.bulk_upsert_global_commands(discord.world.application_id, payload)
    assert error.value.code == 50035
    assert f"In {where}:" in str(error.value)
    assert discord.commands.all("") == []
