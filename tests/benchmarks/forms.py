"""Forms as Slack sends them when somebody submits one: our own view, filled in, each with an id of its own.

Used by the submission. The view is the one that `/inquiry new` opens.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from itertools import count
from typing import Final
from urllib.parse import urlencode

from adapters.slack import forms
from adapters.slack.mrkdwn import Json
from bots.clock import now
from core.wording import Reader
from tests.benchmarks.conversation import LONG, WORDS
from tests.benchmarks.platform import SECRET, TEAM
from tests.benchmarks.population import SELLERS, seller

PEOPLE: Final = 500
"""Who send forms in turns, so that nobody sends more than they may open, or send in a minute."""


def person(n: int) -> str:
    """The nth person's id."""
    return f"U{500_000 + n:010d}"


def submitted(reader: Reader) -> Iterator[bytes]:
    """As many as are wanted, each of somebody else than those around it."""
    for n in count():
        view = _filled(forms.opening(reader, None, None), n)
        user = {"id": person(n % PEOPLE), "username": "hanako", "team_id": TEAM}
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM, "domain": "tanuki"},
            "user": user,
            "api_app_id": "A0000000001",
            "token": "unused",
            "trigger_id": f"1.2.{n}",
            "view": view,
            "response_urls": [],
            "is_enterprise_install": False,
            "enterprise": None,
        }
        yield urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes) -> dict[str, str]:
    """The headers with which Slack would send it at this moment."""
    stamp = str(int(now().timestamp()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def _filled(view: Json, n: int) -> Json:
    entered = {
        "seller": seller(n % SELLERS, 0).id,
        "order_number": "503-1234567-1234567",
        "topic": "damaged",
        "wish": "replace",
        "text": (WORDS["ja"] * LONG)[:LONG],
    }
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element, value = block["element"], entered[block["block_id"]]
        typed = element["type"] == "plain_text_input"
        option = {"text": {"type": "plain_text", "text": value}, "value": value}
        state = {"value": value} if typed else {"selected_option": option}
        values[block["block_id"]] = {element["action_id"]: {"type": element["type"]} | state}
    about = {"id": f"V{n:010d}", "team_id": TEAM, "hash": f"{n}.abc", "root_view_id": f"V{n:010d}"}
    return view | about | {"state": {"values": values}, "app_id": "A0000000001", "bot_id": "B0000000001"}
