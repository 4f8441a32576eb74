"""A duty: passes when nudged, whatever happens in them."""

import asyncio
from collections.abc import Callable

from bots.clock import now
from core.errors import Unavailable
from scheduler.duty import Duty, pause_after
from scheduler.passes import Swept
from scheduler.status import Status


class Work:
    """Passes that wait to be let through; how each is to end is put in line beforehand."""

    def __init__(self, *outcomes: Swept | Exception) -> None:
        self._outcomes = list(outcomes)
        self._gates: list[asyncio.Event] = []
        self._begun = asyncio.Condition()
        self.ended = 0
        self.cut_off = 0

    async def run_once(self) -> Swept:
        """One pass."""
        gate = asyncio.Event()
        self._gates.append(gate)
        async with self._begun:
            self._begun.notify_all()
        try:
            await gate.wait()
        except asyncio.CancelledError:
            self.cut_off += 1
            raise
        self.ended += 1
        outcome = self._outcomes.pop(0) if self._outcomes else Swept()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    @property
    def begun(self) -> int:
        """How many passes have begun."""
        return len(self._gates)

    async def has_begun(self, passes: int) -> None:
        """Wait until so many passes have begun."""
        async with asyncio.timeout(10), self._begun:
            await self._begun.wait_for(lambda: self.begun >= passes)

    def let_through(self, number: int) -> None:
        """Let the pass with this number end."""
        self._gates[number - 1].set()


def _duty(work: Work, beside: int = 1) -> tuple[Duty, Status]:
    status = Status(now)
    return Duty("work", work.run_once, status, beside=beside), status


async def _settled() -> None:
    """Let everything that can run do so, for many turns of the loop."""
    for _ in range(50):
        await _turn()


def _turn() -> asyncio.Future[None]:
    turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(turn.set_result, None)
    return turn


async def _stop(duty: Duty, work: Work, until: Callable[[], bool] = lambda: True) -> None:
    assert until()
    for gate in range(1, work.begun + 1):
        work.let_through(gate)
    await duty.stop(within=10)


async def test_first_pass_at_once() -> None:
    """A duty begins with a pass, and then waits for a nudge."""
    work = Work()
    duty, _ = _duty(work)
    duty.start()
    await work.has_begun(1)
    work.let_through(1)
    await _settled()
    assert work.begun == 1
    duty.nudge()
    await work.has_begun(2)
    await _stop(duty, work)


async def test_nudges_in_a_pass() -> None:
    """Any number of nudges during a pass are one pass more, and none is lost."""
    work = Work()
    duty, _ = _duty(work)
    duty.start()
    await work.has_begun(1)
    for _ in range(5):
        duty.nudge()
    work.let_through(1)
    await work.has_begun(2)
    work.let_through(2)
    await _settled()
    assert work.begun == 2
    await _stop(duty, work)


async def test_more() -> None:
    """While a pass says that there is more, the next follows at once."""
    work = Work(Swept(more=True), Swept(more=True), Swept())
    duty, status = _duty(work)
    duty.start()
    for number in (1, 2, 3):
        await work.has_begun(number)
        work.let_through(number)
    await _settled()
    assert work.begun == 3
    assert "work" in status.passed_at
    await _stop(duty, work)


async def test_again() -> None:
    """Where a pass says when the next is worth it, it comes then, without a nudge."""
    work = Work(Swept(again_in=0.01), Swept())
    duty, _ = _duty(work)
    duty.start()
    await work.has_begun(1)
    work.let_through(1)
    await work.has_begun(2)
    await _stop(duty, work)


async def test_failures() -> None:
    """A store that is away and an unexpected error are counted, and the duty goes on, without a nudge."""
    work = Work(Unavailable("away"), ValueError("a bug"), Swept())
    duty, status = _duty(work)
    duty.start()
    for number in (1, 2, 3):
        await work.has_begun(number)
        work.let_through(number)
    await _settled()
    assert status.failures["work"] == 2
    assert "work" in status.passed_at
    await _stop(duty, work)


async def test_passes_beside() -> None:
    """A duty that may runs passes beside each other, as many as it may, and waits with what is more."""
    work = Work()
    duty, _ = _duty(work, beside=2)
    duty.start()
    await work.has_begun(1)
    duty.nudge()
    await work.has_begun(2)
    duty.nudge()
    await _settled()
    assert work.begun == 2
    work.let_through(2)
    await work.has_begun(3)
    await _stop(duty, work)


async def test_stop_waits() -> None:
    """Stopping lets the pass that runs end, and begins no other."""
    work = Work(Swept(more=True))
    duty, _ = _duty(work)
    duty.start()
    await work.has_begun(1)
    duty.nudge()
    asyncio.get_running_loop().call_soon(work.let_through, 1)
    await duty.stop(within=10)
    assert (work.begun, work.ended, work.cut_off) == (1, 1, 0)


async def test_stop_cuts_off() -> None:
    """A pass that does not end in time is cut off."""
    work = Work()
    duty, _ = _duty(work)
    duty.start()
    await work.has_begun(1)
    await duty.stop(within=0)
    assert (work.ended, work.cut_off) == (0, 1)


async def test_stop_before_start() -> None:
    """Stopping a duty that was never started does nothing."""
    work = Work()
    duty, _ = _duty(work)
    await duty.stop(within=0)
    assert work.begun == 0


def test_pauses() -> None:
    """The pause after failures grows, and not beyond half a minute."""
    assert [pause_after(failures) for failures in (0, 1, 2, 3, 8, 100)] == [0, 0.25, 0.5, 1, 30, 30]
