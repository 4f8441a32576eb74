"""What Discord sends, and who gets it: slash commands, buttons, forms, messages, news of guilds.

Put together by bots with a reception. All is done, and on disk, before it is answered. Nothing is remembered
between two clicks but what their ids say, so that buttons live on after a restart. It holds no rule and no
wording.
"""

from collections.abc import Sequence

import discord
import structlog
from discord import app_commands
from discord.app_commands import Choice

from adapters.discord import acts, commands, guilds, listen, render, submissions
from adapters.discord.aside import Reply
from adapters.discord.commands import Said
from adapters.discord.reception import Reception
from adapters.discord.tree import Tree, build_tree
from core.records import Seller
from core.text import one_line

_MOST = 25
_LABEL = 100

_log = structlog.get_logger(__name__)


def build_app(reception: Reception) -> Tree:
    """Bring everything to this reception; the commands, to be synchronised when the connection starts."""

    async def speak(interaction: discord.Interaction, command: str, rest: str) -> None:
        said = Said(command, rest)
        work = commands.spoken(reception, interaction, said)
        await reception.asides.answer(interaction, work, later=commands.later(command))

    async def suggest(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        found = await commands.suggested(reception, interaction, typed)
        await reception.asides.offer(interaction, _choices(found))
        return []

    tree = build_tree(reception.client, reception.book, speak, suggest)

    @tree.error
    async def failed(interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        await _failed(reception, interaction, error)

    _hear_people(reception)
    _hear_guilds(reception)
    return tree


def _hear_people(reception: Reception) -> None:
    hear = reception.client.event

    @hear
    async def on_interaction(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            work, later = acts.pressed_button(reception, interaction), acts.later(interaction)
            await reception.asides.answer(interaction, work, later=later)
        elif interaction.type is discord.InteractionType.modal_submit:
            await reception.asides.answer(interaction, submissions.submitted(reception, interaction))

    @hear
    async def on_message(message: discord.Message) -> None:
        await listen.message(reception, message)


def _hear_guilds(reception: Reception) -> None:
    hear = reception.client.event

    @hear
    async def on_guild_join(guild: discord.Guild) -> None:
        await guilds.joined(reception, guild)

    @hear
    async def on_guild_remove(guild: discord.Guild) -> None:
        await guilds.removed(reception, guild)

    @hear
    async def on_guild_channel_update(
        before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        if before.overwrites != after.overwrites:
            await guilds.channel_permitted(reception, after)

    @hear
    async def on_guild_role_update(before: discord.Role, after: discord.Role) -> None:
        if before.permissions != after.permissions:
            await guilds.permitted(reception, after.guild)


async def _failed(
    reception: Reception, interaction: discord.Interaction, error: app_commands.AppCommandError
) -> None:
    """A command that Discord still lists and that is ours no more is answered with those that are."""
    known = app_commands.CommandNotFound | app_commands.CommandSignatureMismatch
    if not isinstance(error, known):
        _log.error("discord.command_failed", exc_info=error)
        return
    if interaction.type is discord.InteractionType.application_command:
        reader = reception.guest(interaction).reader

        async def instructions() -> Reply:
            return render.instructions(reader, "inquiry")

        await reception.asides.answer(interaction, instructions())


def _choices(sellers: Sequence[Seller]) -> list[Choice[str]]:
    return [Choice(name=one_line(one.name)[:_LABEL] or one.id, value=one.id) for one in sellers[:_MOST]]
