"""What people write on Discord: in the threads of cards, to the cards themselves, in direct messages.

Called by `app` with every message. One in an inquiry's thread or in a DM becomes a command, and whoever wrote
it is answered by a reaction, or in their DM by a sentence; all else is none of ours. Discord tells of a
message once: what the desk can't take now is tried again for a minute, and then left to be read back.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import discord
import structlog

from adapters.aio import sleep
from adapters.discord import render
from adapters.discord.cards import early, has_card, never, replies_to_card
from adapters.discord.choosing import ask_which
from adapters.discord.errors import translating
from adapters.discord.guest import Guest, at_desk
from adapters.discord.parse import (
    Heard,
    Malformed,
    heard,
    person_of,
    place_in,
    place_of,
    post_of,
    replied_to,
    root_of,
    talk_of,
)
from adapters.discord.reception import NO_DESK, UNAVAILABLE, Reception
from core.answers import AnyAnswer, Nothing, Sent
from core.errors import DeskError, Unavailable
from core.ids import Key, dm_with
from core.records import Desk
from core.refusal import Refusal

_AGAIN = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between tries: together longer than a card may stand before the store knows that it was posted."""

_FRESH = timedelta(minutes=2)
"""How old a thread may be whose card the store does not know of yet."""

_PATIENCE = 5.0  # seconds for a question about what was written, behind which the next message waits

_log = structlog.get_logger(__name__)


async def message(reception: Reception, said: discord.Message) -> None:
    """Somebody wrote. What is written in one channel is taken in the order in which it comes."""
    if said.author.bot or said.webhook_id is not None:
        return
    async with reception.turn(said.channel.id):
        if said.guild is None:
            await _in_dm(reception, said)
            return
        thread = await _thread(reception, said)
        if thread is not None:
            await _in_thread(reception, said, thread)
        elif _replies_to(said, reception.me.user):
            await _below_card(reception, said, said.guild)
        elif any(each.id == reception.me.user for each in said.mentions):
            await _called(reception, said)


async def meant(reception: Reception, said: discord.Message, guest: Guest) -> AnyAnswer:
    """Take a message in a DM for the desk that its writer chose; raises Malformed where it is not theirs.

    They are told below it as ever; the answer is for whoever asked.
    """
    words = heard(said, guest.actor.place, None)
    if words is None or words.user != guest.user:
        raise Malformed("message")
    answer = await reception.put(guest, lambda desk_id: talk_of(words, desk_id, guest.actor))
    if answer != UNAVAILABLE:
        await _tell(reception, said, words, guest, answer)
    return answer


async def _in_thread(reception: Reception, said: discord.Message, thread: discord.Thread) -> None:
    """In a card's thread, or in the one that stands for somebody's DM."""
    place = place_in(thread, thread.guild.id, said.author.id, reception.me.user)
    words = heard(said, place, root_of(thread, reception.me.user))
    if words is None:
        return
    ours = thread.owner_id == reception.me.user
    fresh = said.created_at - discord.utils.snowflake_time(thread.id) < _FRESH
    too_early = early(reception, thread.guild, words, lambda: has_card(thread)) if ours and fresh else never
    await _in_line(reception, said, words, too_early, ours=ours)


async def _below_card(reception: Reception, said: discord.Message, guild: discord.Guild) -> None:
    """A reply to a message of ours in the channel itself, where people may answer the card."""
    words = heard(said, place_of(guild.id, said.channel.id), replied_to(said))

    async def to_card() -> bool:
        return replies_to_card(said)

    if words is not None:
        await _in_line(reception, said, words, early(reception, guild, words, to_card), ours=True)


async def _in_line(
    reception: Reception,
    said: discord.Message,
    words: Heard,
    early: Callable[[], Awaitable[bool]],
    *,
    ours: bool,
) -> None:
    """What was written for an inquiry, if its root is one's; `ours` tells that it was surely meant for us."""
    if words.blank and not reception.me.reads_messages:
        if ours and reception.asides.first_time(Key(f"unreadable:{words.root}:{words.user}")):
            await _unreadable(reception, said, words)
        return

    async def post() -> tuple[Guest, AnyAnswer]:
        guest = await reception.writer(said, words.place)
        return guest, await reception.ask(
            guest, lambda desk_id: reception.desk.handle(post_of(words, desk_id, guest.actor))
        )

    guest, answer = await _insisting(reception, post, early)
    if guest is not None and (ours or answer not in {NO_DESK, UNAVAILABLE}):
        await _tell(reception, said, words, guest, answer)


async def _in_dm(reception: Reception, said: discord.Message) -> None:
    """A reply to one of ours belongs to its inquiry; all else is for the dialogue of the desk they mean."""
    place = dm_with(person_of(said.author.id))
    words = heard(said, place, replied_to(said))
    if words is None:
        return

    async def put() -> tuple[Guest, AnyAnswer | None]:
        guest = await reception.writer(said, place)
        return guest, await _put(reception, said, words, guest)

    guest, answer = await _insisting(reception, put, never)
    if guest is not None and answer is not None:
        await _tell(reception, said, words, guest, answer)


