"""Opening a form, and where it was opened from.

Used by `commands` and `acts`, which open forms, and by `submissions`, which gets them back: Slack does not
say in which place somebody acts by a form, and in the staff place whoever acts is staff. Rights are decided
anew when the form comes back. https://docs.slack.dev/reference/methods/views.open
"""

import json
from collections.abc import Mapping
from typing import Any

import structlog

from adapters.slack.errors import translating
from adapters.slack.mrkdwn import Json
from adapters.slack.reception import Guest, Reception
from core.errors import DeskError
from core.ids import PlaceId, dm_with

_log = structlog.get_logger(__name__)


async def open_form(reception: Reception, trigger: str, guest: Guest, view: Json) -> bool:
    """Open a form for someone who has just acted (a trigger lasts 3 s); whether Slack did."""
    about = json.loads(view["private_metadata"]) | {"from": guest.actor.place}
    try:
        with translating(sending=False):
            await reception.client.views_open(
                trigger_id=trigger, view=view | {"private_metadata": json.dumps(about)}
            )
    except DeskError as error:
        _log.warning(
            "slack.form_not_opened", form=view["callback_id"], why=f"{type(error).__name__}: {error}"
        )
        return False
    return True


def opened_from(view: Mapping[str, Any], reception: Reception, user: str) -> PlaceId:
    """The place a form was opened from, the DM of whoever submits it where that is not known."""
    try:
        place = json.loads(str(view.get("private_metadata") or "{}")).get("from")
    except (ValueError, AttributeError):
        place = None
    return PlaceId(place) if isinstance(place, str) and place else dm_with(reception.person(user))
