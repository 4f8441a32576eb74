"""What people press and choose: the buttons under cards and notices, the dialogue's choices.

Called by `app` with components' interactions, which need no message to be remembered: a button's id says
which act and which inquiry, and whether this person may is decided by the desk at every click. In the
dialogue the next question takes the place of the last.
https://docs.discord.com/developers/components/using-message-components
"""

from collections.abc import Awaitable, Callable

import discord
import structlog

from adapters.discord import choosing, commands, forms, listen, lists, render
from adapters.discord.aside import Below, Instead, Later, Reply
from adapters.discord.blocks import MOST_OPTIONS, Button, Drawn, Select, rows
from adapters.discord.channels import notice_in
from adapters.discord.commands import Said
from adapters.discord.errors import translating
from adapters.discord.guest import Guest, at_desk, form_id, told
from adapters.discord.inputs import Values
from adapters.discord.parse import FormId, Malformed, Pressed, data_of, key_of, pressed
from adapters.discord.reception import MOVED_ON, SOON, UNAVAILABLE, Reception
from core import commands as do
from core.desk import Showing
from core.entering import act_in, asking_in, number_in
from core.errors import DeskError, Unavailable
from core.ids import DeskId, SellerId
from core.records import Asking, Desk, Draft, Seller
from core.refusal import Refusal
from core.text import one_line

_log = structlog.get_logger(__name__)


def later(interaction: discord.Interaction) -> Later:
    """What an answer can be that takes long."""
    try:
        press = pressed(interaction)
    except Malformed:
        return "new"
    if press.kind in {"ask", "desk", "pick"}:
        return "same"
    return "never" if press.kind in {"edit", "more"} or press.name in forms.ABOUT_ONE else "new"


async def pressed_button(reception: Reception, interaction: discord.Interaction) -> Reply:
    """Do what a button says, or what was chosen in the dialogue."""
    guest = reception.guest(interaction)
    try:
        press = pressed(interaction)
        if guest.workspace is None and guest.desk is None:
            guest = await _of_their_desk(reception, guest)
        elif guest.workspace is not None:
            await _require_own(reception, interaction, guest)
        guest = await reception.present(guest)
        return await _KINDS[press.kind](reception, interaction, press, guest)
    except (Malformed, KeyError):
        _log.warning("discord.malformed", what=str(data_of(interaction).get("custom_id"))[:40])
        return told(guest, MOVED_ON)


async def _require_own(reception: Reception, interaction: discord.Interaction, guest: Guest) -> None:
    """Refuse what stands below a message of a desk that the guild has left: numbers are another's by now."""
    told_by = reception.desks.of_message(interaction.message)
    try:
        if told_by is not None and told_by != await reception.desk_id(guest):
            raise Malformed("desk")
    except Unavailable:
        pass  # which the desk will say


async def _of_their_desk(reception: Reception, guest: Guest) -> Guest:
    """Somebody in their DM who pressed below what carries no desk's name: the only one they have, if so."""
    try:
        desks = await reception.desks.noted(guest.user)
    except Unavailable:
        return guest
    return at_desk(guest, desks[0]) if len(desks) == 1 else guest


async def _act(reception: Reception, interaction: discord.Interaction, press: Pressed, guest: Guest) -> Reply:
    if press.name in forms.ABOUT_ONE:
        about = form_id(guest, interaction, press.name, str(press.number))
        return await _form(reception, about, guest, {})
    if press.name == "show":
        return await _show(reception, press, guest)
    number = press.number

    def command(desk_id: DeskId) -> do.AnyCommand:
        act = act_in(press.name, number, desk_id, guest.actor, key_of(interaction))
        if act is None:
            raise Malformed(press.name)
        return act

    return told(guest, await reception.put(guest, command))


async def _show(reception: Reception, press: Pressed, guest: Guest) -> Drawn:
    found = await reception.ask(
        guest, lambda desk_id: reception.desk.show(desk_id, press.number, guest.actor)
    )
    match found:
        case Showing(role=role, shown=shown):
            return lists.shown(guest.reader, shown, role)
        case Refusal():
            return told(guest, found)


async def _form(reception: Reception, about: FormId, guest: Guest, entered: Values) -> Reply:
    """Open the form an act needs, for whoever may see the inquiry; it begins with what was kept for it."""
    number = number_in(about.about)
    if number is None:
        raise Malformed(about.name)

    async def begun(desk_id: DeskId) -> Draft | Refusal | None:
        found = await reception.desk.show(desk_id, number, guest.actor)
        if isinstance(found, Refusal):
            return found
        return await reception.desk.draft(desk_id, guest.actor.person)

    found = await reception.ask(guest, begun, patience=SOON)
    if isinstance(found, Refusal) and not entered:
        return told(guest, found)
    draft = None if isinstance(found, Refusal) else found
    wrote = about.name in {"reply", "write_buyer", "write_seller"}
    values = {**(forms.of_message(draft, number) if wrote else {}), **entered}
    return forms.build(guest.reader, about, values)


async def _edit(
    reception: Reception, interaction: discord.Interaction, press: Pressed, guest: Guest
) -> Reply:
    """Open a refused form again, with what was entered."""
    about = form_id(guest, interaction, press.name, press.value)
    entered = reception.kept.of(guest, press.name, press.value)
    if press.name in forms.ABOUT_ONE:
        return await _form(reception, about, guest, entered)
    begun = await _begun(reception, interaction, about, guest)
    if isinstance(begun, Refusal) and not entered:
        return told(guest, begun)
    values, example = ({}, "") if isinstance(begun, Refusal) else begun
    form = forms.build(guest.reader, about, {**values, **entered}, example=example)
    return told(guest, MOVED_ON) if form is None else form


