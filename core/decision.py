"""What a command's rule is given, and what it gives: what was read, and what is to be.

Made by `core.scope` and the store, and by the rules; read, decided and committed by `core.desk`. A decision
is all there is to write: nobody adds to it afterwards.
"""

from dataclasses import dataclass

import msgspec

from core.answers import AnyAnswer
from core.ids import DeskId, Key, MessageId, PersonId, PlaceId, SellerId
from core.notices import Card, Notice
from core.policy import Marketplace
from core.records import Desk, Draft, Entry, Inquiry, Party, Person, Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to read for one command, in one round trip.

    The inquiry is named by `number`, or by a message of one of its lines: `message` is (place, message id of
    the card or of any delivered notice). `seller` overrides the inquiry's own. `opening` also asks for the
    number after the last one given; where it is `contested`, that number is given now, and to nobody else.
    """

    desk: DeskId
    key: Key
    person: PersonId | None = None
    number: int | None = None
    message: tuple[PlaceId, MessageId] | None = None
    seller: SellerId | None = None
    sellers: bool = False
    mine: bool = False
    opening: bool = False
    contested: bool = False


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What was read: None or empty where there is nothing.

    `answered` is what this key was answered before. `party` is the line that `scope.message` belongs to.
    `fresh` is the number of an inquiry about to be opened; `open_count` counts the person's open inquiries,
    `seller_count` those with `scope.seller`; `mine` are the person's themselves (when asked for, newest
    first, 20 at most).
    """

    answered: AnyAnswer | None = None
    desk: Desk | None = None
    person: Person | None = None
    draft: Draft | None = None
    inquiry: Inquiry | None = None
    party: Party | None = None
    seller: Seller | None = None
    sellers: tuple[Seller, ...] = ()
    mine: tuple[Inquiry, ...] = ()
    open_count: int = 0
    seller_count: int = 0
    fresh: int = 0
    market: Marketplace | None = None


Changed = Desk | Seller | Inquiry | Person | Draft


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be: all of it is committed, or nothing.

    Each changed record carries the version it will have, one more than was read. `before` is the inquiry as
    read (None when it is new), from which the index entries to take out follow. `cards` are lines whose card
    is out of date.
    """

    desk: DeskId
    key: Key
    answer: AnyAnswer
    changes: tuple[Changed, ...] = ()
    before: Inquiry | None = None
    entries: tuple[Entry, ...] = ()
    notices: tuple[Notice, ...] = ()
    cards: tuple[Card, ...] = ()
    remember: bool = True

    @property
    def inquiry(self) -> Inquiry | None:
        """The inquiry as it is to be, or None when the decision changes none."""
        return next((record for record in self.changes if isinstance(record, Inquiry)), None)
