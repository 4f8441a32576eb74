"""One life of Henji: a real process, `henji run`, from its start to SIGKILL.

Begun by the ordeal, one after another on the same records and the same emulated platforms. It is killed by
the test, or dies by itself at a point of the way. What it logs goes to a file, so that nothing holds it up.
"""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from tests.e2e.process import ROOT
from tests.faults.sides import Side
from tests.waiting import until

BEGINS_WITHIN = 60.0
"""Seconds, on a machine that does much else."""


class Life:
    """A process; `over` once it is dead.

    `killed` is whether the test had to do that, `dies_alone` whether it was to die by itself.
    """

    def __init__(self, cradle: "Cradle", process: int, log: Path, *, dies_alone: bool) -> None:
        self.over = False
        self.killed = False
        self.dies_alone = dies_alone
        self._cradle = cradle
        self._process = process
        self._log = log

    def kill(self) -> None:
        """SIGKILL, now."""
        if not self.over:
            self.killed = True
            with suppress(ProcessLookupError):  # it has just died by itself
                os.kill(self._process, signal.SIGKILL)

    async def ended(self) -> None:
        """Return when it is gone."""
        code = await self._cradle.says()
        self.over = True
        assert code == -signal.SIGKILL, f"it ended with {code}:\n{self._log.read_text()[-4_000:]}"

    async def hears(self, sides: Sequence[Side]) -> None:
        """Return when what people do on all platforms reaches it, or when it is over."""
        await until(lambda: self.over or self._all_hear(sides), within=BEGINS_WITHIN)

    def _all_hear(self, sides: Sequence[Side]) -> bool:
        logged = self.logged()
        return all(side.hears(logged) for side in sides)

    def logged(self) -> list[dict[str, Any]]:
        """What it has logged so far; a line cut short by its end is left out."""
        lines = self._log.read_bytes().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith(b"\n") and line.startswith(b"{")]

    def strange(self) -> list[str]:
        """What it logged that is a fault of its own."""
        return [
            json.dumps(each, ensure_ascii=False)
            for each in self.logged()
            if each.get("level") in {"error", "critical"} and each["event"] not in EXPECTED
        ]


EXPECTED = {"the embedded server died and is started again", "the embedded server did not start"}
"""Where its server is killed first, and it a moment later."""


class Cradle:
    """The process in which lives begin, one at a time."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder

    async def says(self) -> int:
        """The next thing it says: a life's process, or how that ended."""
        assert self._process.stdout is not None
        return int(await self._process.stdout.readline())

    @asynccontextmanager
    async def life(self, settings: Mapping[str, str], dies_at: str = "") -> AsyncIterator[Life]:
        """A life of Henji, to be lived to its end.

        By itself at `dies_at`, which is the name of a point and at which passing.
        """
        stream, log = tempfile.mkstemp(suffix=".log", dir=self._folder)
        os.close(stream)
        known = {"HENJI_BIND": "127.0.0.1:0", "HENJI_LOG": "json"}
        how = {
            "settings": known | dict(settings),
            "folder": str(self._folder),
            "log": log,
            "dies_at": dies_at,
        }
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(how)}\n".encode())
        one = Life(self, await self.says(), Path(log), dies_alone=bool(dies_at))
        try:
            yield one
        finally:
            one.kill()


@asynccontextmanager
async def cradle(folder: Path) -> AsyncIterator[Cradle]:
    """A cradle, with a folder for the lives' own files."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.cradle",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        yield Cradle(process, folder)
    finally:
        process.stdin.close()
        await process.wait()
