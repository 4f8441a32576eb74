"""Who is on which platform in a story: the buyer, the seller and the staff.

Read from the command line, and shown in the names of tests. `EVERYWHERE` is every pairing of the buyer's and
the seller's platform, with staff on either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast, get_args

On = Literal["slack", "discord"]
Story = TypeVar("Story", bound=Callable[..., Any])
PLATFORMS: tuple[On, ...] = get_args(On)


@dataclass(frozen=True)
class Pairing:
    """The three parties' platforms."""

    buyer: On
    seller: On
    staff: On

    @classmethod
    def read(cls, written: str) -> "Pairing":
        """`buyer/seller/staff`; staff are where the seller is if only two are named. Raises ValueError."""
        named = written.split("/")
        if not 2 <= len(named) <= 3 or not set(named) <= set(PLATFORMS):
            msg = f"{written!r} is not like slack/discord or slack/discord/slack"
            raise ValueError(msg)
        buyer, seller, staff = cast("list[On]", [*named, named[1]][:3])
        return cls(buyer, seller, staff)

    @property
    def platforms(self) -> tuple[On, ...]:
        """Those that are needed."""
        return tuple(each for each in PLATFORMS if each in (self.buyer, self.seller, self.staff))

    def __str__(self) -> str:
        """As it is written."""
        return f"{self.buyer}/{self.seller}/{self.staff}"


_CAN: dict[str, Callable[[Pairing], bool]] = {}


def where(can: Callable[[Pairing], bool]) -> Callable[[Story], Story]:
    """Says of a story that it can happen on such pairings only."""

    def mark(story: Story) -> Story:
        _CAN[story.__name__] = can
        return story

    return mark


def can_happen(story: Callable[..., object], pairing: Pairing) -> bool:
    """Whether a story can happen with the parties on these platforms."""
    can = _CAN.get(story.__name__)
    return can is None or can(pairing)


EVERYWHERE = tuple(
    Pairing(buyer, seller, staff) for buyer in PLATFORMS for seller in PLATFORMS for staff in PLATFORMS
)
