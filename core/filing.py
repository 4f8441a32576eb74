"""What the core asks of the outside about files: to bring them, to keep them, to put them somewhere else.

Protocols only, with the values that pass through them. Each chat platform's adapter is a courier,
`adapters/files` the file room; the scheduler carries from one to the other.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, Protocol

from core.files import File, FileRef, Why
from core.ids import DeskId, MessageId
from core.notices import Notice
from core.records import Inquiry


class Drawer(NamedTuple):
    """Where the files of one inquiry are kept."""

    desk: DeskId
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file on its way: as its platform declares it now, and its bytes, a piece at a time."""

    file: File
    pieces: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file in the room: `digest` is its bytes' SHA-256, `kind` what they are, `name` a harmless one."""

    digest: str
    size: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A kept file, ready to be put somewhere: `content` is read from the disk, from its beginning."""

    kept: Kept
    content: BinaryIO


class FileRoom(Protocol):
    """Keeps the files of inquiries, each under the hash of its bytes. Raises TryAgain when it is away."""

    async def find(self, drawer: Drawer, source: FileRef) -> Kept | Why | None:
        """What became of a file: kept, or left behind and why; None where it was not brought yet."""

    async def keep(self, drawer: Drawer, incoming: Incoming, limit: int) -> Kept:
        """Keep a file of at most `limit` bytes, if it is what it says it is; raises NotCarried otherwise."""

    async def leave(self, drawer: Drawer, source: FileRef, why: Why) -> None:
        """Remember that a file is left behind."""

    def open(self, drawer: Drawer, kept: Kept) -> AbstractAsyncContextManager[Parcel]:
        """A kept file, to be read."""


class Courier(Protocol):
    """Brings files from one platform, and puts files there. Raises as a messenger does, and NotCarried."""

    def fetch(self, source: FileRef) -> AbstractAsyncContextManager[Incoming]:
        """A file of this platform, from this platform's own hosts."""

    async def carry(
        self, notice: Notice, parcels: Sequence[Parcel], root: MessageId | None, inquiry: Inquiry | None
    ) -> MessageId | None:
        """Post the files under their line's card, with the notice's words; found again like any notice.

        None where the platform does not tell which message it has become.
        """
