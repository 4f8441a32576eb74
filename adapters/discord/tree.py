"""The slash commands as Discord lists them: names and descriptions in both languages, what can be said after.

Made by `app`, which says what they do. They are sent to Discord only where what it has differs: each time
they are sent, people's clients load them anew, and only so many are taken a day.
https://docs.discord.com/developers/interactions/application-commands
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import discord
import structlog
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.http import Route

from adapters.discord.errors import translating
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.wording import COMMANDS, command_about, command_word

Speak = Callable[[discord.Interaction, str, str], Awaitable[None]]
"""What is done for a command (`inquiry new`) with what was said after it."""

Suggest = Callable[[discord.Interaction, str], Coroutine[Any, Any, list[Choice[str]]]]

_LANG: dict[discord.Locale, Lang] = {discord.Locale.japanese: "ja"}
_IN_DMS = frozenset({"inquiry"})
_OPTIONS = {
    "inquiry new": "seller",
    "inquiry show": "number",
    "inquiry close": "number",
    "desk link": "code",
    "desk block": "number",
    "desk unblock": "number",
    "seller add": "name",
    "seller remove": "seller",
}
_KEPT = (
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "autocomplete",
    "contexts",
    "integration_types",
    "default_member_permissions",
    "nsfw",
)

_log = structlog.get_logger(__name__)


class Words(app_commands.Translator):
    """Discord's names for commands, from the phrasebook."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """A word or a description in another language; None where it has none."""
        del context
        lang, say = _LANG.get(locale), string.extras.get("say")
        return None if lang is None or say is None else str(say(self._book, lang, string.extras["name"]))


class Tree(app_commands.CommandTree[discord.AutoShardedClient]):
    """All commands."""

    def __init__(self, client: discord.AutoShardedClient, words: Words) -> None:
        super().__init__(client)
        self._words = words

    async def synchronise(self) -> bool:
        """Send Discord the commands where it has others; whether that was so. Raises what Discord refuses."""
        await self.set_translator(self._words)
        ours = [await each.get_translated_payload(self, self._words) for each in self.get_commands()]
        application = self.client.application_id
        there = Route("GET", "/applications/{application_id}/commands", application_id=application)
        with translating(sending=False):
            theirs = await self.client.http.request(there, params={"with_localizations": "true"})
            if same(ours, theirs):
                return False
            await self.sync()
        _log.info("discord.commands_sent", commands=len(ours))
        return True


def build_tree(client: discord.AutoShardedClient, book: Phrasebook, speak: Speak, suggest: Suggest) -> Tree:
    """The commands, each of which does what `speak` does; sellers are suggested by `suggest`."""
    tree = Tree(client, Words(book))
    for name, own in COMMANDS.items():
        group = app_commands.Group(
            name=_word(book, name),
            description=_about(book, name),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=name in _IN_DMS, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        for each in own:
            group.add_command(_command(book, name, each, speak, suggest))
        tree.add_command(group)
    return tree


def same(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Discord has the commands that we have, whatever it says about them besides."""
    return _by_name(ours) == _by_name(theirs)


def _by_name(commands: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {str(each["name"]): _shape(each) for each in commands}


def _shape(command: Mapping[str, Any]) -> dict[str, Any]:
    """What is ours to say of a command or option; what says nothing is left out."""
    told = {name: command[name] for name in _KEPT if command.get(name)}
    told |= {name: sorted(told[name]) for name in ("contexts", "integration_types") if name in told}
    return told | {
        "type": command.get("type") or 1,
        "options": [_shape(each) for each in command.get("options") or ()],
    }


def _word(book: Phrasebook, name: str) -> locale_str:
    return locale_str(command_word(book, "en", name), say=command_word, name=name)


def _about(book: Phrasebook, name: str) -> locale_str:
    return locale_str(command_about(book, "en", name), say=command_about, name=name)


def _command(
    book: Phrasebook, group: str, name: str, speak: Speak, suggest: Suggest
) -> app_commands.Command[Any, ..., None]:
    option = _OPTIONS.get(f"{group} {name}")
    callback = _callback(f"{group} {name}", option, speak)
    if option is not None:
        app_commands.describe(**{option: _about(book, f"option.{option}")})(callback)
        app_commands.rename(**{option: _word(book, f"option.{option}")})(callback)
        if option in {"seller", "name"}:
            app_commands.autocomplete(**{option: suggest})(callback)
    return app_commands.Command(
        name=_word(book, f"{group}.{name}"),
        description=_about(book, f"{group}.{name}"),
        callback=callback,
    )


def _callback(command: str, option: str | None, speak: Speak) -> Any:  # noqa: ANN401 -- the library reads its signature
    """A function of the signature by which the library knows what can be said after a command."""

    async def seller(interaction: discord.Interaction, seller: str) -> None:
        await speak(interaction, command, seller)

    async def number(interaction: discord.Interaction, number: str) -> None:
        await speak(interaction, command, number)

    async def name(interaction: discord.Interaction, name: str = "") -> None:
        await speak(interaction, command, name)

    async def code(interaction: discord.Interaction, code: str = "") -> None:
        await speak(interaction, command, code)

    async def bare(interaction: discord.Interaction) -> None:
        await speak(interaction, command, "")

    return {"seller": seller, "number": number, "name": name, "code": code}.get(option or "", bare)
