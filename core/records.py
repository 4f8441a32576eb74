"""What is stored: desk, seller, inquiry, person, draft, and the entries of an inquiry's log.

Frozen structs, encoded by adapters/redis as arrays: new fields go at the end, with a default, and `format`
tells which shape was written. `version` counts the commits of a record; 0 means never stored. No rules here.
"""

import enum
from datetime import datetime

import msgspec

from core.files import File
from core.ids import DeskId, Lang, MessageId, PersonId, PlaceId, SellerId, WorkspaceId
from core.policy import Limits, Policy, Quiet
from core.text import Foreign

FORMAT = 1
NO_NUMBER = 0


class Party(enum.StrEnum):
    """The three parties of an inquiry, each with a line of its own."""

    BUYER = "b"
    SELLER = "s"
    STAFF = "t"


class Topic(enum.StrEnum):
    """What happened, in the buyer's words of choice."""

    NOT_ARRIVED = "not_arrived"
    DAMAGED = "damaged"
    DIFFERENT = "different"
    RETURN = "return"
    REFUND = "refund"
    QUESTION = "question"
    OTHER = "other"


class Wish(enum.StrEnum):
    """What the buyer would like to happen."""

    REFUND = "refund"
    REPLACE = "replace"
    RESEND = "resend"
    PART = "part"
    ANSWER = "answer"


class Outcome(enum.StrEnum):
    """How an inquiry ended."""

    SOLVED = "solved"
    WITHDRAWN = "withdrawn"
    REFUNDED = "refunded"
    MARKETPLACE = "marketplace"
    UNANSWERED = "unanswered"
    OTHER = "other"


class ShownAs(enum.StrEnum):
    """What the other party of an inquiry sees of who wrote. Staff see names in any case."""

    NAME = "name"
    ROLE = "role"


class Record(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What every record begins with."""

    format: int = FORMAT
    version: int = 0


class Desk(Record, frozen=True, array_like=True, kw_only=True):
    """One support operation: its people, its places and its rules."""

    id: DeskId
    name: Foreign
    workspaces: tuple[WorkspaceId, ...]
    staff_place: PlaceId | None
    staff: tuple[PersonId, ...] = ()
    leads: tuple[PersonId, ...] = ()
    admins: tuple[PersonId, ...] = ()
    languages: dict[PlaceId, Lang] = {}
    zone: str = "Asia/Tokyo"
    market: str = "amazon-jp"
    quiet: Quiet | None = None
    limits: Limits = Limits()
    blocked: tuple[PersonId, ...] = ()
    shown_as: ShownAs = ShownAs.NAME


class Seller(Record, frozen=True, array_like=True, kw_only=True):
    """A marketplace seller as this desk reaches them: a place, and the people to ping there."""

    id: SellerId
    desk: DeskId
    name: Foreign
    place: PlaceId | None = None
    ping: tuple[PersonId, ...] = ()
    removed: bool = False


class Line(msgspec.Struct, frozen=True, array_like=True):
    """An inquiry's conversation with one party; `heard` is the last message known to have been said there.

    `near` is the shared place in which a buyer opened it, for where their DM is closed.
    """

    place: PlaceId
    lang: Lang
    heard: MessageId = MessageId("")
    near: PlaceId | None = None


class Signed(msgspec.Struct, frozen=True, array_like=True):
    """Who did something, and when; `name` is what they were called."""

    by: PersonId
    at: datetime
    name: Foreign = Foreign("")


class Inquiry(Record, frozen=True, array_like=True, kw_only=True):
    """One matter between one buyer and one seller.

    `anchor` is the first buyer message still unanswered, None when no clock runs; `later` are those that came
    after it, the latest ones. `done` holds a bit for each rung of the ladder that has rung since the anchor,
    `repeats` how often the last one has. `files` counts those that were attached to its messages.
    """

    desk: DeskId
    number: int
    buyer: PersonId
    buyer_name: Foreign
    seller: SellerId
    seller_name: Foreign
    order_number: str
    topic: Topic
    wish: Wish
    excerpt: Foreign
    lines: dict[Party, Line]
    policy: Policy
    opened_at: datetime
    anchor: datetime | None = None
    done: int = 0
    repeats: int = 0
    missed_at: datetime | None = None
    held_at: datetime | None = None
    answered_at: datetime | None = None
    acknowledged: Signed | None = None
    assigned: PersonId | None = None
    snoozed_until: datetime | None = None
    muted_until: datetime | None = None
    solved_asked_at: datetime | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    messages: int = 0
    later: tuple[datetime, ...] = ()
    files: int = 0
    shown_as: ShownAs = ShownAs.NAME
    assigned_name: Foreign = Foreign("")


class Person(Record, frozen=True, array_like=True, kw_only=True):
    """Someone on a platform, as this desk knows them; `recent` are the instants of their last messages."""

    id: PersonId
    desk: DeskId
    recent: tuple[datetime, ...] = ()


class Asking(enum.StrEnum):
    """What the dialogue in a DM is waiting for."""

    NOTHING = ""
    WHICH = "which"
    SELLER = "seller"
    ORDER = "order"
    MESSAGE = "message"


class Draft(Record, frozen=True, array_like=True, kw_only=True):
    """What someone has entered and not yet sent.

    An opening in the making, and messages refused, by inquiry number (`NO_NUMBER` for one that has none yet).
    `files` is how many an older Henji left behind.
    """

    person: PersonId
    desk: DeskId
    asking: Asking = Asking.NOTHING
    seller: SellerId | None = None
    order_number: str | None = None
    topic: Topic | None = None
    wish: Wish | None = None
    text: Foreign = Foreign("")
    files: int = 0
    kept: dict[int, Foreign] = {}
    attached: tuple[File, ...] = ()

    @property
    def beginning(self) -> Foreign:
        """What a form for a new inquiry begins with."""
        return self.text or self.kept.get(NO_NUMBER, self.text)

    @property
    def empty(self) -> bool:
        """Whether there is nothing left to keep."""
        blank = not (self.text or self.kept or self.attached or self.order_number)
        return blank and self.seller is None and self.asking is Asking.NOTHING


class Entered(enum.StrEnum):
    """What an entry of the log tells. The value is part of a phrase's id."""

    OPENED = "opened"
    MESSAGE = "message"
    NOTE = "note"
    HELD = "held"
    RANG = "rang"
    MISSED = "missed"
    NO_REPLY_NEEDED = "no_reply_needed"
    SOLVED_ASKED = "solved_asked"
    SOLVED_DENIED = "solved_denied"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    MUTED = "muted"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNDELIVERED = "undelivered"
    FILES_LEFT = "files_left"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One line of an inquiry's log.

    `at` is when it was said or done, which may lie before it was known. `to` is the party a message was for;
    `detail` a value of an enumeration (a step, an outcome, a reason), never text of a person. `attached` are
    the files it had or is about; `files` is how many an older Henji left behind.
    """

    kind: Entered
    at: datetime
    role: Party | None = None
    by: PersonId | None = None
    name: Foreign = Foreign("")
    to: Party | None = None
    text: Foreign = Foreign("")
    detail: str = ""
    files: int = 0
    attached: tuple[File, ...] = ()
