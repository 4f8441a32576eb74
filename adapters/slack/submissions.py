"""Forms that people sent: each becomes a command, and the form tells what came of it.

Called by `app` with view submissions; gives the body of the acknowledgement. A refusal stands in the form,
below the entry it is about, and all that was typed stays; what was done takes the form's place.
https://docs.slack.dev/surfaces/modals#response_actions
"""

from typing import cast

from adapters.slack import forms
from adapters.slack.mrkdwn import Json
from adapters.slack.parse import Malformed, Payload, view_key
from adapters.slack.reception import MOVED_ON, UNAVAILABLE, Reception
from adapters.slack.submitted import Submitted, read
from adapters.slack.views import opened_from
from core.answers import AnyAnswer, Nothing
from core.counter import set_up, submit
from core.entering import Sender
from core.entries import Settings
from core.errors import Unavailable
from core.refusal import Refusal
from core.wording.forms import FormName


async def submitted(reception: Reception, body: Payload) -> Json:
    """Do what a form says. Raises Malformed for a payload that is no form's."""
    try:
        user, view = str(body["user"]["id"]), cast("Json", body["view"])
        key, name = view_key(str(view["id"])), str(view["callback_id"]).removeprefix("form:")
        entries = [block for block in view["blocks"] if block["type"] == "input"]
    except (KeyError, TypeError) as error:
        raise Malformed("view") from error
    if not entries:
        raise Malformed(name)
    guest = await reception.guest(user, opened_from(view, reception, user))
    sender = Sender(
        key=key,
        actor=guest.actor,
        at=reception.now(),
        zone=guest.reader.zone,
        workspace=reception.me.workspace,
        shown=(reception.me.workspace,),
    )
    try:
        answer = await _answer(reception, read(view, reception.me.workspace), sender)
    except Malformed:
        answer = MOVED_ON
    match answer:
        case Refusal():
            return forms.refused(guest.reader, view, answer)
        case Nothing():
            return {}
        case _:
            told = forms.told(guest.reader, cast("FormName", name), answer)
            return {"response_action": "update", "view": told}


async def _answer(reception: Reception, entered: Submitted, sender: Sender) -> AnyAnswer:
    if not isinstance(entered, Settings):
        return await reception.ask(
            lambda desk_id: submit(reception.desk, entered, sender, desk_id, reception.new_seller)
        )
    try:
        return await set_up(reception.desk, entered, sender, await reception.desk_id(), reception.new_desk)
    except Unavailable:
        return UNAVAILABLE
