"""One life of Henji: a real process, `henji run`, from its start to SIGKILL.

Begun by the test, one after another on the same records and the same emulated Slack, each listening by
Socket Mode or over HTTP. It is killed by the test, or dies by itself at a point of the way that is named to
`dying`. What it logs goes to a file, so that nothing holds it up.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from tests.e2e.process import ROOT
from tests.emulators.slack import SlackEmulator
from tests.waiting import until

Transport = Literal["socket", "http"]

BEGINS_WITHIN = 60.0
"""Seconds; on a machine that does much else, importing alone takes several."""


class Life:
    """A process; `over` once it is dead.

    `killed` is whether the test had to do that, `dies_alone` whether it was to die by itself.
    """

    def __init__(
        self, process: asyncio.subprocess.Process, log: Path, slack: SlackEmulator, *, dies_alone: bool
    ) -> None:
        self.over = False
        self.killed = False
        self.dies_alone = dies_alone
        self._process = process
        self._log = log
        self._slack = slack

    def kill(self) -> None:
        """SIGKILL, now."""
        if not self.over and self._process.returncode is None:
            self.over = self.killed = True
            self._process.kill()

    async def ended(self) -> None:
        """Return when it is gone."""
        code = await self._process.wait()
        self.over = True
        assert code == -9, f"it ended by itself with {code}:\n{self._log.read_text()[-4_000:]}"

    async def hears(self, transport: Transport) -> None:
        """Return when what people do at Slack reaches it, or when it is over."""
        await until(
            self._listening if transport == "http" else self._connected,
            within=BEGINS_WITHIN,
        )

    def _connected(self) -> bool:
        return self._ended() or bool(self._slack.sockets.open)

    def _listening(self) -> bool:
        port = next((each["port"] for each in self.logged() if each["event"] == "listening"), None)
        if port is not None:
            self._slack.http.request_url = f"http://127.0.0.1:{port}/slack/events"
        return self._ended() or port is not None

    def _ended(self) -> bool:
        return self._process.returncode is not None

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


@asynccontextmanager
async def life(
    folder: Path, slack: SlackEmulator, transport: Transport, settings: Mapping[str, str], dies_at: str = ""
) -> AsyncIterator[Life]:
    """A life of Henji, ended at the latest when this is left.

    By itself at `dies_at`, which is the name of a point and at which passing.
    """
    slack.http.request_url = ""
    await until(lambda: not slack.sockets.open)
    stream, log = tempfile.mkstemp(suffix=".log", dir=folder)
    way_in = (
        {"SLACK_APP_TOKEN": slack.app_token}
        if transport == "socket"
        else {"SLACK_SIGNING_SECRET": slack.signing_secret}
    )
    environment = {
        "PATH": os.environ["PATH"],  # noqa: TID251 -- to be kept out
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "HENJI_SLACK_API": slack.base_url,
        "HENJI_BIND": "127.0.0.1:0",
        "HENJI_LOG": "json",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *(("tests.faults.dying", dies_at) if dies_at else ("bots",)),
        "run",
        cwd=folder,
        env=environment | way_in | dict(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=stream,
        stderr=stream,
    )
    os.close(stream)
    one = Life(process, Path(log), slack, dies_alone=bool(dies_at))
    try:
        yield one
    finally:
        one.kill()
        await process.wait()
        slack.http.request_url = ""