async def _more(
    reception: Reception, interaction: discord.Interaction, press: Pressed, guest: Guest
) -> Reply:
    """The second form of a desk's settings."""
    about = form_id(guest, interaction, press.name)
    begun = await _begun(reception, interaction, about, guest)
    return told(guest, begun) if isinstance(begun, Refusal) else forms.build(guest.reader, about, begun[0])


async def _begun(
    reception: Reception, interaction: discord.Interaction, about: FormId, guest: Guest
) -> tuple[Values, str] | Refusal:
    """What a form that is about no inquiry begins with, and an order number as an example."""
    guild = interaction.guild
    match about.name:
        case "new":
            found = await reception.ask(
                guest, lambda desk_id: _draft(reception, guest, desk_id), patience=SOON
            )
            return found if isinstance(found, Refusal) else (forms.of_draft(found[0]), found[1])
        case "setup" | "hours" if guild is not None:
            desk = await reception.settings(guest)
            if isinstance(desk, Refusal):
                return desk
            if about.name == "setup":
                return forms.of_desk(desk, guest.actor.person, guild), ""
            return MOVED_ON if desk is None else (forms.of_hours(desk, guest.reader), "")
        case "seller" if guild is not None:
            return await _seller(reception, guild, SellerId(about.about), guest)
        case _:
            return MOVED_ON


async def _draft(reception: Reception, guest: Guest, desk_id: DeskId) -> tuple[Draft | None, str]:
    draft = await reception.desk.draft(desk_id, guest.actor.person)
    return draft, await reception.desk.order_example(desk_id)


async def _seller(
    reception: Reception, guild: discord.Guild, seller: SellerId, guest: Guest
) -> tuple[Values, str] | Refusal:
    async def found(desk_id: DeskId) -> tuple[Desk | None, tuple[Seller, ...] | Refusal]:
        return (
            await reception.desk.store.desk(desk_id),
            await reception.desk.sellers(desk_id, guest.actor),
        )

    answer = await reception.ask(guest, found, patience=SOON)
    if isinstance(answer, Refusal):
        return answer
    desk, sellers = answer
    if isinstance(sellers, Refusal) or desk is None:
        return sellers if isinstance(sellers, Refusal) else MOVED_ON
    known = next((one for one in sellers if one.id == seller), None)
    return forms.of_seller(desk, known, guest.reader, guild), ""


async def _chosen(
    reception: Reception, interaction: discord.Interaction, press: Pressed, guest: Guest
) -> Reply:
    """An answer to the dialogue's question: what comes next takes its place, and keeps its notice's id."""
    asking = asking_in(press.name)
    if asking is None:
        raise Malformed(press.name)
    answer = await reception.put(
        guest,
        lambda desk_id: do.Choose(
            key=key_of(interaction),
            desk=desk_id,
            actor=guest.actor,
            asking=asking,
            value=press.value,
            at=reception.now(),
        ),
    )
    if isinstance(answer, Refusal):
        return told(guest, answer)
    notice = None if interaction.message is None else notice_in(interaction.message)
    return Instead(render.answer(guest.reader, answer, notice=notice))


async def _pick(
    reception: Reception, interaction: discord.Interaction, press: Pressed, guest: Guest
) -> Reply:
    """The desk's sellers, to choose from instead of writing a name; of very many, the first."""
    del press
    found = await reception.ask(guest, reception.desk.store.sellers)
    if isinstance(found, Refusal):
        return told(guest, found)
    options = tuple((one.id, one_line(one.name) or one.id) for one in found[:MOST_OPTIONS])
    others = tuple(
        Button(each.custom_id or "", each.label or "")
        for row in ([] if interaction.message is None else interaction.message.components)
        for each in (row.children if isinstance(row, discord.ActionRow) else ())
        if isinstance(each, discord.Button) and each.custom_id != render.PICK_SELLER
    )
    lists_ = ((Select(f"ask:{Asking.SELLER}", options),),) if options else ()
    return Below((*lists_, *rows(others)))


async def _desk(
    reception: Reception, interaction: discord.Interaction, press: Pressed, guest: Guest
) -> Reply:
    """The desk that was meant: what was asked of it is done now, or the message is read again for it."""
    what, desk = press.name, DeskId(press.value)
    guest = at_desk(guest, desk)
    try:
        if desk not in await reception.desks.of(guest.user):
            raise Malformed(what)
        if not (what.isascii() and what.isdigit()):
            word, _, rest = what.partition(".")
            return await commands.done(reception, interaction, Said(f"inquiry {word}", rest), guest)
        channel = interaction.channel
        if not isinstance(channel, discord.abc.Messageable):
            raise Malformed(what)
        with translating(sending=False):
            message = await channel.fetch_message(int(what))
        if await listen.meant(reception, message, guest) == UNAVAILABLE:
            return told(guest, UNAVAILABLE)
        return Instead(await choosing.chosen(reception, guest, desk))
    except Unavailable:
        return told(guest, UNAVAILABLE)
    except DeskError:
        return told(guest, MOVED_ON)


_KINDS: dict[str, Callable[[Reception, discord.Interaction, Pressed, Guest], Awaitable[Reply]]] = {
    "act": _act,
    "ask": _chosen,
    "edit": _edit,
    "more": _more,
    "desk": _desk,
    "pick": _pick,
}
