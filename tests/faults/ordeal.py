"""The ordeal: life after life of Henji among people who act, each ended by SIGKILL, and the day after.

Driven by the tests with the records' variant, a number of kills and a seed. At the end everything is
delivered, read back and audited, and handed to the reckoning.
"""

import asyncio
import itertools
import random  # noqa: TID251 -- seeded, so that a run can be repeated
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.ids import platform_of
from tests.faults.crowd import crowd, waiters
from tests.faults.day_after import day_after
from tests.faults.life import Cradle, Life, cradle
from tests.faults.member import Member
from tests.faults.points import POINTS
from tests.faults.reckoning import Reckoning
from tests.faults.record import Kind, Outcome, Record
from tests.faults.records import A_MINUTE, Records
from tests.faults.scene import Scene, made
from tests.faults.sides import Name, Withheld
from tests.faults.waiting_inquiries import prepare

LIVES_FOR = 1.6
"""Seconds that Henji lives at most, from when it hears people."""

AT_LAST = 4.0
"""The same where it is to die at a point of the way, and does not come by there."""

EARLY = 0.15
"""How often it is killed before it hears anybody, where that is left to chance."""

AT_RANDOM = "at random"

FIRST = {point.after for point in POINTS.values()} - {""}
"""Points after which a life comes by another."""

WITHHELD = 0.3
"""Seconds before a kill, at most, in which the platforms' answers to what Henji posts do not arrive."""

WAYS_IN = ("socket", "http")
"""By which Slack's events come to it."""


@dataclass(frozen=True)
class Outlived:
    """What came of it: what should not be, and what was done to Henji, for people to read."""

    problems: list[str]
    told: str


