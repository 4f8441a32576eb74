"""What people press and choose: the buttons under cards and notices, the dialogue's choices, the type-ahead.

Called by `app` with block actions and suggestions. A button says only which act and which inquiry; whether
this person may is decided by the desk at every click. Whoever pressed is answered privately, through the
response URL; in the dialogue the next question takes the place of the last.
https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from collections.abc import Awaitable, Callable
from functools import partial

from adapters.slack import forms, lists, render
from adapters.slack.mrkdwn import Json
from adapters.slack.parse import Malformed, Payload, Pressed, pressed
from adapters.slack.reception import MOVED_ON, UNAVAILABLE, Guest, Reception
from adapters.slack.views import open_form
from core import commands as do
from core.answers import AnyAnswer
from core.desk import Showing
from core.entering import act_in, asking_in
from core.ids import DeskId
from core.records import Draft, Party
from core.refusal import Refusal

_FORMS: dict[str, Callable[[Guest, int, Draft | None], Json]] = {
    "write_buyer": lambda guest, number, draft: forms.write(guest.reader, number, Party.BUYER, draft),
    "write_seller": lambda guest, number, draft: forms.write(guest.reader, number, Party.SELLER, draft),
    "note": lambda guest, number, _: forms.note(guest.reader, number),
    "close": lambda guest, number, _: forms.close(guest.reader, number),
    "snooze": lambda guest, number, _: forms.snooze(guest.reader, number),
    "mute": lambda guest, number, _: forms.mute(guest.reader, number),
}


async def pressed_button(reception: Reception, body: Payload) -> None:
    """Do what a button says, or what was chosen in the dialogue."""
    press = pressed(body, reception.me.workspace)
    if press.kind == "form":
        return  # an entry of a form: it counts when the form is sent
    guest = await reception.guest(press.user, press.place)
    try:
        await _KINDS.get(press.kind, _unknown)(reception, press, guest)
    except Malformed:
        await _tell(reception, press, guest, MOVED_ON)


async def suggested(reception: Reception, body: Payload) -> Json:
    """The sellers whose name contains what somebody types."""
    typed = str(body.get("value") or "")
    found = await reception.ask(lambda desk_id: reception.desk.find_sellers(desk_id, typed))
    return {"options": []} if isinstance(found, Refusal) else forms.offered(found)


async def _unknown(reception: Reception, press: Pressed, guest: Guest) -> None:
    del reception, guest
    raise Malformed(press.kind)


async def _act(reception: Reception, press: Pressed, guest: Guest) -> None:
    if press.name == "show":
        await _show(reception, press, guest)
    elif press.name in _FORMS:
        await _form(reception, press, guest)
    else:
        await _tell(reception, press, guest, await reception.put(partial(_command, press, guest)))


def _command(press: Pressed, guest: Guest, desk_id: DeskId) -> do.AnyCommand:
    command = act_in(press.name, press.number, desk_id, guest.actor, press.key)
    if command is None:
        raise Malformed(press.name)
    return command


async def _show(reception: Reception, press: Pressed, guest: Guest) -> None:
    found = await reception.ask(lambda desk_id: reception.desk.show(desk_id, press.number, guest.actor))
    match found:
        case Showing(role=role, shown=shown):
            await reception.asides.respond(press.response_url, lists.shown(guest.reader, shown, role))
        case Refusal():
            await _tell(reception, press, guest, found)


async def _form(reception: Reception, press: Pressed, guest: Guest) -> None:
    """Open the form an act needs, for whoever may see the inquiry; it begins with what was kept for it."""

    async def begun(desk_id: DeskId) -> Draft | Refusal | None:
        found = await reception.desk.show(desk_id, press.number, guest.actor)
        if isinstance(found, Refusal):
            return found
        return await reception.desk.draft(desk_id, guest.actor.person)

    found = await reception.ask(begun)
    if isinstance(found, Refusal):
        await _tell(reception, press, guest, found)
        return
    view = _FORMS[press.name](guest, press.number, found)
    if not await open_form(reception, press.trigger, guest, view):
        await _tell(reception, press, guest, UNAVAILABLE)


async def _chosen(reception: Reception, press: Pressed, guest: Guest) -> None:
    """An answer to the dialogue's question: what comes next takes its place."""
    asking = asking_in(press.name)
    if asking is None:
        raise Malformed(press.name)
    answer = await reception.put(
        lambda desk_id: do.Choose(
            key=press.key,
            desk=desk_id,
            actor=guest.actor,
            asking=asking,
            value=press.value,
            at=reception.now(),
        )
    )
    replaces = not isinstance(answer, Refusal)
    await reception.asides.respond(press.response_url, render.answer(guest.reader, answer), replace=replaces)


async def _tell(reception: Reception, press: Pressed, guest: Guest, answer: AnyAnswer) -> None:
    await reception.asides.respond(press.response_url, render.answer(guest.reader, answer))


_KINDS: dict[str, Callable[[Reception, Pressed, Guest], Awaitable[None]]] = {"act": _act, "ask": _chosen}
