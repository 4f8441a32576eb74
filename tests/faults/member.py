"""Somebody who acts under load: writes, presses, fills in forms, and writes down what they were told of it.

The hands that buyers, sellers and staff share. What is told is taken from the screen alone; where nothing was
told, or that nobody knows, the record says so.
"""

import asyncio
import random  # noqa: TID251 -- seeded by the test, so that a run can be repeated
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from tests.emulators.slack import Channel, Form, ImpossibleError, Message, Person
from tests.emulators.slack.forms import Value
from tests.emulators.slack.rendering import block_lines
from tests.faults.life import Life
from tests.faults.record import NODDED, Act, Kind, Outcome, Record
from tests.faults.scene import Scene
from tests.waiting import until

THINKS = 0.4
"""Seconds that somebody thinks at most before they act again."""

NOBODY_KNOWS = "ただいま保存ができない"

_OPENED = re.compile(r"#(\d+)を受け付けました")

Deed = Callable[[], Coroutine[object, object, None]]


@dataclass(frozen=True)
class Button:
    """A button: how it reads, what whoever pressed it is told, and what the others read in the threads."""

    label: str
    done: str
    words: str = ""


class Member:
    """Somebody, where they usually are."""

    def __init__(self, scene: Scene, record: Record, person: Person, home: Channel, seed: str) -> None:
        self.scene = scene
        self.record = record
        self.person = person
        self.home = home
        self.luck = random.Random(seed)  # noqa: S311 -- nothing here is a secret
        self._unsent: tuple[Form, Act] | None = None

    async def lives(self, life: Life) -> None:
        """Do one thing after another until Henji is killed."""
        clock = asyncio.get_running_loop().time
        while not life.over:
            then = clock() + self.luck.uniform(0, THINKS)
            await until(lambda: life.over or clock() >= then)  # noqa: B023 -- asked before the next round
            if not life.over:
                await self.acts()

    async def acts(self) -> None:
        """Do something that can be done; what Slack's client does not allow is left."""
        deeds = self.deeds()
        [deed] = self.luck.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])
        try:
            await deed()
        except ImpossibleError:  # the button has gone, or the options did not come
            while (form := self.person.view) is not None:
                await form.close()
            self._unsent = None

    def deeds(self) -> list[tuple[Deed, float]]:
        """What they might do now, and how likely."""
        raise NotImplementedError

    # what they see

    def cards(self) -> list[tuple[int, str, Message]]:
        """The cards in front of them, without those that are to be left alone."""
        return [each for each in self.scene.cards(self.home) if each[0] not in self.scene.quiet]

    def shown_alone(self) -> dict[str, Message]:
        """What only they see, by its stamp."""
        hidden = self.scene.slack.world.ephemerals
        return {ts: each for ts, each in hidden.items() if each.ephemeral_to == self.person.id}

    # what they do

    async def looks(self) -> None:
        """Ask for the list, which changes nothing."""
        await self.person.command("/inquiry list", channel=self.home)

    async def says(self, kind: Kind, number: int, card: Message, to: Channel | None) -> None:
        """Write under a card."""
        token = self.record.token()
        act = self.record.begins(Act(kind, self.person.name, (token,), number, to))
        before, acked = set(self.shown_alone()), len(self.scene.slack.delivery.acknowledged)
        act.said = await self.person.says(f"{kind.value} {token}", channel=self.home, thread=card)
        told = [
            self.scene.text(each)
            for ts, each in self.shown_alone().items()
            if ts not in before and each.channel == self.home.id and each.thread_ts == card.ts
        ]
        taken = any(
            each.payload.get("event", {}).get("ts") == act.said.ts
            for each in self.scene.slack.delivery.acknowledged[acked:]
        )
        self.record.ends(act, _of_message(act.said, kind, told, taken=taken), "\n".join(told))

    async def presses(self, button: Button, number: int, on: Message, places: tuple[Channel, ...]) -> None:
        """Press a button on a card."""
        act = Act(Kind.PRESS, self.person.name, number=number, words=button.words, places=places)
        if f"[{button.label}]" not in self.scene.text(on):
            return
        self.record.begins(act)
        before = set(self.shown_alone())
        answer = await self.person.presses(button.label, on=on)
        told = [self.scene.text(each) for ts, each in self.shown_alone().items() if ts not in before]
        result = Outcome.UNTOLD
        if any(button.done in each for each in told):
            result = Outcome.DONE
        elif answer.ok and len(told) == 1 and NOBODY_KNOWS not in told[0]:
            result = Outcome.REFUSED
        self.record.ends(act, result, "\n".join(told))

    async def sends(self, act: Act, fields: dict[str, Value]) -> None:
        """Fill in the form that has just opened, and send it."""
        form = self.person.view
        if form is None:
            return
        await form.fill(fields)
        self.record.begins(act)
        await self._submits(form, act)

    async def sends_again(self) -> None:
        """Send a form anew of which they were told nothing: it is still in front of them."""
        if self._unsent is None:
            return
        form, before = self._unsent
        again = Act(
            before.kind, before.by, before.tokens, before.number, before.to, before.words, before.places
        )
        self.record.begins(again)
        await self._submits(form, again)

    @property
    def has_unsent(self) -> bool:
        """Whether such a form is in front of them."""
        return self._unsent is not None

    async def _submits(self, form: Form, act: Act) -> None:
        self._unsent = (form, act)
        submission = await form.submit()
        match submission.outcome:
            case "updated":
                read = "\n".join(block_lines(form.view.body["blocks"], self.scene.slack.world.reader()))
                act.number = act.number or number_opened(read)
                self.record.ends(act, Outcome.DONE, read)
            case "closed":
                self.record.ends(act, Outcome.DONE)
            case "errors":
                told = "\n".join(submission.errors.values())
                unknown = submission.by_client or NOBODY_KNOWS in told
                self.record.ends(act, Outcome.UNTOLD if unknown else Outcome.REFUSED, told)
            case _:
                return
        if act.result is not Outcome.UNTOLD:
            self._unsent = None
            await form.close()


def number_opened(told: str) -> int | None:
    """The number of the inquiry that has just been opened, as it is told."""
    found = _OPENED.search(told)
    return None if found is None else int(found[1])


def _of_message(said: Message, kind: Kind, told: list[str], *, taken: bool) -> Outcome:
    """What somebody knows of a message they wrote: by its sign, by a sentence, or for a note by silence."""
    if NODDED in said.reactions:
        return Outcome.DONE
    if not taken or any(NOBODY_KNOWS in each for each in told):
        return Outcome.UNTOLD
    if told:
        return Outcome.REFUSED
    return Outcome.DONE if kind is Kind.SLIP else Outcome.UNTOLD