class Ordeal:
    """One test's: `folder` is for the lives' own files, `ends` says in turn where each life ends."""

    def __init__(self, records: Records, folder: Path, seed: str, ends: Iterator[str]) -> None:
        self._records = records
        self._folder = folder
        self._files = folder / "files"
        self._seed = seed
        self._ends = ends
        self._luck = random.Random(seed)  # noqa: S311 -- nothing here is a secret
        self._record = Record()
        self._begins_in = 1.5
        self._withheld: list[Withheld] = []

    async def endured(self, kills: int, staff: Name) -> Outlived:
        """Kill so often, then hold everything against what people were told."""
        async with made(staff) as scene, cradle(self._folder) as begins:
            async with self._records.opened() as url:
                waiting = await prepare(url, scene, self._files, within=kills * LIVES_FOR)
            members = crowd(scene, self._record, self._seed)
            waiting_people = waiters(scene, self._record, self._seed)
            strange = []
            for where in itertools.islice(self._ends, kills):
                strange += await self._lives_and_dies(begins, scene, members, where)
                for each in [*self._luck.sample(members, 4), self._luck.choice(waiting_people)]:
                    await each.acts()
                if where in FIRST or self._luck.random() < 0.7:
                    await self._records.ages(A_MINUTE)
            await self._records.ages(A_MINUTE)
            async with self._records.opened() as url:
                last = max(one.due_at for one in waiting)
                faults, shown = await day_after(url, scene, members, self._files, last=last)
            if not any(act.outcome is Outcome.DONE for act in self._record.acts):
                strange.append("nobody got anything done")
            problems = [*strange, *faults, *Reckoning(scene, self._record, waiting, shown).problems()]
            if problems:
                self._keeps(scene)
            return Outlived(problems, self._told(scene))

    async def _lives_and_dies(
        self, begins: Cradle, scene: Scene, members: Sequence[Member], where: str
    ) -> list[str]:
        """One life, which ends there; what it logged that is a fault of its own."""
        for side in scene.sides:
            await side.begins()
        way = self._luck.choice(WAYS_IN)
        dies_at = "" if where == AT_RANDOM else f"{where}:{self._luck.randint(1, POINTS[where].most)}"
        settings = {"HENJI_FILES": str(self._files)} | {
            name: value for side in scene.sides for name, value in side.settings(way).items()
        }
        async with begins.life(settings | self._records.settings, dies_at) as henji:
            if dies_at:
                await self._among(henji, scene, members)
                where = f"{where}, passed by" if henji.killed else where
                self._record.kills.append(f"{where}; {self._records.hit(self._luck)}")
            elif self._luck.random() < EARLY:
                self._kills(henji, after=self._luck.uniform(0.2, 1.0) * self._begins_in)
                await henji.ended()
            else:
                await self._among(henji, scene, members)
            for side in scene.sides:
                side.recovers()
            return henji.strange()

    async def _among(self, henji: Life, scene: Scene, members: Sequence[Member]) -> None:
        """Have it live among people, to its end."""
        begun = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as doing:
            doing.create_task(henji.ended())
            await henji.hears(scene.sides)
            if not henji.over:
                self._begins_in = asyncio.get_running_loop().time() - begun
            if henji.dies_alone:
                asyncio.get_running_loop().call_later(AT_LAST, henji.kill)
            else:
                self._kills(henji, after=self._luck.uniform(0.05, LIVES_FOR), scene=scene)
            for side in scene.sides:
                doing.create_task(side.tells_again())
            for each in members:
                doing.create_task(each.lives(henji))

    def _kills(self, henji: Life, *, after: float, scene: Scene | None = None) -> None:
        """Kill it at some instant; a moment before, a platform may fall silent."""
        loop = asyncio.get_running_loop()
        loop.call_later(after, self._kill, henji)
        if scene is not None and self._luck.random() < 0.5:
            loop.call_later(max(0.0, after - self._luck.uniform(0, WITHHELD)), self._withhold, scene)

    def _withhold(self, scene: Scene) -> None:
        """From here on, what Henji posts is posted, and it is not told so."""
        self._withheld += [side.withholds() for side in scene.sides]

    def _kill(self, henji: Life) -> None:
        """It and, for its own server, perhaps that too, in either order."""
        if self._luck.random() < 0.5:
            henji.kill()
            what = self._records.hit(self._luck)
        else:
            what = self._records.hit(self._luck)
            henji.kill()
        self._record.kills.append(f"{AT_RANDOM}; {what}")

    def _keeps(self, scene: Scene) -> None:
        """Keep what everybody saw, for whoever looks into it."""
        everybody = [*scene.buyers.values(), *scene.sellers.values(), scene.clerk]
        acts = [f"{act} ({act.outcome})" for act in self._record.acts]
        text = "\n\n".join([*(each.transcript() for each in everybody), *acts])
        (self._folder / "transcripts.txt").write_text(text, encoding="utf-8")

    def _told(self, scene: Scene) -> str:
        """A few numbers about what was hit, and how often where."""
        outcomes = [act.outcome for act in self._record.acts]
        counts = ", ".join(f"{outcomes.count(each)} were told {each.value!r}" for each in Outcome)
        where = (f"{times} {where}" for where, times in sorted(Counter(self._record.kills).items()))
        return (
            f"seed {self._seed}, staff on {scene.office.name}; {', '.join(self._pairings(scene))}; "
            f"of {len(outcomes)} acts {counts}; "
            f"{sum(side.calls for side in scene.sides)} calls of the platforms, "
            f"{sum(fault.hits for fault in self._withheld)} of them posts that were not answered; "
            f"the files are in {self._folder}; {len(self._record.kills)} kills:\n" + "\n".join(where)
        )

    def _pairings(self, scene: Scene) -> Iterator[str]:
        """How many inquiries were opened from which platform to which."""
        opened = {
            act.number: f"{platform_of(scene.inboxes[act.by])} to {platform_of(act.to)}"
            for act in self._record.acts
            if act.kind is Kind.OPENING and act.number and act.to
        }
        return (f"{times} from {pair}" for pair, times in sorted(Counter(opened.values()).items()))


def ends(seed: str, point: str, skip: int = 0) -> Iterator[str]:
    """Where lives end: at one point, or in turn at all of them, with some left to chance in between."""
    turns = [point] if point else [*(POINTS.keys() - FIRST), *[AT_RANDOM] * 3]
    turns.sort()
    random.Random(seed).shuffle(turns)  # noqa: S311 -- nothing here is a secret
    whole = [each for turn in turns for each in _with_first(turn)]
    return itertools.islice(itertools.cycle(whole), skip, None)


def _with_first(turn: str) -> list[str]:
    first = POINTS[turn].after if turn in POINTS else ""
    return [first, turn] if first else [turn]
