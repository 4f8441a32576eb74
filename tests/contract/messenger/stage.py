"""What the suite needs of a platform: a shared place, a person, and faults to switch on.

Each platform's stage implements it over that platform's emulator, with the real SDK in between. It looks only
at what people there would see, never at what the messenger meant.
"""

from datetime import datetime
from typing import Protocol

from core.ids import MessageId, PersonId, PlaceId
from core.ports import Messenger


class Stage(Protocol):
    """One platform, with Henji in a shared place and in a direct conversation with the buyer."""

    messenger: Messenger
    buyer: PersonId
    staff: tuple[PersonId, PersonId]
    shared: PlaceId
    direct: PlaceId
    began: datetime

    def read(self, place: PlaceId, message: MessageId) -> str:
        """A message as people read it."""

    def told(self, place: PlaceId, message: MessageId) -> set[PersonId]:
        """Everybody whom a message mentions so that they are told."""

    def below(self, place: PlaceId, message: MessageId) -> MessageId | None:
        """The message under which this one stands, None for one that stands by itself."""

    def posted(self, place: PlaceId) -> list[MessageId]:
        """What Henji has posted in a place, oldest first."""

    def loses_the_reply(self) -> None:
        """The next message arrives, and the platform's answer to it is lost."""

    def fails_after(self) -> None:
        """The next message arrives, and the platform answers with an error of its own."""

    def asks_for_patience(self, seconds: int) -> None:
        """The next message is refused: too many, to be tried again after so many seconds."""

    async def goes_away(self) -> None:
        """No connection can be made any more."""

    async def comes_back(self) -> None:
        """Connections are accepted again."""

    async def puts_us_out(self, place: PlaceId) -> None:
        """Henji is removed from a place."""

    async def deletes(self, place: PlaceId, message: MessageId) -> None:
        """Somebody deletes a message of Henji's."""
