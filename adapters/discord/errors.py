"""What went wrong with Discord, in the desk's own words: one table for all error codes.

Called around every request. One that may have been carried out although nobody said so is Unknown where it
sends something, and tried again where repeating it does no harm.
https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
"""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord
import structlog

from core.errors import DeskError, Misconfigured, TryAgain, Undeliverable, Unknown

PATIENCE = 5.0
"""Seconds after which to try again what the network or Discord did not take, where Discord names no time."""

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10_003, 10_008
EDITED_TOO_OFTEN = 30_046
MISSING_ACCESS, DM_REFUSED, MISSING_PERMISSIONS = 50_001, 50_007, 50_013
THREAD_ARCHIVED, THREAD_STARTED, THREAD_LOCKED = 50_083, 160_004, 160_005
NO_COMMON_GUILD = 50_278

DM_CLOSED = frozenset({DM_REFUSED, NO_COMMON_GUILD})
"""The person takes no direct messages from Henji."""

_TOKEN = "DISCORD_BOT_TOKEN"  # noqa: S105 -- the setting's name
_COPY = "Copy it from the application's page, under Bot -> Reset Token."

# The code, and why the place as such can't be spoken to any more.
_LOST: dict[int, str] = {
    UNKNOWN_CHANNEL: "channel_gone",
    10_004: "channel_gone",  # the guild
    10_007: "person_gone",  # not a member any more
    10_013: "person_gone",
    MISSING_ACCESS: "not_in_channel",
    DM_REFUSED: "dm_closed",
    NO_COMMON_GUILD: "person_gone",
    50_008: "platform_refused",  # a channel that takes no text
    50_009: "platform_refused",  # a guild that verifies more than bots can
    MISSING_PERMISSIONS: "not_permitted",
    50_033: "person_gone",
    160_002: "lacks_read_message_history",
    160_006: "platform_refused",  # more threads than a guild may have
}
# A thread is only a part of its place: what waits for others there must not wait for this one. An interaction
# that nobody waits for any more (its token is refused as ours would be, with a 401) concerns nothing else.
_REFUSED: dict[int, str] = {
    THREAD_ARCHIVED: "locked",
    THREAD_LOCKED: "locked",
    10_015: "platform_refused",
    10_062: "platform_refused",
    50_027: "platform_refused",
}

_NOT_NOW: dict[int, float] = {
    40_003: 60.0,  # direct messages opened too fast
    40_004: 60.0,  # sending is switched off for a while
    40_062: PATIENCE,
    130_000: PATIENCE,
}
_UNAUTHORIZED, _TOO_MANY, _SERVER_ERRORS = 401, 429, 500

_log = structlog.get_logger(__name__)


@contextmanager
def translating(*, sending: bool) -> Iterator[None]:
    """Around a request: whatever the library or the network raises comes out as the desk's own.

    `sending` tells that to ask twice would be seen twice.
    """
    try:
        yield
    except (
        discord.HTTPException,
        discord.RateLimited,
        discord.LoginFailure,
        aiohttp.ClientError,
        OSError,  # a TimeoutError is one
    ) as error:
        raise translated(error, sending=sending) from error


def translated(error: Exception, *, sending: bool) -> DeskError:
    """The desk's own error for one of the library's or the network's."""
    match error:
        case discord.RateLimited():
            return TryAgain(max(1.0, error.retry_after))
        case discord.LoginFailure():
            return Misconfigured(_TOKEN, "Discord does not know this token.", _COPY)
        case discord.HTTPException():
            return _answered(error, sending=sending)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return TryAgain(PATIENCE)  # no connection, so nothing has left
        case _:
            return _perhaps_done(type(error).__name__, sending=sending)


def _answered(error: discord.HTTPException, *, sending: bool) -> DeskError:
    if error.status == _TOO_MANY:
        return TryAgain(_retry_after(error))
    if error.code in _NOT_NOW:
        return TryAgain(_NOT_NOW[error.code])
    if error.status >= _SERVER_ERRORS:
        return _perhaps_done(f"HTTP {error.status}", sending=sending)
    if error.code in _REFUSED:
        return Undeliverable(_REFUSED[error.code], place_lost=False)
    if error.status == _UNAUTHORIZED:
        return Misconfigured(_TOKEN, "Discord does not take this token any more.", _COPY)
    if error.code in _LOST:
        return Undeliverable(_LOST[error.code], place_lost=True)
    _log.error("discord.refused", status=error.status, code=error.code, detail=error.text)
    return Undeliverable("platform_refused", place_lost=False)


def _perhaps_done(what: str, *, sending: bool) -> DeskError:
    return Unknown(what) if sending else TryAgain(PATIENCE)


def _retry_after(error: discord.HTTPException) -> float:
    try:
        return max(1.0, float(error.response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return PATIENCE
