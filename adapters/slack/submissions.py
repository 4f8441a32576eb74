"""Forms that people sent: each becomes a command, and the form tells what came of it.

Called by `app` with view submissions; gives the body of the acknowledgement. A refusal stands in the form,
below the entry it is about, and all that was typed stays; what was done takes the form's place.
https://docs.slack.dev/surfaces/modals#response_actions
"""

from typing import cast

from adapters.slack import forms
from adapters.slack.entries import Sender, command_in, seller_in, settings_in, waiting_in
from adapters.slack.mrkdwn import Json
from adapters.slack.parse import Malformed, Payload, view_key
from adapters.slack.reception import MOVED_ON, UNAVAILABLE, Guest, Reception
from adapters.slack.submitted import SellerEntry, Settings, Submitted, Waiting, read
from adapters.slack.views import opened_from
from core.answers import AnyAnswer, Nothing
from core.errors import Unavailable
from core.ids import DeskId
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
    )
    try:
        answer = await _answer(reception, read(view, reception.me.workspace), sender, guest)
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


async def _answer(reception: Reception, entered: Submitted, sender: Sender, guest: Guest) -> AnyAnswer:
    match entered:
        case Settings():
            return await _set_up(reception, entered, sender, guest)
        case SellerEntry():
            return await reception.ask(lambda desk_id: _save_seller(reception, entered, sender, desk_id))
        case Waiting():
            return await reception.ask(lambda desk_id: _wait(reception, entered, sender, desk_id))
        case _:
            return await reception.put(lambda desk_id: command_in(entered, sender, desk_id))


async def _set_up(reception: Reception, entered: Settings, sender: Sender, guest: Guest) -> AnyAnswer:
    """The one command that needs no desk: a first one makes it, under a fresh id."""
    known = await reception.settings(guest)
    if isinstance(known, Refusal):
        return known
    try:
        desk_id = await reception.desk_id() or reception.new_desk()
        return await reception.desk.handle(settings_in(entered, sender, desk_id, known))
    except Unavailable:
        return UNAVAILABLE


async def _save_seller(
    reception: Reception, entered: SellerEntry, sender: Sender, desk_id: DeskId
) -> AnyAnswer:
    sellers = await reception.desk.sellers(desk_id, sender.actor)
    if isinstance(sellers, Refusal):
        return sellers
    known = next((one for one in sellers if one.id == entered.seller), None)
    return await reception.desk.handle(seller_in(entered, sender, desk_id, known, reception.new_seller()))


async def _wait(reception: Reception, entered: Waiting, sender: Sender, desk_id: DeskId) -> AnyAnswer:
    command = waiting_in(entered, sender, desk_id)
    return MOVED_ON if command is None else await reception.desk.handle(command)
