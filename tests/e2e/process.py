"""Henji as a real child process, started by `python -m bots` with settings of its own and nothing else.

Used by the tests of the command line. Its environment holds only what a test names, and its folder is the
test's.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 30.0


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class Child:
    """A desk that runs; what it has logged so far is in `events`."""

    process: asyncio.subprocess.Process
    events: list[dict[str, Any]] = field(default_factory=list)

    async def logs(self, event: str) -> dict[str, Any]:
        """Wait until it logs this, and return the line."""
        stream = self.process.stderr
        assert stream is not None
        async with asyncio.timeout(WITHIN):
            while line := await stream.readline():
                self.events.append(json.loads(line))
                if self.events[-1]["event"] == event:
                    return self.events[-1]
        message = f"it ended without logging {event!r}: {self.events}"
        raise AssertionError(message)

    async def ends(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal, and wait for its exit code."""
        self.process.send_signal(by)
        stream = self.process.stderr
        assert stream is not None
        async with asyncio.timeout(WITHIN):
            while line := await stream.readline():
                self.events.append(json.loads(line))
            return await self.process.wait()


async def henji(folder: Path, *arguments: str, **settings: str) -> Done:
    """Run a command to its end."""
    process = await _started(folder, arguments, settings)
    async with asyncio.timeout(WITHIN):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Done(process.returncode, out.decode(), err.decode())


@asynccontextmanager
async def running(folder: Path, *arguments: str, **settings: str) -> AsyncIterator[Child]:
    """A desk that runs in the background, ended at the latest when the test ends."""
    child = Child(await _started(folder, ("run", *arguments), {"HENJI_LOG": "json"} | settings))
    try:
        yield child
    finally:
        if child.process.returncode is None:
            await _ended(child.process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """End it in order if that is possible, so that its server ends too."""
    process.terminate()
    try:
        async with asyncio.timeout(WITHIN):
            await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()


async def _started(
    folder: Path, arguments: tuple[str, ...], settings: dict[str, str]
) -> asyncio.subprocess.Process:
    environment = {"PATH": os.environ["PATH"], "COLUMNS": "400", "PYTHONPATH": str(ROOT)}  # noqa: TID251 -- to be kept out
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bots",
        *arguments,
        cwd=folder,
        env=environment | settings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
