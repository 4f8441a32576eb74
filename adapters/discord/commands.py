"""What people type after a slash: `/inquiry`, `/desk`, `/seller`.

Called by `app` with the word and what was said after it; gives what only whoever typed it sees. In direct
messages `/inquiry` is for the desk somebody has to do with; of several they are asked which.
https://docs.discord.com/developers/interactions/application-commands
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from adapters.discord import forms, lists, render
from adapters.discord.aside import Later, Reply
from adapters.discord.choosing import ask_which
from adapters.discord.guest import Guest, at_desk, form_id, told
from adapters.discord.markdown import PEOPLE
from adapters.discord.parse import key_of
from adapters.discord.reception import NO_DESK, SOON, UNAVAILABLE, Reception
from core import commands as do
from core.answers import AnyAnswer
from core.desk import Listing, Showing
from core.entering import number_in
from core.errors import Unavailable
from core.ids import DeskId, SellerId
from core.records import Desk, Draft, Party, Seller
from core.refusal import Refusal
from core.text import Foreign, folded


@dataclass(frozen=True, slots=True)
class Said:
    """A slash command: `inquiry new`, and what was said after it, as it was typed or chosen."""

    command: str
    rest: str = ""


def later(command: str) -> Later:
    """What an answer to it can be that takes long: none where a form is to open."""
    return "never" if command in _OPENING else "new"


async def spoken(reception: Reception, interaction: discord.Interaction, said: Said) -> Reply:
    """Do what a slash command says."""
    guest = reception.guest(interaction)
    if guest.workspace is None and said.command != "inquiry help":
        try:
            desks = await reception.desks.of(guest.user)
        except Unavailable:
            return told(guest, UNAVAILABLE)
        if len(desks) > 1:
            return await ask_which(reception, guest, desks, f"{said.command.partition(' ')[2]}.{said.rest}")
        guest = at_desk(guest, desks[0]) if desks else guest
    return await done(reception, interaction, said, guest)


async def done(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    """The same, of somebody whose desk is known if they have one."""
    guest = await reception.present(guest)
    return await _ACTS.get(said.command, _help)(reception, interaction, said, guest)


async def suggested(reception: Reception, interaction: discord.Interaction, typed: str) -> tuple[Seller, ...]:
    """The sellers whose name contains what somebody types; of all their desks in direct messages."""
    guest = reception.guest(interaction)

    async def matching(desk_id: DeskId) -> tuple[Seller, ...]:
        return await reception.desk.find_sellers(desk_id, typed)

    try:
        desks = await reception.desks.noted(guest.user) if guest.workspace is None else ()
    except Unavailable:
        return ()
    guests = [at_desk(guest, desk) for desk in desks] or [guest]
    found = [await reception.ask_at_once(each, matching, patience=_PROMPT) for each in guests]
    return tuple(seller for each in found if not isinstance(each, Refusal) for seller in each)


async def _new(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    async def begun(desk_id: DeskId) -> tuple[Seller, Draft | None, str] | Refusal:
        seller = _named(await reception.desk.store.sellers(desk_id), said.rest)
        if seller is None:
            return Refusal(reason="unknown_seller", field="seller")
        await reception.met(guest, desk_id)
        draft = await reception.desk.draft(desk_id, guest.actor.person)
        return seller, draft, await reception.desk.order_example(desk_id)

    found = await reception.ask(guest, begun, patience=SOON)
    if isinstance(found, Refusal):
        return told(guest, found)
    seller, draft, example = found
    about = form_id(guest, interaction, "new", seller.id)
    return forms.build(guest.reader, about, forms.of_draft(draft), example=example)


async def _list(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    del interaction, said
    found = await reception.ask(guest, lambda desk_id: reception.desk.list_open(desk_id, guest.actor))
    match found:
        case Listing(role=role, listed=listed):
            return lists.listed(guest.reader, listed, role)
        case Refusal():
            return told(guest, found)


async def _show(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    del interaction
    found = await _found(reception, said, guest)
    match found:
        case Showing(role=role, shown=shown):
            return lists.shown(guest.reader, shown, role)
        case Refusal():
            return told(guest, found)
        case None:
            return render.instructions(guest.reader, "inquiry", Foreign(said.rest))


async def _close(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    found = await _found(reception, said, guest, patience=SOON)
    match found:
        case Showing(role=Party.SELLER, shown=shown):
            return told(guest, Refusal(reason="not_allowed", number=shown.inquiry.number))
        case Showing(shown=shown):
            about = form_id(guest, interaction, "close", str(shown.inquiry.number))
            return forms.build(guest.reader, about, {})
        case Refusal():
            return told(guest, found)
        case None:
            return render.instructions(guest.reader, "inquiry", Foreign(said.rest))


async def _found(
    reception: Reception, said: Said, guest: Guest, *, patience: float = 10.0
) -> Showing | Refusal | None:
    """The inquiry that was named by its number; None where no number was."""
    number = number_in(said.rest)
    if number is None:
        return None
    return await reception.ask(
        guest, lambda desk_id: reception.desk.show(desk_id, number, guest.actor), patience=patience
    )


async def _setup(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    del said
    desk = await reception.settings(guest)
    if isinstance(desk, Refusal):
        return told(guest, desk)
    if interaction.guild is None:
        return told(guest, NO_DESK)
    about = form_id(guest, interaction, "setup")
    return forms.build(guest.reader, about, forms.of_desk(desk, guest.actor.person, interaction.guild))


async def _link(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    """A code to open this desk elsewhere; with a code, the desk that gave it is opened here."""
    answer: AnyAnswer
    key, typed, workspace = key_of(interaction), Foreign(said.rest), guest.workspace
    if workspace is None or not typed:
        answer = await reception.put(
            guest,
            lambda desk_id: do.MakeLinkCode(
                key=key, desk=desk_id, actor=guest.actor, code=reception.new_code()
            ),
        )
    else:
        answer = await reception.ask(
            guest,
            lambda desk_id: reception.desk.handle(
                do.UseLinkCode(key=key, desk=desk_id, actor=guest.actor, workspace=workspace, typed=typed)
            ),
            fresh=reception.new_desk,
        )
    return told(guest, answer)


async def _unlink(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    del said
    workspace = guest.workspace or PEOPLE
    answer = await reception.put(
        guest,
        lambda desk_id: do.UnlinkWorkspace(
            key=key_of(interaction), desk=desk_id, actor=guest.actor, workspace=workspace
        ),
    )
    return told(guest, answer)


async def _block(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    """Keep out the buyer of the inquiry that was named, or let them in again."""
    found = await _found(reception, said, guest)
    if found is None:
        return render.instructions(guest.reader, "desk", Foreign(said.rest))
    if isinstance(found, Refusal):
        return told(guest, found)
    return told(
        guest,
        await reception.put(
            guest,
            lambda desk_id: do.BlockPerson(
                key=key_of(interaction),
                desk=desk_id,
                actor=guest.actor,
                person=found.shown.inquiry.buyer,
                blocked=said.command == "desk block",
            ),
        ),
    )


async def _sellers(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    del interaction, said
    known = await reception.ask(guest, lambda desk_id: reception.desk.sellers(desk_id, guest.actor))
    return told(guest, known) if isinstance(known, Refusal) else lists.sellers(guest.reader, known)


async def _add(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    """The form for a seller; named as one that is there already, they are changed."""

    async def begun(desk_id: DeskId) -> tuple[Desk, Seller | None] | Refusal:
        sellers = await reception.desk.sellers(desk_id, guest.actor)
        desk = await reception.desk.store.desk(desk_id)
        if isinstance(sellers, Refusal) or desk is None:
            return sellers if isinstance(sellers, Refusal) else NO_DESK
        return desk, _named(sellers, said.rest)

    found = await reception.ask(guest, begun, patience=SOON)
    if isinstance(found, Refusal) or interaction.guild is None:
        return told(guest, found if isinstance(found, Refusal) else NO_DESK)
    desk, known = found
    about = form_id(guest, interaction, "seller", known.id if known else "")
    values = forms.of_seller(desk, known, guest.reader, interaction.guild)
    if known is None and said.rest:
        values = {**values, "name": (said.rest,)}
    return forms.build(guest.reader, about, values)


async def _remove(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    async def removed(desk_id: DeskId) -> AnyAnswer:
        sellers = await reception.desk.sellers(desk_id, guest.actor)
        if isinstance(sellers, Refusal):
            return sellers
        seller = _named(sellers, said.rest)
        named = SellerId("") if seller is None else seller.id
        command = do.RemoveSeller(key=key_of(interaction), desk=desk_id, actor=guest.actor, seller=named)
        return await reception.handled(guest, command)

    return told(guest, await reception.ask(guest, removed))


async def _help(reception: Reception, interaction: discord.Interaction, said: Said, guest: Guest) -> Reply:
    del reception, interaction, said
    return render.instructions(guest.reader, "inquiry")


def _named(sellers: tuple[Seller, ...], said: str) -> Seller | None:
    """A seller by what was chosen, which is their id, or by the name somebody typed to its end."""
    chosen = next((one for one in sellers if said and one.id == said), None)
    return chosen or next((one for one in sellers if said and folded(one.name) == folded(said)), None)


_PROMPT = 1.0  # seconds in which suggestions come, or not at all
_OPENING = frozenset({"inquiry new", "inquiry close", "desk setup", "seller add"})

_ACTS: dict[str, Callable[[Reception, discord.Interaction, Said, Guest], Awaitable[Reply]]] = {
    "inquiry new": _new,
    "inquiry list": _list,
    "inquiry show": _show,
    "inquiry close": _close,
    "inquiry help": _help,
    "desk setup": _setup,
    "desk link": _link,
    "desk unlink": _unlink,
    "desk block": _block,
    "desk unblock": _block,
    "seller add": _add,
    "seller list": _sellers,
    "seller remove": _remove,
}
