"""What Discord's text names by id, in words: people, roles, channels, emoji, instants, commands.

Called by `inline` while it reads a message, with what the message itself says about whom it names. Pure.
https://docs.discord.com/developers/reference#message-formatting
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

TOKEN = re.compile(
    r"<(?:@!?(?P<user>\d{1,20})"
    r"|@&(?P<role>\d{1,20})"
    r"|#(?P<channel>\d{1,20})"
    r"|a?:(?P<emoji>\w{1,64}):\d{1,20}"
    r"|t:(?P<at>-?\d{1,13})(?::[a-zA-Z])?"
    r"|/(?P<command>[^:<>\n]{1,100}):\d{1,20})>"
)


@dataclass(frozen=True, slots=True)
class Names:
    """How what a text mentions is called, by Discord's ids."""

    users: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)


def said(token: re.Match[str], names: Names) -> str:
    """The words for a token that `TOKEN` found."""
    kind = token.lastgroup or ""
    return _READERS[kind](token[kind], names)


def _instant(seconds: str) -> str:
    """An instant in words: whoever reads it on another platform has none of Discord's clocks."""
    try:
        return f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return seconds


_READERS: dict[str, Callable[[str, Names], str]] = {
    "user": lambda found, names: f"@{names.users.get(int(found), found)}",
    "role": lambda found, names: f"@{names.roles.get(int(found), found)}",
    "channel": lambda found, names: f"#{names.channels.get(int(found), found)}",
    "emoji": lambda found, _: f":{found}:",
    "at": lambda found, _: _instant(found),
    "command": lambda found, _: f"/{found}",
}
