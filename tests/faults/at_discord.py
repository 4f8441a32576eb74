"""Somebody at Discord's client, behind the seam of `sides`.

Made by `on_discord`. They are told by a sign on what they wrote, or in their DM, and wait for it a while;
where Henji dies meanwhile, they are told nothing.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from core.ids import PersonId, PlaceId, dm_with, person_of_dm
from tests.emulators.discord import Answer, Channel, Message, Person
from tests.emulators.discord.records import ChannelKind
from tests.emulators.discord.transcript import of_person
from tests.faults.sides import Answered, Entered, Post, Submitted, Written
from tests.waiting import until

if TYPE_CHECKING:
    from tests.faults.on_discord import DiscordSide

T = TypeVar("T")

WAITS = 2.0
"""Seconds that somebody waits to be told what became of a message."""

_DONE, _NOT_DONE = "\N{WHITE HEAVY CHECK MARK}", "\N{WARNING SIGN}\N{VARIATION SELECTOR-16}"
_THINKING = "(thinking)"
_EDIT = "[修正]"
"""The button that comes with a form's refusal."""

NOT_DONE = "it was not done"


class DiscordSaid:
    """A message of somebody's."""

    def __init__(self, message: Message) -> None:
        self.message = message

    @property
    def nodded(self) -> bool:
        """Whether Henji's sign stands on it by now."""
        return _DONE in self.message.reactions


class DiscordClient:
    """Somebody at Discord's client."""

    def __init__(self, side: "DiscordSide", at: Person) -> None:
        self.at = at
        self.name = at.name
        self.person = PersonId(f"discord:users:{at.id}")
        self.inbox = dm_with(self.person)
        self._side = side

    @property
    def takes_dms(self) -> bool:
        """Whether Henji can write to them directly."""
        return not self.at.user.dms_closed

    async def lists(self, place: PlaceId) -> None:
        """Ask for the list."""
        await self._told(self.at.command("/inquiry list", channel=self._place(place)))

    async def shows(self, number: int, place: PlaceId) -> str:
        """Ask for an inquiry with its log."""
        answer = await self.at.command("/inquiry show", number=str(number), channel=self._place(place))
        assert answer.message is not None, answer
        return self._side.rendered(answer.message)

    async def begins(self, shop: str, place: PlaceId) -> bool:
        """Ask for the form, naming the seller."""
        await self._told(self.at.command("/inquiry new", seller=shop, channel=self._place(place)))
        return self.has_form

    async def dm(self, text: str) -> DiscordSaid:
        """Write to Henji directly, and wait for a sign or for whatever it writes."""
        before = set(self.at.inbox.messages)
        said = DiscordSaid(await self.at.dm(text))
        ours = {said.message.id}
        await self._waits(lambda: said.nodded or bool(set(self.at.inbox.messages) - before - ours))
        return said

    async def says(self, text: str, under: Post, *, file: str, waits: bool) -> Written:
        """Write under a post: in its thread, in a DM as a reply to it."""
        before = set(self.at.inbox.messages)
        where = self._side.thread_or_channel(under)
        card = None if where.kind is ChannelKind.PRIVATE_THREAD else self._side.message(under)
        files = (file,) if file else ()
        said = DiscordSaid(await self.at.says(text, channel=where, thread=card, files=files))
        if waits:
            await self._waits(lambda: said.nodded or bool(self._refusal(said.message, before)))
        return Written(said, taken=False, told=self._refusal(said.message, before))

    async def presses(self, label: str, on: Post) -> Answered:
        """Press a button."""
        return await self._answered(self.at.presses(label, on=self._side.message(on)))

    async def chooses(self, option: str, on: Post) -> Answered:
        """Choose from the select."""
        return await self._answered(self.at.chooses(option, on=self._side.message(on)))

    async def names(self, shop: str, on: Post) -> None:
        """Answer which seller is meant, in words."""
        del on
        await self.dm(shop)

    @property
    def has_form(self) -> bool:
        """Whether a form is in front of them."""
        return self.at.view is not None

    async def enters(self, entered: Mapping[str, Entered]) -> None:
        """Fill in the form, by its labels."""
        form = self.at.view
        assert form is not None
        await form.fill(dict(entered))

    async def submits(self) -> Submitted:
        """Send the form, and read what they are answered; a refusal comes with a button."""
        form = self.at.view
        assert form is not None
        submission = await self._told(form.submit())
        if submission is None:
            return Submitted(done=None, told="")
        told = "\n".join(self._read(submission.message))
        if submission.outcome == "errors":
            return Submitted(done=None, told="\n".join(submission.errors.values()))
        promised = submission.message is not None and not told
        if submission.outcome == "failed" or promised:
            return Submitted(done=None, told=told)
        return Submitted(done=_EDIT not in told, told=told)

    async def closes(self) -> None:
        """Close the form."""
        if self.at.view is not None:
            await self.at.view.close()

    def transcript(self) -> str:
        """Everything on their screen."""
        return of_person(self.at)

    async def _answered(self, act: Coroutine[None, None, Answer]) -> Answered:
        answer = await self._told(act)
        return (
            Answered(ok=False, told=()) if answer is None else Answered(answer.ok, self._read(answer.message))
        )

    async def _told(self, act: Coroutine[None, None, T]) -> T | None:
        """Do it, and wait for the answer; None where nobody is there to give one."""
        doing = asyncio.gather(act)
        await until(lambda: doing.done() or self._side.asleep())
        if not doing.done():
            doing.cancel()
            with suppress(asyncio.CancelledError):
                await doing
            return None
        [told] = await doing
        return told

    async def _waits(self, told: Callable[[], bool]) -> None:
        """Wait until they are told, or nobody listens any more, or for as long as people do."""
        loop = asyncio.get_running_loop()
        enough = loop.time() + WAITS
        await until(lambda: told() or self._side.asleep() or loop.time() > enough)

    def _refusal(self, said: Message, before: set[str]) -> list[str]:
        """What they were told instead of a sign: in their DM, or by another sign where they take none."""
        if _NOT_DONE in said.reactions:
            return [NOT_DONE]
        inbox = self.at.inbox.messages
        new = (inbox[each] for each in inbox if each not in before)
        bot = self._side.discord.bot.id
        return [self._side.rendered(each) for each in new if each.author == bot and not notice_in(each)]

    def _read(self, message: Message | None) -> list[str]:
        text = "" if message is None else self._side.rendered(message)
        return [] if text in {"", _THINKING} else [text]

    def _place(self, place: PlaceId) -> Channel:
        """A place as they can be in it: whoever takes no DMs is in the guild's channel instead."""
        closed = person_of_dm(place) is not None and not self.takes_dms
        return self._side.at(self._side.general if closed else place)


def notice_in(message: Message) -> str:
    """The id of a notice in a message's small print; what is said aside names its desk alone."""
    footers = [str(each["footer"]["text"]) for each in message.embeds if each.get("footer")]
    name = footers[-1].rpartition(" · ")[2] if footers else ""
    return "" if name.endswith(".") else name
