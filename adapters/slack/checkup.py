"""Is Slack set up as Henji needs it? Asked of Slack itself, one question at a time.

Called by `henji check`. Each answers with a sentence about what is well, or raises Misconfigured with what is
wrong and how to mend it; TryAgain where Slack is away. Changes nothing, and posts nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import code_of, translating
from adapters.slack.manifest import SCOPES
from core.errors import Misconfigured
from core.ids import PlaceId, WorkspaceId

CLOCKS_MAY_DIFFER: Final = timedelta(seconds=5)

_BOT_TOKEN: Final = "SLACK_BOT_TOKEN"  # noqa: S105 -- the setting's name
_APP_TOKEN: Final = "SLACK_APP_TOKEN"  # noqa: S105 -- as above
_AGAIN: Final = (
    "On the app's page, under App Manifest, paste what `henji manifest slack` prints; "
    "then Install App -> Reinstall."
)
# xapp-1-<app>-...
_APP_OF_TOKEN: Final = re.compile(r"xapp-\d-(A[A-Z0-9]+)-")
_ANOTHER: Final = (
    "On the app's page: Basic Information -> App-Level Tokens -> Generate, with the scope connections:write."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What Slack says about the bot's token; `ahead` is by how much its clock is before ours."""

    workspace: WorkspaceId
    team: str
    user: str
    bot: str
    scopes: frozenset[str]
    ahead: timedelta


async def credentials(client: AsyncWebClient, now: Callable[[], datetime]) -> Credentials:
    """Whom the token belongs to, and what it may do."""
    with translating(sending=False):
        answer = await client.auth_test()
    headers: Mapping[str, str] = {name.lower(): value for name, value in answer.headers.items()}
    scopes = (each.strip() for each in headers.get("x-oauth-scopes", "").split(","))
    said_at = headers.get("date")
    return Credentials(
        workspace=WorkspaceId(f"slack:{answer['team_id']}"),
        team=str(answer.get("team", answer["team_id"])),
        user=str(answer.get("user", answer["user_id"])),
        bot=str(answer["bot_id"]),
        scopes=frozenset(each for each in scopes if each),
        ahead=timedelta() if said_at is None else parsedate_to_datetime(said_at) - now(),
    )


def scopes(found: Credentials) -> str:
    """Whether the token may do all that the manifest asks for."""
    missing = [f"{scope} ({what_for})" for scope, what_for in SCOPES.items() if scope not in found.scopes]
    if missing:
        raise Misconfigured(
            _BOT_TOKEN, f"lacks {_listed(len(missing), 'scope')}: {', '.join(missing)}.", _AGAIN
        )
    return f"all {len(SCOPES)} scopes of the manifest"


def clock(found: Credentials) -> str:
    """Whether this machine's clock and Slack's agree; Slack gives whole seconds only."""
    if abs(found.ahead) <= CLOCKS_MAY_DIFFER:
        return "agrees with Slack's"
    side = "behind" if found.ahead > timedelta() else "ahead of"
    raise Misconfigured(
        "The clock",
        f"of this machine is {abs(found.ahead).total_seconds():.0f} s {side} Slack's.",
        "Set it by NTP (timedatectl set-ntp true); deadlines are kept by it.",
    )


async def socket(client: AsyncWebClient, app_token: str, found: Credentials) -> str:
    """Whether the app-level token opens a connection for Socket Mode, and belongs to the bot's own app."""
    with translating(sending=False):
        try:
            await client.apps_connections_open(app_token=app_token)
        except SlackApiError as error:
            raise _refused_socket(error) from error
        other = _APP_OF_TOKEN.match(app_token)
        if other is not None:
            bot = (await client.bots_info(bot=found.bot))["bot"]
            if bot.get("app_id") != other[1]:
                raise Misconfigured(
                    _APP_TOKEN,
                    f"belongs to another app ({other[1]}) than SLACK_BOT_TOKEN ({bot.get('app_id')}).",
                    "Take both from the same app's page.",
                )
    return "opens a connection (Socket Mode)"


async def place(client: AsyncWebClient, place_id: PlaceId, setting: str) -> str:
    """Whether the bot is in a channel that the desk uses; `setting` says what the desk uses it for."""
    channel = place_id.rpartition(":")[2]
    with translating(sending=False):
        try:
            answer = await client.conversations_info(channel=channel)
        except SlackApiError as error:
            if code_of(error) != "channel_not_found":
                raise
            raise Misconfigured(
                setting,
                f"is the channel {channel}, which is gone, or private and without Henji.",
                "Type /invite @Henji in it, or name another channel (/desk setup, /seller add).",
            ) from error
    found = answer["channel"]
    name = f"#{found.get('name', channel)}"
    if found.get("is_archived"):
        raise Misconfigured(
            setting, f"is {name}, which is archived.", "Name another channel (/desk setup, /seller add)."
        )
    if not found.get("is_member"):
        raise Misconfigured(setting, f"is {name}, and Henji is not in it.", f"Type /invite @Henji in {name}.")
    return name


def _refused_socket(error: SlackApiError) -> Misconfigured | SlackApiError:
    """https://docs.slack.dev/reference/methods/apps.connections.open#errors ."""
    match code_of(error):
        case "missing_scope" | "no_permission":
            return Misconfigured(_APP_TOKEN, "lacks the scope connections:write.", _ANOTHER)
        case "invalid_auth" | "not_authed" | "not_allowed_token_type" | "token_revoked" | "account_inactive":
            return Misconfigured(_APP_TOKEN, "is no app-level token that Slack knows.", _ANOTHER)
        case "forbidden_team" | "access_denied" | "team_access_not_granted":
            return Misconfigured(_APP_TOKEN, "may not be used in this workspace.", "Ask its admins.")
        case _:
            return error


def _listed(count: int, word: str) -> str:
    return f"the {word}" if count == 1 else f"{count} {word}s"
