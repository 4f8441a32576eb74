"""What went wrong with Slack, in the desk's own words: one table for all error codes.

Called around every call of the Web API. A call that may have been carried out although nobody said so is
Unknown where it sends something, and tried again where repeating it does no harm.
https://docs.slack.dev/reference/methods/chat.postMessage#errors
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.mrkdwn import Json
from core.errors import DeskError, Misconfigured, TryAgain, Undeliverable, Unknown

PATIENCE = 5.0
"""Seconds after which to try again what the network or Slack did not take, where Slack names no time."""

_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 -- the setting's name
_COPY = "Copy the Bot User OAuth Token from the app's page, under OAuth & Permissions."
_REINSTALL = "Install the app anew: on its page, under Install App."

# The code, why it can't be delivered, and whether the place as such can't be spoken to any more.
_LOST: dict[str, str] = {
    "not_in_channel": "not_in_channel",
    "channel_not_found": "channel_gone",
    "is_archived": "archived",
    "user_not_found": "person_gone",
    "users_not_found": "person_gone",
    "user_disabled": "person_gone",
    "user_not_visible": "person_gone",
    "cannot_dm_bot": "dm_closed",
    "messages_tab_disabled": "dm_closed",
    "restricted_action": "platform_refused",
    "restricted_action_read_only_channel": "platform_refused",
    "restricted_action_thread_only_channel": "platform_refused",
    "restricted_action_thread_locked": "platform_refused",
}

_MISCONFIGURED: dict[str, tuple[str, str]] = {
    "invalid_auth": ("Slack does not know this token.", _COPY),
    "not_authed": ("Slack was given no token.", _COPY),
    "not_allowed_token_type": ("this is not a bot's token.", _COPY),
    "token_revoked": ("this token was revoked.", _REINSTALL),
    "token_expired": ("this token has expired.", _REINSTALL),
    "account_inactive": ("the app was removed from the workspace.", _REINSTALL),
    "team_access_not_granted": ("the app may not be used in this workspace.", _REINSTALL),
    "no_permission": ("the app lacks a permission in this workspace.", _REINSTALL),
    "org_login_required": ("the workspace is being moved to an organisation.", _REINSTALL),
    "ekm_access_denied": ("the workspace's admins have suspended access.", "Ask them."),
    "access_denied": ("the workspace's admins do not allow this.", "Ask them."),
}

_RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
# Slack itself failed, in the middle of it: it may have been done all the same.
_FAILED = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_TOO_MANY, _SERVER_ERRORS = 429, 500

_log = structlog.get_logger(__name__)


@contextmanager
def translating(*, sending: bool) -> Iterator[None]:
    """Around a call: whatever the SDK or the network raises comes out as the desk's own.

    `sending` tells that to call twice would be seen twice.
    """
    try:
        yield
    except (SlackClientError, aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
        raise translated(error, sending=sending) from error


def translated(error: Exception, *, sending: bool) -> DeskError:
    """The desk's own error for one of the SDK's or the network's."""
    if isinstance(error, SlackApiError):
        return _answered(error, sending=sending)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return TryAgain(PATIENCE)  # no connection, so nothing has left
    return _perhaps_done(type(error).__name__, sending=sending)


def _answered(error: SlackApiError, *, sending: bool) -> DeskError:
    data = _data(error)
    code = str(data.get("error") or "")
    status = _status(error)
    if status == _TOO_MANY or code in _RATE_LIMITED:
        return TryAgain(_retry_after(error))
    if status >= _SERVER_ERRORS or code in _FAILED or not code:
        return _perhaps_done(code or f"HTTP {status}", sending=sending)
    if code in _LOST:
        return Undeliverable(_LOST[code], place_lost=True)
    if code == "missing_scope":
        return _scope_missing(data)
    if code in _MISCONFIGURED:
        problem, mend = _MISCONFIGURED[code]
        return Misconfigured(_TOKEN, problem, mend)
    _log.error("slack.refused", code=code, detail=(data.get("response_metadata") or {}).get("messages"))
    return Undeliverable("platform_refused", place_lost=False)


def _perhaps_done(what: str, *, sending: bool) -> DeskError:
    return Unknown(what) if sending else TryAgain(PATIENCE)


def _scope_missing(data: Json) -> Misconfigured:
    needed = str(data.get("needed") or "")
    mend = (
        "Add it under OAuth & Permissions (henji manifest slack prints them all), then install the app anew."
    )
    return Misconfigured(_TOKEN, f"the app lacks the scope {needed}.", mend)


def code_of(error: SlackApiError) -> str:
    """Slack's own code, empty where it gave none."""
    return str(_data(error).get("error") or "")


def _data(error: SlackApiError) -> Json:
    data = getattr(error.response, "data", None)
    return data if isinstance(data, dict) else {}


def _status(error: SlackApiError) -> int:
    """The HTTP status, also where the SDK could not read the body and hands on aiohttp's response."""
    response: Any = error.response
    status: int = response.status if isinstance(response, aiohttp.ClientResponse) else response.status_code
    return status


def _retry_after(error: SlackApiError) -> float:
    response: Any = error.response
    try:
        return max(1.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return PATIENCE