async def _put(reception: Reception, said: discord.Message, words: Heard, guest: Guest) -> AnyAnswer | None:
    """What the desk says to a DM; None where its writer is asked which desk they mean. Raises Unavailable."""
    if words.root is not None:
        desk = await reception.desks.of_reply(guest.user, said, words.root)
        if desk is not None:
            theirs = at_desk(guest, desk)
            answer = await reception.put(theirs, lambda desk_id: post_of(words, desk_id, guest.actor))
            if isinstance(answer, Nothing) and replies_to_card(said):
                if not await reception.desk.owns(desk, words.place, words.root):
                    return UNAVAILABLE  # as good as: its receipt has not come yet
                answer = await reception.put(theirs, lambda desk_id: post_of(words, desk_id, guest.actor))
            if not isinstance(answer, Nothing):
                return answer
            # People also reply to the dialogue's question, which is no inquiry's.
            return await reception.put(theirs, lambda desk_id: talk_of(words, desk_id, guest.actor))
    desks = await reception.desks.meant(guest.user)
    if len(desks) > 1:
        await reception.asides.refuse(said, await ask_which(reception, guest, desks, str(said.id)))
        return None
    if not desks:
        return NO_DESK
    theirs = at_desk(guest, desks[0])
    return await reception.put(theirs, lambda desk_id: talk_of(words, desk_id, guest.actor))


async def _insisting(
    reception: Reception,
    put: Callable[[], Awaitable[tuple[Guest, AnyAnswer | None]]],
    early: Callable[[], Awaitable[bool]],
) -> tuple[Guest | None, AnyAnswer | None]:
    """Put something until the desk takes it; what it does not take within a minute is left to be read back.

    So is what was written below a card that was posted, and that the store does not know of yet: it is so for
    half a minute where Henji was killed in between.
    """
    guest: Guest | None = None
    answer: AnyAnswer | None = UNAVAILABLE
    for pause in (*_AGAIN, None):
        try:
            guest, answer = await put()
        except Unavailable:
            answer = UNAVAILABLE
        if answer != UNAVAILABLE and not (isinstance(answer, Nothing) and await early()):
            return guest, answer
        if pause is not None:
            await sleep(pause)
    _log.warning("discord.not_taken")
    reception.on_gap(reception.now())
    return guest, answer


async def _tell(
    reception: Reception, said: discord.Message, words: Heard, guest: Guest, answer: AnyAnswer | None
) -> None:
    """A sign on what was sent; a sentence, to its writer alone, about what was not."""
    match answer:
        case Sent(left=()):
            await reception.asides.nod(said)
        case Nothing() | None:
            return
        case _:
            reason = answer.reason if isinstance(answer, Refusal) else ""
            if reception.asides.first_time(Key(f"{words.key}:{reason}")):
                reader = reception.reader(guest.actor.lang, None)
                await reception.asides.refuse(said, render.answer(reader, answer))


async def _unreadable(reception: Reception, said: discord.Message, words: Heard) -> None:
    """What may not be read is not carried. It is told in the language of the card, whose button is named."""
    try:
        guest = await reception.writer(said, words.place)
        desk = await reception.ask(guest, reception.desk.store.desk)
    except Unavailable:
        return
    known = desk.languages.get(words.place) if isinstance(desk, Desk) else None
    reader = reception.reader(known or guest.actor.lang, None)
    await reception.asides.refuse(said, render.answer(reader, Refusal(reason="unreadable")))


async def _called(reception: Reception, said: discord.Message) -> None:
    """Somebody called us by name outside any thread: they want to know what there is to type."""
    if reception.asides.first_time(Key(f"help:{said.id}")):
        try:
            guest = await reception.writer(said, place_in(said.channel, None, said.author.id, 0))
        except Unavailable:
            return
        await reception.asides.whisper(said.author, render.instructions(guest.reader, "inquiry"))


async def _thread(reception: Reception, said: discord.Message) -> discord.Thread | None:
    """The thread a message stands in; one that was asleep when we came is asked for."""
    channel = said.channel
    if not isinstance(channel, discord.PartialMessageable):
        return channel if isinstance(channel, discord.Thread) else None
    try:
        with translating(sending=False):
            async with asyncio.timeout(_PATIENCE):
                found = await reception.client.fetch_channel(channel.id)
    except DeskError as error:
        _log.warning("discord.channel_unknown", channel=channel.id, why=str(error))
        return None
    return found if isinstance(found, discord.Thread) else None


def _replies_to(said: discord.Message, me: int) -> bool:
    """Whether a message replies to one of ours."""
    answered = None if said.reference is None else said.reference.resolved
    return isinstance(answered, discord.Message) and answered.author.id == me and replied_to(said) is not None
