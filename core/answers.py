"""What whoever acted is told, at once and privately.

Made by the rules, kept with the command's idempotency key so that a repeated delivery is answered the same,
turned into words by an adapter's `render`. Each tag is a phrase id below `answer.`; a refusal's `reason` is
one below `refused.`.
"""

from datetime import datetime

import msgspec

from core.files import Left
from core.ids import LinkCode, PersonId, PlaceId, SellerId
from core.notices import Asked
from core.records import Party
from core.refusal import Refusal
from core.text import Foreign


class Answer(msgspec.Struct, frozen=True, tag_field="k"):
    """The root of all answers."""


class Nothing(Answer, frozen=True, tag="nothing"):
    """Nothing to say: the act shows for itself, or nobody acted."""


class Opened(Answer, frozen=True, tag="opened"):
    """The inquiry is open and on its way, without the files in `left`."""

    number: int
    seller: Foreign
    due_at: datetime
    left: tuple[Left, ...] = ()


class Sent(Answer, frozen=True, tag="sent"):
    """The message is on its way, without the files in `left`; `due_at` is the seller's window if one runs."""

    number: int
    to: Party
    due_at: datetime | None = None
    left: tuple[Left, ...] = ()


class Did(Answer, frozen=True, tag="did"):
    """It is done. `act` is a phrase id below `did.`."""

    act: str
    number: int | None = None
    until: datetime | None = None
    outcome: str = ""
    name: Foreign = Foreign("")
    count: int = 0


class CodeMade(Answer, frozen=True, tag="code_made"):
    """Another workspace joins the desk with this code, until then."""

    code: LinkCode
    until: datetime


class Linked(Answer, frozen=True, tag="linked"):
    """The workspace belongs to this desk now."""

    desk: Foreign


class DeskReady(Answer, frozen=True, tag="desk_ready"):
    """The desk is set up."""

    name: Foreign
    staff_place: PlaceId


class SellerSaved(Answer, frozen=True, tag="seller_saved"):
    """The seller is there; `place` is None where Henji can't reach them yet."""

    id: SellerId
    name: Foreign
    place: PlaceId | None
    ping: tuple[PersonId, ...] = ()


class Question(Answer, frozen=True, tag="question"):
    """The dialogue goes on with this."""

    ask: Asked


AnyAnswer = Nothing | Refusal | Opened | Sent | Did | CodeMade | Linked | DeskReady | SellerSaved | Question


def number_of(given: AnyAnswer) -> int | None:
    """The inquiry that an answer, and whatever it offers, is about."""
    match given:
        case Refusal() | Did() | Opened() | Sent():
            return given.number
        case _:
            return None
