"""Asks somebody who has to do with several desks which one they mean, in direct messages.

Used by `commands` and `listen`, which ask, and by `acts`, which gets the choice: all that is to be done for
the desk is in the list's id (`desk:<what>`), and is done only when one was chosen. No state is kept.
"""

from collections.abc import Sequence

import structlog

from adapters.discord import render
from adapters.discord.blocks import Drawn, Select
from adapters.discord.guest import Guest
from adapters.discord.reception import UNAVAILABLE, Reception
from core.errors import Unavailable
from core.ids import DeskId
from core.said import Told
from core.text import one_line
from core.wording import desk_chosen, which_desk

_log = structlog.get_logger(__name__)
_MOST = 90  # of the 100 characters of an id


async def ask_which(reception: Reception, guest: Guest, desks: Sequence[DeskId], what: str) -> Drawn:
    """The question, with the desks to choose from."""
    try:
        found = [await reception.desk.store.desk(each) for each in desks]
    except Unavailable:
        return render.answer(guest.reader, UNAVAILABLE)
    options = tuple((desk.id, one_line(desk.name) or desk.id) for desk in found if desk is not None)
    told = which_desk(reception.book, guest.actor.lang)
    return render.draw(guest.reader, told, controlled=((Select(f"desk:{what}"[:_MOST], options),),))


async def chosen(reception: Reception, guest: Guest, desk_id: DeskId) -> Drawn:
    """What takes the question's place. Raises Unavailable."""
    desk = await reception.desk.store.desk(desk_id)
    told = Told(head=()) if desk is None else desk_chosen(reception.book, guest.actor.lang, desk.name)
    return render.draw(guest.reader, told)
