"""Records and notices to bytes, and back.

Used by the store and the outbox. A record is msgpack behind a plain prefix, which the scripts compare without
knowing the record: `version:stamp:seller:` for inquiries, `version:` for the others. Never touches Redis.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Generic, TypeVar

import msgspec

from core.answers import AnyAnswer
from core.clock import stamp
from core.errors import Misconfigured
from core.ids import DeskId, PlaceId
from core.notices import Card, Notice
from core.policy import Policy
from core.records import FORMAT, Desk, Draft, Entry, Inquiry, Party, Person, Record, Seller

R = TypeVar("R", bound=Record)
Upgrade = Callable[[list[Any]], list[Any]]
"""From the fields of one format to those of the next, the format number among them."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)
_ARRAY_16: Final = 0xDC
_TEXT_8: Final = 1 << 8
_TEXT_16: Final = 1 << 16

encode: Final = msgspec.msgpack.Encoder().encode
_answer: Final[msgspec.msgpack.Decoder[AnyAnswer]] = msgspec.msgpack.Decoder(AnyAnswer)
_entry: Final = msgspec.msgpack.Decoder(Entry)
_notice: Final = msgspec.msgpack.Decoder(Notice)


class Shape(Generic[R]):
    """How one kind of record is read: `parts` of a plain prefix, then its fields.

    `upgrades` leads from each older format to the next one. Fields that came later than a record was written
    are its type's defaults, and need no format of their own.
    """

    def __init__(self, of: type[R], *, parts: int, upgrades: Mapping[int, Upgrade]) -> None:
        self._of = of
        self._parts = parts
        self._upgrades = upgrades
        self._decoder = msgspec.msgpack.Decoder(of)

    def read(self, stored: bytes) -> R:
        """The record; raises Misconfigured for one that a newer Henji wrote."""
        body = stored.split(b":", self._parts)[-1]
        # The format is the first field: behind a head of one byte, or of three from 16 fields on.
        if body[3 if body[0] == _ARRAY_16 else 1] == FORMAT:
            return self._decoder.decode(body)
        return self._upgraded(msgspec.msgpack.decode(body))

    def read_if(self, stored: bytes | None) -> R | None:
        """The record, or None where there is none."""
        return None if stored is None else self.read(stored)

    def _upgraded(self, fields: list[Any]) -> R:
        while fields[0] != FORMAT:
            upgrade = self._upgrades.get(fields[0])
            if upgrade is None:
                raise Misconfigured(
                    "REDIS_URL",
                    f"leads to records of format {fields[0]}, and this Henji reads up to {FORMAT}.",
                    "Run the release of Henji that wrote them, or a newer one.",
                )
            fields = upgrade(fields)
        return msgspec.convert(fields, self._of)


class Inquiries(Shape[Inquiry]):
    """Inquiries share their policy where it is the same.

    It is a third of the record, and a sweep holds thousands: what is met again and again is near at hand.
    """

    def __init__(self, *, upgrades: Mapping[int, Upgrade]) -> None:
        super().__init__(Inquiry, parts=3, upgrades=upgrades)
        self._policies: dict[tuple[str, int], Policy] = {}

    def read(self, stored: bytes) -> Inquiry:
        """The record; raises Misconfigured for one that a newer Henji wrote."""
        read = super().read(stored)
        known = self._policies.setdefault((read.policy.id, read.policy.version), read.policy)
        if known == read.policy:
            msgspec.structs.force_setattr(read, "policy", known)
        return read


DESK: Final = Shape(Desk, parts=1, upgrades={})
SELLER: Final = Shape(Seller, parts=1, upgrades={})
PERSON: Final = Shape(Person, parts=1, upgrades={})
DRAFT: Final = Shape(Draft, parts=1, upgrades={})
INQUIRY: Final = Inquiries(upgrades={})


def record(of: Desk | Seller | Person | Draft) -> bytes:
    """Any record but an inquiry, as it is stored."""
    return b"%d:%b" % (of.version, encode(of))


def inquiry(of: Inquiry) -> bytes:
    """An inquiry as it is stored."""
    return b"%d:%b:%b:%b" % (of.version, stamp(of).encode(), of.seller.encode(), encode(of))


def entry(stored: bytes) -> Entry:
    """An entry of a log."""
    return _entry.decode(stored)


def answer(stored: bytes) -> AnyAnswer:
    """What a command was answered."""
    return _answer.decode(stored)


def item(of: Notice | Card) -> bytes:
    """What a queue holds: `kind:number:party:stamp:` and the notice; nothing follows for a card."""
    if isinstance(of, Card):
        return f"c:{of.number}:{of.party}::".encode()
    kind = "n" if of.stamp is None else "p"
    number = "" if of.number is None else of.number
    return f"{kind}:{number}:{of.party or ''}:{of.stamp or ''}:".encode() + encode(of)


def read_item(stored: bytes, desk: DeskId, place: PlaceId) -> Notice | Card:
    """What a queue of this desk and place held."""
    kind, number, party, _stamp, body = stored.split(b":", 4)
    if kind == b"c":
        return Card(desk=desk, place=place, number=int(number), party=Party(party.decode()))
    return _notice.decode(body)


def mark(of: Card) -> str:
    """What a card that waits in a queue is known by."""
    return f"{of.desk}.{of.number}.{of.party}"


def line(stored: bytes) -> tuple[int, Party | None]:
    """The number and party that a receipt was kept with."""
    number, _, party = stored.decode().partition(":")
    return int(number), Party(party) if party else None


def as_text(stored: bytes) -> msgspec.Raw:
    """Bytes as msgpack text: the servers' cmsgpack does not read msgpack's own type for bytes."""
    length = len(stored)
    if length < _TEXT_8:
        head = b"\xd9" + length.to_bytes(1, "big")
    elif length < _TEXT_16:
        head = b"\xda" + length.to_bytes(2, "big")
    else:
        head = b"\xdb" + length.to_bytes(4, "big")
    return msgspec.Raw(head + stored)


def micros(of: datetime) -> int:
    """Microseconds since the epoch, which alarms, leases and places are scored by: exact in doubles."""
    return (of - EPOCH) // _MICRO


def instant(micros_since: float) -> datetime:
    """The instant of a score."""
    return EPOCH + timedelta(microseconds=int(micros_since))
