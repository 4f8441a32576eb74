"""The slash commands as Discord lists them."""

from typing import Any

import discord
import pytest
from discord.app_commands import Choice

from adapters.discord.tree import Tree, Words, build_tree, same
from tests.emulators.discord.command_shapes import commands_problems
from tests.unit.wording.samples import BOOK

Json = dict[str, Any]


async def nothing(interaction: discord.Interaction, command: str, rest: str) -> None:
    """Do nothing."""


async def nobody(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Suggest nobody."""
    del interaction, typed
    return []


async def listed() -> list[Json]:
    """The commands, as they are sent."""
    client = discord.AutoShardedClient(intents=discord.Intents.none())
    tree: Tree = build_tree(client, BOOK, nothing, nobody)
    words = Words(BOOK)
    return [await each.get_translated_payload(tree, words) for each in tree.get_commands()]


def each_of(commands: list[Json]) -> list[Json]:
    """Commands, their own and their options."""
    return [one for each in commands for one in (each, *each_of(each.get("options") or []))]


async def test_everything_has_a_name_and_a_description_in_both_languages() -> None:
    """English by itself, Japanese where somebody's Discord is; and nothing in languages we don't speak."""
    for one in each_of(await listed()):
        for name in ("name", "description"):
            assert one[name].isascii()
            assert list(one[f"{name}_localizations"]) == ["ja"]
            assert not one[f"{name}_localizations"]["ja"].isascii()


async def test_commands_are_ones_that_discord_takes() -> None:
    """Names, lengths and counts are within its limits."""
    assert list(commands_problems(await listed())) == []


async def test_only_inquiries_are_for_direct_messages() -> None:
    """A desk is set up where it is."""
    contexts = {each["name"]: set(each["contexts"]) for each in await listed()}
    assert contexts == {"inquiry": {0, 1}, "desk": {0}, "seller": {0}}


async def test_what_discord_has_is_what_was_sent() -> None:
    """With all that it says besides, in an order of its own."""
    ours = await listed()
    theirs = [
        each
        | {"id": "1", "version": "2", "nsfw": False, "default_member_permissions": None, "contexts": [1, 0]}
        if each["name"] == "inquiry"
        else each | {"id": "3", "dm_permission": True}
        for each in reversed(ours)
    ]
    assert same(ours, theirs)


@pytest.mark.parametrize(
    "changed",
    [
        {"description": "Something else"},
        {"description_localizations": {}},
        {"name_localizations": {"ja": "何か"}},
        {"options": []},
        {"contexts": [0, 1, 2]},
        {"nsfw": True},
    ],
)
async def test_a_difference_is_one(changed: Json) -> None:
    """Also where Discord has a command too many, or none."""
    ours = await listed()
    assert not same(ours, [ours[0] | changed, *ours[1:]])
    assert not same(ours, ours[1:])
    assert not same(ours, [*ours, {"name": "play", "description": "Play"}])
