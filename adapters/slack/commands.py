"""What people type after a slash: `/inquiry`, `/desk`, `/seller`.

Called by `app` with the command's payload; gives the body of the acknowledgement, which only whoever typed it
sees. What is none of the known words is answered with those that are.
https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from collections.abc import Awaitable, Callable
from typing import Literal

import msgspec

from adapters.slack import forms, lists, render
from adapters.slack.mrkdwn import Json
from adapters.slack.parse import Payload, Typed, typed
from adapters.slack.reception import UNAVAILABLE, Guest, Reception
from adapters.slack.render import Drawn
from adapters.slack.views import open_form
from core.answers import AnyAnswer
from core.commands import BlockPerson, MakeLinkCode, UnlinkWorkspace, UseLinkCode
from core.desk import Listing, Showing
from core.entering import number_in
from core.ids import DeskId
from core.records import Desk, Draft, Party, Seller
from core.refusal import Refusal
from core.text import Foreign, folded

Command = Literal["inquiry", "desk", "seller"]


async def spoken(reception: Reception, body: Payload) -> Json:
    """Do what a slash command says. Raises Malformed for a payload that is none."""
    said = typed(body, reception.me.workspace)
    guest = await reception.guest(said.user, said.place)
    command = _COMMANDS.get(said.command, "inquiry")
    act = _ACTS.get((command, said.word))
    if act is None:
        asked = Foreign(said.text) if said.word not in {"", "help"} else None
        return _private(render.instructions(guest.reader, command, asked))
    return await act(reception, said, guest)


async def _new(reception: Reception, said: Typed, guest: Guest) -> Json:
    async def blank(desk_id: DeskId) -> Json:
        draft = await reception.desk.draft(desk_id, guest.actor.person)
        if said.rest and (draft is None or not draft.text):
            draft = draft or Draft(person=guest.actor.person, desk=desk_id)
            draft = msgspec.structs.replace(draft, text=Foreign(said.rest))
        sellers = await reception.desk.store.sellers(desk_id) if draft is not None and draft.seller else ()
        seller = next((one for one in sellers if draft is not None and one.id == draft.seller), None)
        example = await reception.desk.order_example(desk_id)
        return forms.opening(guest.reader, draft, seller, example=example)

    view = await reception.ask(blank)
    return _answer(guest, view) if isinstance(view, Refusal) else await _form(reception, said, guest, view)


async def _list(reception: Reception, said: Typed, guest: Guest) -> Json:
    del said
    found = await reception.ask(lambda desk_id: reception.desk.list_open(desk_id, guest.actor))
    match found:
        case Listing(role=role, listed=listed):
            return _private(lists.listed(guest.reader, listed, role))
        case Refusal():
            return _answer(guest, found)


async def _show(reception: Reception, said: Typed, guest: Guest) -> Json:
    found = await _found(reception, said, guest)
    match found:
        case Showing(role=role, shown=shown):
            return _private(lists.shown(guest.reader, shown, role))
        case Refusal():
            return _answer(guest, found)
        case None:
            return _private(render.instructions(guest.reader, "inquiry", Foreign(said.text)))


async def _close(reception: Reception, said: Typed, guest: Guest) -> Json:
    found = await _found(reception, said, guest)
    match found:
        case Showing(role=Party.SELLER, shown=shown):
            return _answer(guest, Refusal(reason="not_allowed", number=shown.inquiry.number))
        case Showing(shown=shown):
            return await _form(reception, said, guest, forms.close(guest.reader, shown.inquiry.number))
        case Refusal():
            return _answer(guest, found)
        case None:
            return _private(render.instructions(guest.reader, "inquiry", Foreign(said.text)))


async def _found(reception: Reception, said: Typed, guest: Guest) -> Showing | Refusal | None:
    """The inquiry that was named by its number; None where no number was."""
    number = number_in(said.rest)
    if number is None:
        return None
    return await reception.ask(lambda desk_id: reception.desk.show(desk_id, number, guest.actor))


async def _setup(reception: Reception, said: Typed, guest: Guest) -> Json:
    desk = await reception.settings(guest)
    if isinstance(desk, Refusal):
        return _answer(guest, desk)
    return await _form(reception, said, guest, forms.setup(guest.reader, desk, guest.actor.person))


async def _link(reception: Reception, said: Typed, guest: Guest) -> Json:
    """A code to open this desk elsewhere; with a code, the desk that gave it is opened here."""
    if said.rest:
        answer = await reception.put(
            lambda desk_id: UseLinkCode(
                key=said.key,
                desk=desk_id,
                actor=guest.actor,
                workspace=reception.me.workspace,
                typed=Foreign(said.rest),
            ),
            fresh=reception.new_desk,
        )
    else:
        answer = await reception.put(
            lambda desk_id: MakeLinkCode(
                key=said.key, desk=desk_id, actor=guest.actor, code=reception.new_code()
            )
        )
    return _answer(guest, answer)


async def _unlink(reception: Reception, said: Typed, guest: Guest) -> Json:
    answer = await reception.put(
        lambda desk_id: UnlinkWorkspace(
            key=said.key, desk=desk_id, actor=guest.actor, workspace=reception.me.workspace
        )
    )
    return _answer(guest, answer)


async def _block(reception: Reception, said: Typed, guest: Guest) -> Json:
    return await _keep_out(reception, said, guest, blocked=True)


async def _unblock(reception: Reception, said: Typed, guest: Guest) -> Json:
    return await _keep_out(reception, said, guest, blocked=False)


async def _keep_out(reception: Reception, said: Typed, guest: Guest, *, blocked: bool) -> Json:
    """Keep out the buyer of the inquiry that was named, or let them in again."""
    found = await _found(reception, said, guest)
    if found is None:
        return _private(render.instructions(guest.reader, "desk", Foreign(said.text)))
    if isinstance(found, Refusal):
        return _answer(guest, found)
    buyer = found.shown.inquiry.buyer
    answer = await reception.put(
        lambda desk_id: BlockPerson(
            key=said.key, desk=desk_id, actor=guest.actor, person=buyer, blocked=blocked
        )
    )
    return _answer(guest, answer)


async def _sellers(reception: Reception, said: Typed, guest: Guest) -> Json:
    del said
    known = await _known(reception, guest)
    return (
        _answer(guest, known) if isinstance(known, Refusal) else _private(lists.sellers(guest.reader, known))
    )


async def _add(reception: Reception, said: Typed, guest: Guest) -> Json:
    """The form for a seller; named as one that is there already, they are changed."""
    known = await _known(reception, guest)
    if isinstance(known, Refusal):
        return _answer(guest, known)
    desk = await reception.ask(reception.desk.store.desk)
    if not isinstance(desk, Desk):
        return _answer(guest, desk or UNAVAILABLE)
    same = next((one for one in known if said.rest and folded(one.name) == folded(said.rest)), None)
    return await _form(reception, said, guest, forms.seller(guest.reader, desk, same))


async def _remove(reception: Reception, said: Typed, guest: Guest) -> Json:
    known = await _known(reception, guest)
    if isinstance(known, Refusal):
        return _answer(guest, known)
    return await _form(reception, said, guest, forms.removal(guest.reader))


async def _known(reception: Reception, guest: Guest) -> tuple[Seller, ...] | Refusal:
    return await reception.ask(lambda desk_id: reception.desk.sellers(desk_id, guest.actor))


async def _form(reception: Reception, said: Typed, guest: Guest, view: Json) -> Json:
    return {} if await open_form(reception, said.trigger, guest, view) else _answer(guest, UNAVAILABLE)


def _answer(guest: Guest, answer: AnyAnswer) -> Json:
    return _private(render.answer(guest.reader, answer))


def _private(drawn: Drawn) -> Json:
    return {"response_type": "ephemeral", **drawn}


_COMMANDS: dict[str, Command] = {"/inquiry": "inquiry", "/desk": "desk", "/seller": "seller"}

_ACTS: dict[tuple[Command, str], Callable[[Reception, Typed, Guest], Awaitable[Json]]] = {
    ("inquiry", "new"): _new,
    ("inquiry", "list"): _list,
    ("inquiry", "show"): _show,
    ("inquiry", "close"): _close,
    ("desk", "setup"): _setup,
    ("desk", "link"): _link,
    ("desk", "unlink"): _unlink,
    ("desk", "block"): _block,
    ("desk", "unblock"): _unblock,
    ("seller", "add"): _add,
    ("seller", "list"): _sellers,
    ("seller", "remove"): _remove,
}
