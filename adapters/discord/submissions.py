"""Forms that people sent: each becomes a command, and whoever sent it is told, alone, what came of it.

Called by `app` with modals' submissions. Discord closes a form that was sent, so a refusal comes with a
button that opens it again with all that was entered.
"""

from dataclasses import replace

import discord
import structlog

from adapters.discord.aside import Reply
from adapters.discord.blocks import Button
from adapters.discord.guest import Guest, at_desk, told
from adapters.discord.inputs import Values
from adapters.discord.markdown import PEOPLE
from adapters.discord.parse import FormId, Malformed, channel_around, data_of, form_of
from adapters.discord.reception import MOVED_ON, UNAVAILABLE, Reception
from adapters.discord.submitted import Submitted, read, values_in
from core.answers import AnyAnswer, DeskReady
from core.counter import set_up, submit
from core.entering import Sender
from core.entries import Basics, Hours
from core.errors import Refused, Unavailable
from core.ids import DeskId
from core.refusal import Refusal
from core.wording import button

_log = structlog.get_logger(__name__)


async def submitted(reception: Reception, interaction: discord.Interaction) -> Reply:
    """Do what a form says."""
    guest = reception.guest(interaction)
    data = data_of(interaction)
    try:
        form, values = form_of(str(data.get("custom_id"))), values_in(data)
        guest = await _at_their_desk(reception, guest, form)
        answer = await _answer(reception, interaction, form, values, guest)
    except Malformed as error:
        _log.warning("discord.malformed", what=str(error)[:40])
        return told(guest, MOVED_ON)
    if isinstance(answer, Refusal):
        reception.kept.keep(guest, form.name, form.about, values)
        return told(guest, answer, _button(guest, "edit", f"edit:{form.name}:{form.about}"))
    reception.kept.drop(guest, form.name, form.about)
    more = isinstance(answer, DeskReady) and form.name == "setup"
    return told(guest, answer, _button(guest, "more", "more:hours") if more else None)


async def _at_their_desk(reception: Reception, guest: Guest, form: FormId) -> Guest:
    """In direct messages a form names the desk it is for, which has to be one of theirs; raises Malformed."""
    if guest.workspace is not None or not form.desk:
        return guest
    try:
        if form.desk not in await reception.desks.noted(guest.user):
            raise Malformed(form.name)
    except Unavailable:
        pass  # which the desk will say
    return await reception.present(at_desk(guest, DeskId(form.desk)))


async def _answer(
    reception: Reception,
    interaction: discord.Interaction,
    form: FormId,
    values: Values,
    guest: Guest,
) -> AnyAnswer:
    try:
        entered = read(form, values, interaction.guild_id)
    except Refused as refused:
        return refused.refusal
    actor = guest.actor
    if form.name == "new":  # what it opens is told there, where its buyer takes no direct messages
        actor = replace(actor, place=channel_around(interaction))
    sender = Sender(
        key=form.key,
        actor=actor,
        at=reception.now(),
        zone=guest.reader.zone,
        workspace=guest.workspace or PEOPLE,
        shown=(PEOPLE,) if guest.workspace is None else (PEOPLE, guest.workspace),
    )
    return await _put(reception, entered, sender, guest)


async def _put(reception: Reception, entered: Submitted, sender: Sender, guest: Guest) -> AnyAnswer:
    if not isinstance(entered, Basics | Hours):

        async def put(desk_id: DeskId) -> AnyAnswer:
            await reception.met(guest, desk_id)
            return await submit(reception.desk, entered, sender, desk_id, reception.new_seller)

        return await reception.ask(guest, put)
    if guest.workspace is None:
        return MOVED_ON
    try:
        desk_id = await reception.desk_id(guest)
        return await set_up(reception.desk, entered, sender, desk_id, reception.new_desk)
    except Unavailable:
        return UNAVAILABLE


def _button(guest: Guest, act: str, custom_id: str) -> Button:
    return Button(custom_id, button(guest.reader.book, guest.reader.lang, act), "primary")
