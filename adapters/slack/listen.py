"""What Slack tells of its own accord: messages, mentions, that Henji was added to a channel or removed.

Called by `app` with events. A message in an inquiry's thread or in the DM becomes a command, and whoever
wrote it is answered there, privately; all else is none of ours. Each returns whether the event is settled: if
not, the desk is away or does not know of its own card yet, and Slack is to deliver the event again.
"""

import asyncio

from adapters.slack import render
from adapters.slack.channels import notice_in
from adapters.slack.parse import Heard, Payload, heard, place_of, post_of, talk_of
from adapters.slack.reception import NO_DESK, UNAVAILABLE, Guest, Reception
from adapters.slack.written import mentioned
from core.answers import AnyAnswer, Nothing, Sent
from core.commands import ReportTrouble
from core.errors import DeskError
from core.ids import DeskId, Key, Lang, MessageId, person_of_dm
from core.inquiry import is_card
from core.records import Desk
from core.refusal import Refusal

_LANG: Lang = "ja"
_ZONE = "Asia/Tokyo"
_PATIENCE = 1.0  # of the 3 s within which Slack wants its acknowledgement


async def message(reception: Reception, event: Payload) -> bool:
    """Somebody wrote: in a thread it may be an inquiry's, in the DM it is for the dialogue."""
    said = heard(event, reception.me.workspace)
    if said is None or (said.thread is None and not _in_dm(said)):
        return True
    guest = await reception.guest(said.user, said.place)
    for user in mentioned(said.text):
        await reception.people.of(user)
    answer = await _put(reception, event, said, guest)
    if answer is None:
        return False
    await _tell(reception, event, said, guest, answer)
    return answer is not UNAVAILABLE


async def mention(reception: Reception, event: Payload) -> bool:
    """Somebody called us by name: in a thread it is a message like any other, elsewhere a call for help."""
    said = heard(event, reception.me.workspace)
    if said is None or said.thread is not None:
        return await message(reception, event)
    if reception.asides.first_time(Key(f"{said.key}:help")):
        guest = await reception.guest(said.user, said.place)
        help_lines = render.instructions(guest.reader, "inquiry")
        await reception.asides.whisper(str(event["channel"]), said.user, None, help_lines)
    return True


async def joined(reception: Reception, event: Payload) -> bool:
    """Somebody was added to a channel. If it was us, we say what for; what was kept for it is delivered."""
    if event.get("user") != reception.me.user:
        return True
    channel = str(event["channel"])
    place = place_of(reception.me.workspace, channel, "")
    desk = await reception.ask(reception.desk.store.desk)
    lang = desk.languages.get(place) if isinstance(desk, Desk) else None
    if lang is None and event.get("inviter"):
        lang = (await reception.people.of(str(event["inviter"]))).lang
    if reception.asides.first_time(Key(f"greet:{channel}:{event.get('event_ts')}")):
        await reception.asides.greet(channel, render.welcome(reception.reader(lang or _LANG, _ZONE)))

    async def wake(desk_id: DeskId) -> None:
        await reception.outbox.wake(place, desk_id)

    return await reception.ask(wake) is not UNAVAILABLE


async def uninstalled(reception: Reception, event: Payload) -> bool:
    """The app was taken off the workspace: its desk's staff hear of it where they still can."""
    del event
    workspace = reception.me.workspace
    key = Key(f"removed:{workspace}:{reception.now():%Y-%m-%d}")
    answer = await reception.put(
        lambda desk_id: ReportTrouble(key=key, desk=desk_id, kind="removed", workspace=workspace)
    )
    return answer is not UNAVAILABLE


async def _put(reception: Reception, event: Payload, said: Heard, guest: Guest) -> AnyAnswer | None:
    """What the desk says to it; None where the message has to come again."""
    names = reception.people.known

    async def post() -> AnyAnswer:
        return await reception.put(lambda desk_id: post_of(said, desk_id, guest.actor, names))

    if said.thread is not None:
        answer = await post()
        if isinstance(answer, Nothing) and event.get("parent_user_id") == reception.me.user:
            known = await _known(reception, said)
            if known is UNAVAILABLE or (known is not True and await _under_card(reception, said)):
                return None
            if known is True:  # perhaps only since a moment ago
                answer = await post()
        if not isinstance(answer, Nothing) or not _in_dm(said):
            return answer
        # People also answer the dialogue's question in the thread below it, which is no inquiry's.
    return await reception.put(lambda desk_id: talk_of(said, desk_id, guest.actor, names))


async def _known(reception: Reception, said: Heard) -> bool | Refusal:
    """Whether the store has the receipt of what it hangs under."""

    async def known(desk_id: DeskId) -> bool:
        return await reception.desk.owns(desk_id, said.place, MessageId(said.thread or ""))

    return await reception.ask(known)


async def _under_card(reception: Reception, said: Heard) -> bool:
    """Whether it hangs under a card that was posted, and whose receipt the store does not have yet.

    So it is for half a minute where Henji was killed in between. Slack delivers the message again after one:
    https://docs.slack.dev/apis/events-api#retries
    """
    thread = MessageId(said.thread or "")
    try:
        async with asyncio.timeout(_PATIENCE):
            async for message in reception.channels.posted(said.place, thread, thread):
                notice = notice_in(message)
                return notice is not None and is_card(notice)
    except (DeskError, TimeoutError):
        return True
    return False


async def _tell(reception: Reception, event: Payload, said: Heard, guest: Guest, answer: AnyAnswer) -> None:
    """A sign on what was sent; a sentence, to its writer alone, about what was not."""
    channel = str(event["channel"])
    match answer:
        case Sent(left=()):
            await reception.asides.nod(channel, said.ts)
        case Refusal() if (answer in {NO_DESK, UNAVAILABLE}) and not _ours(reception, event, said):
            return
        case Nothing():
            return
        case _:
            reason = answer.reason if isinstance(answer, Refusal) else ""
            if reception.asides.first_time(Key(f"{said.key}:{reason}")):
                drawn = render.answer(guest.reader, answer)
                await reception.asides.whisper(channel, said.user, said.thread, drawn)


def _ours(reception: Reception, event: Payload, said: Heard) -> bool:
    """Whether it was surely meant for us: people talk among themselves in the threads of our channels too."""
    return _in_dm(said) or event.get("parent_user_id") == reception.me.user


def _in_dm(said: Heard) -> bool:
    return person_of_dm(said.place) is not None
