"""What people enter in forms, as plain values: as it was entered, whether it will do or not.

Made by every adapter's `submitted`, made commands of by `core.entering`. Values only.
"""

from dataclasses import dataclass
from typing import Literal

from core.ids import Lang, PersonId, PlaceId, SellerId
from core.records import Outcome, Party, ShownAs, Topic, Wish
from core.text import Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A new inquiry."""

    seller: SellerId | None
    order_number: str
    topic: Topic
    wish: Wish
    text: Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A message to a party; `to` is None where whoever writes has only one to write to."""

    number: int
    to: Party | None
    text: Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Noting:
    """A note among staff."""

    number: int
    text: Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How an inquiry ended."""

    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A snooze or a mute; `choice` is one of those of `core.clock.later`."""

    act: Literal["snooze", "mute"]
    number: int
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """A desk's name, place and people, as far as a form can show them: people elsewhere are not among them.

    `staff_place` is None where none was chosen, so that the one there is stays.
    """

    name: Foreign
    staff_place: PlaceId | None
    staff: tuple[PersonId, ...]
    leads: tuple[PersonId, ...]
    admins: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The language of a desk's staff place, its quiet hours in minutes of the day, and what people see.

    Without `shown_as` they see what they saw before.
    """

    lang: Lang
    quiet_from: int | None
    quiet_to: int | None
    shown_as: ShownAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of a desk's settings, as far as a form can show them."""

    name: Foreign
    staff_place: PlaceId | None
    staff: tuple[PersonId, ...]
    leads: tuple[PersonId, ...]
    admins: tuple[PersonId, ...]
    lang: Lang
    quiet_from: int | None
    quiet_to: int | None
    shown_as: ShownAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SellerEntry:
    """A seller, changed where `seller` names one."""

    seller: SellerId | None
    name: Foreign
    place: PlaceId | None
    lang: Lang
    ping: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A seller to take off the list."""

    seller: SellerId


Simple = Opening | Writing | Noting | Closing | Removal
"""What needs no record to become a command."""

Entered = Simple | Waiting | Settings | Basics | Hours | SellerEntry
