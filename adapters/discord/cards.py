"""The cards that messages hang under, and whether the store knows them yet.

Asked by `listen` where an inquiry was not found: between posting a card and noting its receipt lies an
instant, and half a minute where Henji was killed in it. Decides nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from adapters.discord.channels import notice_in
from adapters.discord.errors import translating
from adapters.discord.parse import Heard, workspace_of
from adapters.discord.reception import Reception
from core.errors import DeskError, Unavailable
from core.inquiry import is_card

_PATIENCE = 5.0  # seconds for a question about what was written, behind which the next message waits


async def never() -> bool:
    """What hangs under no card is never too early."""
    return False


def early(
    reception: Reception,
    guild: discord.Guild,
    words: Heard,
    under_card: Callable[[], Awaitable[bool]],
) -> Callable[[], Awaitable[bool]]:
    """Whether the store may not have known the card when the message was put: then it is put again.

    So it is also where the card is known by now: its receipt may have come in between.
    """
    known = False

    async def again() -> bool:
        nonlocal known
        if known:
            return False
        known = await _known(reception, guild, words)
        return known or await under_card()

    return again


def replies_to_card(said: discord.Message) -> bool:
    """Whether a message replies to one of our cards."""
    answered = None if said.reference is None else said.reference.resolved
    notice = notice_in(answered) if isinstance(answered, discord.Message) else None
    return notice is not None and is_card(notice)


async def has_card(thread: discord.Thread) -> bool:
    """Whether a thread of ours hangs under a card; one that stands for a DM always does."""
    if thread.is_private():
        return True
    parent = thread.parent
    if not isinstance(parent, discord.TextChannel):
        return False
    try:
        with translating(sending=False):
            async with asyncio.timeout(_PATIENCE):
                notice = notice_in(await parent.fetch_message(thread.id))
    except DeskError:
        return False
    return notice is not None and is_card(notice)


async def _known(reception: Reception, guild: discord.Guild, words: Heard) -> bool:
    """Whether the store knows the card: then that there is nothing to answer means that it was taken."""
    try:
        desk_id = await reception.desk.desk_of(workspace_of(guild.id))
        if desk_id is None or words.root is None:
            return False
        return await reception.desk.owns(desk_id, words.place, words.root)
    except Unavailable:
        return False
