"""What Discord accepts of slash commands: names, lengths, options, words in other languages.

Asked by `commands` before anything is registered. Slash commands alone: the emulator knows no context menus.
https://discord.com/developers/docs/interactions/application-commands#application-command-object
"""

import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum

from tests.emulators.discord.problems import Problem, length, number, one_of, text
from tests.emulators.discord.records import Json


class Option(IntEnum):
    """The numbers of the kinds of options."""

    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


# https://discord.com/developers/docs/reference#locales
LOCALES = frozenset({
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
})  # fmt: skip
_NAME = re.compile(r"[-_'\w]{1,32}")
_MOST_OPTIONS, _MOST_CHOICES, _MOST_CHARACTERS = 25, 25, 8000
_CAN_SUGGEST = (Option.STRING, Option.INTEGER, Option.NUMBER)


def commands_problems(bodies: list[Json]) -> Iterator[Problem]:
    """What is wrong with commands that are to be registered together."""
    names = Counter(each.get("name") for each in bodies)
    for at, each in enumerate(bodies):
        if each.get("type") not in (None, 1):
            yield one_of(f"{at}.type", [1])
        yield from _node(each, f"{at}")
        yield from _options(each, f"{at}", depth=0)
        if names[each.get("name")] > 1:
            yield Problem(
                f"{at}.name",
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            )
        if _size(each) > _MOST_CHARACTERS:
            yield Problem(
                f"{at}", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000 characters)"
            )


def _node(node: Json, path: str) -> Iterator[Problem]:
    """The name and description that commands, groups and options all have."""
    yield from text(node, path, "name", 32)
    yield from text(node, path, "description", 100)
    names = {f"{path}.name": node.get("name")}
    for field, most in (("name", 32), ("description", 100)):
        words = node.get(f"{field}_localizations") or {}
        for locale in words:
            where = f"{path}.{field}_localizations.{locale}"
            if locale not in LOCALES:
                yield one_of(where, sorted(LOCALES))
            yield from text(words, f"{path}.{field}_localizations", locale, most)
        if field == "name":
            names |= {f"{path}.name_localizations.{locale}": each for locale, each in words.items()}
    for where, name in names.items():
        if not _NAME.fullmatch(str(name)) or str(name) != str(name).lower():
            yield Problem(where, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _options(node: Json, path: str, *, depth: int) -> Iterator[Problem]:
    options = node.get("options") or []
    if len(options) > _MOST_OPTIONS:
        yield length(f"{path}.options", 0, _MOST_OPTIONS)
    optional_seen = False
    names = Counter(each.get("name") for each in options)
    for at, each in enumerate(options):
        where = f"{path}.options.{at}"
        yield from _node(each, where)
        yield from _option(each, where, depth)
        if names[each.get("name")] > 1:
            yield Problem(
                f"{where}.name",
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            )
        if each.get("required") and optional_seen:
            yield Problem(
                where,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not each.get("required")


def _option(option: Json, path: str, depth: int) -> Iterator[Problem]:
    kind = option.get("type")
    if kind not in list(Option):
        yield one_of(f"{path}.type", map(int, Option))
    elif kind in (Option.SUBCOMMAND, Option.GROUP):
        if (kind == Option.GROUP and depth > 0) or depth > 1:
            yield Problem(
                f"{path}.type",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are nested too deep",
            )
        yield from _options(option, path, depth=depth + 1)
    else:
        yield from _choices(option, path)
        yield from number(option, path, "min_length", 0, 6000)
        yield from number(option, path, "max_length", 1, 6000)


def _choices(option: Json, path: str) -> Iterator[Problem]:
    choices = option.get("choices") or []
    if len(choices) > _MOST_CHOICES:
        yield length(f"{path}.choices", 0, _MOST_CHOICES)
    for at, each in enumerate(choices):
        yield from text(each, f"{path}.choices.{at}", "name", 100)
    if option.get("autocomplete") and (choices or option["type"] not in _CAN_SUGGEST):
        yield Problem(
            f"{path}.autocomplete",
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Autocomplete cannot be used with choices, or with this type of option",
        )


def _size(node: Json) -> int:
    """How many characters a command has, each text in its longest language."""
    own = sum(
        max(
            len(each)
            for each in (node.get(field) or "", *(node.get(f"{field}_localizations") or {}).values())
        )
        for field in ("name", "description")
    )
    values = sum(len(str(each.get("value", ""))) for each in node.get("choices") or ())
    inner = [*(node.get("options") or ())]
    return own + values + sum(_size(each) for each in inner)
