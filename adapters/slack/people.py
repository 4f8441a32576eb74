"""People as Slack knows them: name, language, time zone, whether they run the workspace.

Called by the listeners for whoever acts, and by `history`. Keeps for a while what it learned. It never fails:
somebody who can't be looked up is called by their id and spoken to in Japanese, until the next time.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import translating
from adapters.slack.mrkdwn import Json
from core.errors import DeskError
from core.ids import Lang
from core.text import Foreign

_KEPT_FOR = timedelta(minutes=15)  # so long may somebody set up a desk who no longer runs the workspace
_MOST = 5_000
_PATIENCE = 1.5  # an interaction has to be acknowledged within 3 s
_ZONE = "Asia/Tokyo"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Someone as Slack tells about them; `zone` is a name of the tz database, `admin` also true of owners."""

    name: Foreign
    lang: Lang
    zone: str
    admin: bool = False


class People:
    """Looks people up, and remembers them."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], datetime]) -> None:
        """Ask through `client`; `now` tells how long something has been known."""
        self._client = client
        self._now = now
        self._known: dict[str, tuple[Profile, datetime]] = {}

    async def of(self, user: str) -> Profile:
        """Someone's profile, at most 15 minutes old where Slack can be reached."""
        known = self._known.get(user)
        if known is not None and self._now() - known[1] < _KEPT_FOR:
            return known[0]
        try:
            with translating(sending=False):
                async with asyncio.timeout(_PATIENCE):
                    answer = await self._client.users_info(user=user, include_locale=True)
        except DeskError as error:
            _log.warning("slack.person_unknown", user=user, why=str(error))
            return known[0] if known is not None else Profile(name=Foreign(user), lang="ja", zone=_ZONE)
        return self._remembered(user, _profile(answer["user"]))

    def known(self, user: str) -> str | None:
        """Someone's name if it was asked for before, for mentions within what people write."""
        known = self._known.get(user)
        return None if known is None else known[0].name.raw

    def _remembered(self, user: str, profile: Profile) -> Profile:
        self._known.pop(user, None)
        self._known[user] = (profile, self._now())
        if len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return profile


def _profile(user: Json) -> Profile:
    """From users.info: https://docs.slack.dev/reference/objects/user-object."""
    shown = user.get("profile") or {}
    name = shown.get("display_name") or shown.get("real_name") or user.get("real_name") or user.get("name")
    return Profile(
        name=Foreign(str(name or user["id"])),
        lang="ja" if str(user.get("locale") or "ja").startswith("ja") else "en",
        zone=_zone(str(user.get("tz") or "")),
        admin=bool(user.get("is_admin") or user.get("is_owner")),
    )


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        return _ZONE
