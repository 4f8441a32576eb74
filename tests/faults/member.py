"""Somebody who acts under load: writes, presses, fills in forms, and writes down what they were told of it.

The hands that buyers, sellers and staff share. What is told is taken from the screen alone; where nothing was
told, or that nobody knows, the record says so.
"""

import asyncio
import random  # noqa: TID251 -- seeded by the test, so that a run can be repeated
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from core.ids import PlaceId
from tests.emulators.people import ImpossibleError
from tests.faults.life import Life
from tests.faults.record import Act, Kind, Outcome, Record
from tests.faults.scene import Scene
from tests.faults.sides import Client, Entered, Post, Written
from tests.waiting import until

THINKS = 0.8
"""Seconds that somebody thinks at most before they act again."""

WITH_FILE = 0.2
"""How often somebody attaches a file to what they write."""

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

    def __init__(self, scene: Scene, record: Record, client: Client, home: PlaceId, seed: str) -> None:
        self.scene = scene
        self.record = record
        self.client = client
        self.home = home
        self.luck = random.Random(seed)  # noqa: S311 -- nothing here is a secret
        self._unsent: Act | None = None

    async def lives(self, life: Life) -> None:
        """Do one thing after another until Henji is killed."""
        clock = asyncio.get_running_loop().time
        while not life.over:
            then = clock() + self.luck.uniform(0, THINKS)
            await until(lambda: life.over or clock() >= then)  # noqa: B023 -- asked before the next round
            if not life.over:
                await self.acts()

    async def acts(self) -> None:
        """Do something that can be done; what a client does not allow is left."""
        deeds = self.deeds()
        [deed] = self.luck.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])
        try:
            await deed()
        except ImpossibleError:  # the button has gone, or the options did not come
            await self.client.closes()
            self._unsent = None

    def deeds(self) -> list[tuple[Deed, float]]:
        """What they might do now, and how likely."""
        raise NotImplementedError

    # what they see

    def cards(self) -> list[tuple[int, str, Post]]:
        """The cards in front of them, without those that are to be left alone."""
        return [each for each in self.scene.cards(self.home) if each[0] not in self.scene.quiet]

    # what they do

    async def looks(self) -> None:
        """Ask for the list, which changes nothing."""
        await self.client.lists(self.home)

    async def says(self, kind: Kind, number: int, card: Post, to: PlaceId | None) -> None:
        """Write under a card."""
        token = self.record.token()
        file = f"{token[1:-1]}.png" if kind is Kind.MESSAGE and self.luck.random() < WITH_FILE else ""
        act = self.record.begins(Act(kind, self.client.name, (token,), number, to, file=file))
        waits = kind is not Kind.SLIP
        written = await self.client.says(f"{kind.value} {token}", card, file=file, waits=waits)
        act.said = written.said
        self.record.ends(act, _of_message(written, kind), "\n".join(written.told))

    async def presses(self, button: Button, number: int, on: Post, places: tuple[PlaceId, ...]) -> None:
        """Press a button on a card."""
        act = Act(Kind.PRESS, self.client.name, number=number, words=button.words, places=places)
        if f"[{button.label}]" not in self.scene.text(on):
            return
        self.record.begins(act)
        answer = await self.client.presses(button.label, on)
        result = Outcome.UNTOLD
        if any(button.done in each for each in answer.told):
            result = Outcome.DONE
        elif answer.ok and len(answer.told) == 1 and NOBODY_KNOWS not in answer.told[0]:
            result = Outcome.REFUSED
        self.record.ends(act, result, "\n".join(answer.told))

    async def sends(self, act: Act, entered: dict[str, Entered]) -> None:
        """Fill in the form that has just opened, and send it."""
        if not self.client.has_form:
            return
        await self.client.enters(entered)
        self.record.begins(act)
        await self._submits(act)

    async def sends_again(self) -> None:
        """Send a form anew of which they were told nothing: it is still in front of them."""
        before = self._unsent
        if before is None or not self.client.has_form:
            self._unsent = None
            return
        again = Act(
            before.kind, before.by, before.tokens, before.number, before.to, before.words, before.places
        )
        self.record.begins(again)
        await self._submits(again)

    @property
    def has_unsent(self) -> bool:
        """Whether such a form is in front of them."""
        return self._unsent is not None

    async def _submits(self, act: Act) -> None:
        self._unsent = act
        submitted = await self.client.submits()
        act.number = act.number or number_opened(submitted.told)
        result = Outcome.UNTOLD
        if submitted.done is not None and NOBODY_KNOWS not in submitted.told:
            result = Outcome.DONE if submitted.done else Outcome.REFUSED
        self.record.ends(act, result, submitted.told)
        if act.result is not Outcome.UNTOLD:
            self._unsent = None
            await self.client.closes()


def number_opened(told: str) -> int | None:
    """The number of the inquiry that has just been opened, as it is told."""
    found = _OPENED.search(told)
    return None if found is None else int(found[1])


def _of_message(written: Written, kind: Kind) -> Outcome:
    """What somebody knows of a message they wrote: by its sign, by a sentence, or for a note by silence."""
    if written.said.nodded:
        return Outcome.DONE
    if any(NOBODY_KNOWS in each for each in written.told):
        return Outcome.UNTOLD
    if written.told:
        return Outcome.REFUSED
    return Outcome.DONE if written.taken and kind is Kind.SLIP else Outcome.UNTOLD
