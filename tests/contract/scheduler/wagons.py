"""A courier of our own, for a platform whose files are a dict.

Used by the scheduler's tests: what goes wrong is put in line beforehand, file by file.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from core.errors import NotCarried
from core.files import File, FileRef, Why
from core.filing import Incoming, Parcel
from core.ids import MessageId, NoticeId
from core.notices import Notice
from core.records import Inquiry
from core.text import Foreign
from tests.contract.scheduler.voices import RecordingMessenger

PNG = b"\x89PNG\r\n\x1a\n"


class RecordingCourier:
    """`carried` is what was posted, by notice; `fetched` what was asked for, `gate` holds up all fetching."""

    def __init__(self, messenger: RecordingMessenger) -> None:
        self.there: dict[FileRef, bytes] = {}
        self.carried: dict[NoticeId, list[tuple[str, bytes]]] = {}
        self.fetched: list[FileRef] = []
        self.wrong: defaultdict[FileRef, deque[Exception]] = defaultdict(deque)
        self.gate: asyncio.Event | None = None
        self._messenger = messenger

    def attached(self, name: str, content: bytes = PNG) -> File:
        """Somebody attached a file."""
        source = FileRef(f"slack:T01:{name}")
        self.there[source] = content
        return File(Foreign(name), len(content), "", source)

    @asynccontextmanager
    async def fetch(self, source: FileRef) -> AsyncIterator[Incoming]:
        """A file of the dict."""
        self.fetched.append(source)
        if self.gate is not None:
            await self.gate.wait()
        if self.wrong[source]:
            raise self.wrong[source].popleft()
        if source not in self.there:
            raise NotCarried(Why.GONE)
        content = self.there[source]
        file = File(Foreign(source.rpartition(":")[2]), len(content), "", source)
        yield Incoming(file=file, pieces=_pieces(content))

    async def carry(
        self, notice: Notice, parcels: Sequence[Parcel], root: MessageId | None, inquiry: Inquiry | None
    ) -> MessageId | None:
        """Post files, as the messenger posts what has none."""
        message = await self._messenger.send(notice, root, inquiry)
        self.carried[notice.id] = [(each.kept.name, each.content.read()) for each in parcels]
        return message


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1000):
        yield content[start : start + 1000]
