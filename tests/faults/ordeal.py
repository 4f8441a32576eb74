"""The ordeal: life after life of Henji among people who act, each ended by SIGKILL, and the day after.

Driven by the tests with the records' variant, a number of kills and a seed. At the end everything is
delivered, read back and audited by a Henji in this process, and handed to the reckoning.
"""

import asyncio
import itertools
import json
import random  # noqa: TID251 -- seeded, so that a run can be repeated
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import get_args

from adapters.slack.manifest import manifest
from bots import clock
from bots.compose import SlackAccess
from bots.running import Part, Plan, Running, running
from tests.emulators.slack import Kind, SlackEmulator
from tests.emulators.slack.faults import Fault
from tests.emulators.slack.transcript import of_person
from tests.faults.crowd import crowd
from tests.faults.life import Life, Transport, life
from tests.faults.member import Member
from tests.faults.points import POINTS
from tests.faults.reckoning import Reckoning
from tests.faults.record import Outcome, Record
from tests.faults.records import Records
from tests.faults.scene import Scene
from tests.faults.waiting_inquiries import Waiting, prepare
from tests.waiting import until

LIVES_FOR = 1.6
"""Seconds that Henji lives at most, from when it hears people."""

AT_LAST = 3.0
"""Seconds that it lives at most where it is to die at a point of the way, and does not come by there."""

EARLY = 0.15
"""How often it is killed before it hears anybody, where that is left to chance."""

AT_RANDOM = "at random"

FIRST = {point.after for point in POINTS.values()} - {""}
"""Points after which a life comes by another."""

WITHHELD = 0.3
"""Seconds before a kill, at most, in which Slack's answers to what Henji posts do not arrive."""

