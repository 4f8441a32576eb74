"""Commands: a person's act, a platform's event, a rung alarm.

Made by the adapters' `parse` and by the scheduler, decided by `core.decide`. Frozen, each with an idempotency
key of its own; `scope` (core/scope.py) says what has to be read for it. All instants are aware, in UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime

from core.ids import DeskId, Key, Lang, MessageId, PersonId, PlaceId, SellerId, WorkspaceId
from core.records import Asking, Outcome, Party, Topic, Wish
from core.text import Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, from where.

    Their name and language as the platform tells them, whether they run the workspace, and the groups they
    belong to there.
    """

    person: PersonId
    name: Foreign
    lang: Lang
    place: PlaceId
    admin: bool = False
    groups: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries. `actor` is None for what the clock and the machinery do."""

    key: Key
    desk: DeskId
    actor: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpDesk(Command):
    """Set up a desk or change it: the whole of its settings as they are to be.

    `quiet_from` and `quiet_to` are minutes of the day, in the desk's zone; `zone` is the one a new desk gets.
    """

    workspace: WorkspaceId
    name: Foreign
    staff_place: PlaceId
    staff: tuple[PersonId, ...]
    leads: tuple[PersonId, ...]
    admins: tuple[PersonId, ...]
    languages: dict[PlaceId, Lang] = field(default_factory=dict)
    quiet_from: int | None = None
    quiet_to: int | None = None
    zone: str = "Asia/Tokyo"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSeller(Command):
    """Add a seller, or change the one named by `seller`. `fresh` is the id a new one gets."""

    fresh: SellerId
    seller: SellerId | None
    name: Foreign
    place: PlaceId | None
    lang: Lang
    ping: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSeller(Command):
    """Take a seller off the list; their open inquiries go on."""

    seller: SellerId


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPerson(Command):
    """Keep a person from opening and writing (`blocked`), or let them again."""

    person: PersonId
    blocked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInquiry(Command):
    """Open an inquiry: the guided form, submitted, or a dialogue, ended."""

    seller: SellerId | None
    order_number: str
    topic: Topic
    wish: Wish
    text: Foreign
    at: datetime
    files: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMessage(Command):
    """Someone wrote in a line: under a card, whose message is `root`, or by a form naming the party.

    `message` and `at` are the platform's, so reading the history back makes the same command.
    `read_back` tells that nobody waits for its answer, so that a refusal has to be told.
    """

    text: Foreign
    at: datetime
    root: MessageId | None = None
    message: MessageId | None = None
    number: int | None = None
    to: Party | None = None
    files: int = 0
    read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Command):
    """Someone wrote to Henji in their DM, outside any inquiry's thread.

    `threadless` tells that the DM can hold no threads: then somebody's only open inquiry is meant. `message`
    and `read_back` are as `PostMessage` has them.
    """

    text: Foreign
    at: datetime
    files: int = 0
    threadless: bool = False
    message: MessageId | None = None
    read_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(Command):
    """Someone chose in the dialogue: `asking` is the question they answered.

    `value` is an id (a seller's, an inquiry's number, `new`, `none`, `send`, `cancel`), checked like any
    other.
    """

    asking: Asking
    value: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OnInquiry(Command):
    """A command about one inquiry by its number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(OnInquiry):
    """A note among staff."""

    text: Foreign
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(OnInquiry):
    """The seller is looking into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedNoReply(OnInquiry):
    """Buyer or staff wait for no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaySolved(OnInquiry):
    """Seller: it is solved, ask the buyer. Buyer: it is solved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenySolved(OnInquiry):
    """The buyer says that it is not solved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(OnInquiry):
    """The buyer takes the inquiry back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(OnInquiry):
    """Someone of staff has seen it: the pings of this window end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(OnInquiry):
    """Someone of staff takes it (`to` themselves) or gives it to another."""

    to: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(OnInquiry):
    """Staff's own pings wait until then; the miss does not."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute(OnInquiry):
    """The seller's reminders wait until then."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(OnInquiry):
    """Close with an outcome."""

    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(OnInquiry):
    """Open a closed inquiry again, with a new window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRang(OnInquiry):
    """An alarm is due. `unread` tells that its lines could not be read back after a gap in a connection."""

    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Command):
    """A notice could not be delivered: someone has to know.

    `number` is None for what belongs to no inquiry.
    """

    place: PlaceId
    why: str
    kept: bool
    number: int | None = None
    party: Party | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTrouble(Command):
    """The desk itself is not well: a late sweep, a failed audit, a stuck delivery."""

    kind: str
    count: int = 0
    since: datetime | None = None


AnyCommand = (
    SetUpDesk
    | SaveSeller
    | RemoveSeller
    | BlockPerson
    | OpenInquiry
    | PostMessage
    | Talk
    | Choose
    | AddNote
    | Hold
    | NeedNoReply
    | SaySolved
    | DenySolved
    | Withdraw
    | Acknowledge
    | Assign
    | Snooze
    | Mute
    | Close
    | Reopen
    | AlarmRang
    | DeliveryFailed
    | ReportTrouble
)
