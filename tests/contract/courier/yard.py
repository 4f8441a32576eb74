"""What the suite needs of a platform besides a messenger's stage: people who attach files, and who open them.

Each platform's yard implements it over that platform's emulator, with the real SDK in between.
"""

from typing import Protocol

from core.files import File
from core.filing import Courier
from core.ids import MessageId, PlaceId
from tests.contract.messenger.stage import Stage


class Yard(Stage, Protocol):
    """One platform, with a courier beside the messenger."""

    courier: Courier

    async def attached(self, name: str, content: bytes, leads_to: str = "") -> File:
        """Somebody attached a file in the shared place; its address leads elsewhere if told."""

    async def stored_elsewhere(self, name: str) -> File:
        """Somebody attached what is a file of another host."""

    async def takes_back(self, file: File) -> None:
        """Whoever attached it deletes it."""

    async def a_week_passes(self) -> None:
        """Time passes on the platform."""

    def opened(self, place: PlaceId, message: MessageId) -> list[tuple[str, bytes]]:
        """The files of a message, by name, as whoever opens them gets them."""

    def fetching_fails(self) -> None:
        """The next download is refused: the host is away."""

    def posting_loses_the_reply(self) -> None:
        """The next files arrive, and the platform's answer is lost."""

    def forbids_files(self, place: PlaceId) -> None:
        """Henji may not put files into a place any more."""