A_MINUTE = 61.0
"""Seconds, by the store's clock, that Henji is often down for: longer than any lease."""


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
        self._seed = seed
        self._ends = ends
        self._luck = random.Random(seed)  # noqa: S311 -- nothing here is a secret
        self._record = Record()
        self._begins_in = 1.5
        self._withheld: list[Fault] = []

    async def endured(self, kills: int) -> Outlived:
        """Kill so often, then hold everything against what people were told."""
        async with SlackEmulator(now=clock.now) as slack:
            slack.install(json.loads(manifest(socket_mode=True)))
            scene = Scene(slack)
            async with self._records.opened() as url:
                waiting = await prepare(url, scene, within=kills * (LIVES_FOR / 2 + self._begins_in))
            members = crowd(scene, self._record, self._seed)
            strange = []
            for where in itertools.islice(self._ends, kills):
                strange += await self._lives_and_dies(slack, members, where)
                for each in self._luck.sample(members, 4):
                    await each.acts()
                if where in FIRST or self._luck.random() < 0.7:
                    await self._records.ages(A_MINUTE)
            await self._records.ages(A_MINUTE)
            async with self._records.opened() as url:
                faults, shown = await self._day_after(url, scene, members, waiting)
            if not any(act.outcome is Outcome.DONE for act in self._record.acts):
                strange.append("nobody got anything done")
            problems = [*strange, *faults, *Reckoning(scene, self._record, waiting, shown).problems()]
            if problems:
                self._keeps(scene)
            return Outlived(problems, self._told(slack))

    async def _lives_and_dies(self, slack: SlackEmulator, members: Sequence[Member], where: str) -> list[str]:
        transport = self._luck.choice(get_args(Transport))
        dies_at = "" if where == AT_RANDOM else f"{where}:{self._luck.randint(1, POINTS[where].most)}"
        async with life(self._folder, slack, transport, self._records.settings, dies_at) as henji:
            if dies_at:
                asyncio.get_running_loop().call_later(AT_LAST + self._begins_in, henji.kill)
                await self._among(henji, transport, slack, members)
                where = f"{where}, passed by" if henji.killed else where
                self._record.kills.append(f"{where}, {transport}, {self._records.hit(self._luck)}")
            elif self._luck.random() < EARLY:
                self._kills(henji, transport, after=self._luck.uniform(0.2, 1.0) * self._begins_in)
                await henji.ended()
            else:
                await self._among(henji, transport, slack, members)
            slack.faults.end()
            return henji.strange()

    async def _among(
        self, henji: Life, transport: Transport, slack: SlackEmulator, members: Sequence[Member]
    ) -> None:
        """Have it live among people, to its end."""
        begun = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as doing:
            doing.create_task(henji.ended())
            await henji.hears(transport)
            if not henji.over:
                self._begins_in = asyncio.get_running_loop().time() - begun
            if not henji.dies_alone:
                self._kills(henji, transport, after=self._luck.uniform(0.05, LIVES_FOR), slack=slack)
            doing.create_task(slack.delivery.due(ahead=timedelta(seconds=A_MINUTE)))
            for each in members:
                doing.create_task(each.lives(henji))

    def _kills(
        self, henji: Life, transport: Transport, *, after: float, slack: SlackEmulator | None = None
    ) -> None:
        """Kill it at some instant; a moment before, Slack may fall silent."""
        loop = asyncio.get_running_loop()
        loop.call_later(after, self._kill, henji, transport)
        if slack is not None and self._luck.random() < 0.5:
            loop.call_later(max(0.0, after - self._luck.uniform(0, WITHHELD)), self._withhold, slack)

    def _withhold(self, slack: SlackEmulator) -> None:
        """From here on, what Henji posts is posted, and it is not told so."""
        self._withheld.append(slack.faults.switch_on(Kind.SLOW, "chat.postMessage"))

    def _kill(self, henji: Life, transport: Transport) -> None:
        """It and, for its own server, perhaps that too, in either order."""
        if self._luck.random() < 0.5:
            henji.kill()
            what = self._records.hit(self._luck)
        else:
            what = self._records.hit(self._luck)
            henji.kill()
        self._record.kills.append(f"{AT_RANDOM}, {transport}, {what}")

    async def _day_after(
        self, url: str, scene: Scene, members: Sequence[Member], waiting: Sequence[Waiting]
    ) -> tuple[list[str], dict[int, str]]:
        """Let everything happen that is due, and have staff look; what the audit found, what they saw."""
        slack = scene.slack
        access = SlackAccess(
            bot_token=slack.bot_token, app_token=slack.app_token, api=slack.base_url, pause=0
        )
        plan = Plan(redis_url=url, slack=access, parts=frozenset({Part.SLACK}))
        async with running(plan) as live:
            assert live.slack is not None
            await until(live.slack.connected)
            for _ in range(3):  # as often as Slack tries again
                await slack.delivery.due(ahead=timedelta(minutes=10))
            for each in members:
                await each.sends_again()
            last = max(one.due_at for one in waiting)
            await until(lambda: clock.now() > last, within=60 + A_MINUTE)
            await until(lambda: _all_done(live), within=60 + len(self._record.acts) / 5)
            audited = await live.rota.audit.run_once()
            return (
                [f"audit: {fault}" for fault in audited.faults],
                {number: await _shown(scene, number) for number in _numbers(scene)},
            )

    def _keeps(self, scene: Scene) -> None:
        """Keep what everybody saw, for whoever looks into it."""
        everybody = [*scene.buyers.values(), *scene.sellers.values(), scene.clerk]
        acts = [f"{act} ({act.outcome})" for act in self._record.acts]
        text = "\n\n".join([*map(of_person, everybody), *acts])
        (self._folder / "transcripts.txt").write_text(text, encoding="utf-8")

    def _told(self, slack: SlackEmulator) -> str:
        """A few numbers about what was hit."""
        outcomes = [act.outcome for act in self._record.acts]
        counts = ", ".join(f"{outcomes.count(each)} were told {each.value!r}" for each in Outcome)
        return (
            f"seed {self._seed}; {len(self._record.kills)} kills; of {len(outcomes)} acts {counts}; "
            f"{len(slack.calls)} calls of Slack, {sum(fault.hits for fault in self._withheld)} of them posts "
            f"that were not answered; the files are in {self._folder}; killed:\n{self._where()}"
        )

    def _where(self) -> str:
        """How often it was killed where."""
        return "\n".join(f"{times} {where}" for where, times in sorted(Counter(self._record.kills).items()))


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


async def _all_done(live: Running) -> bool:
    """One pass of everything; whether there is nothing left to do."""
    swept = await live.rota.sweep.run_once()
    caught_up = await live.rota.catch_up.run_once()
    delivered = await live.rota.delivery.run_once()
    busy = swept.rang or swept.stale or swept.deferred or caught_up.left or caught_up.heard
    return not (busy or delivered.attempts or (await live.home.outbox.waiting()).places)


def _numbers(scene: Scene) -> list[int]:
    return sorted({number for place in scene.everywhere() for number, _, _ in scene.cards(place)})


async def _shown(scene: Scene, number: int) -> str:
    """The log of an inquiry, as staff are shown it."""
    answer = await scene.clerk.command(f"/inquiry show {number}", channel=scene.support)
    assert answer.message is not None, answer
    _, _, log = scene.text(answer.message).partition("規則：")
    return log
