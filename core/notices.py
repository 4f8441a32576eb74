"""Notices: one message for one line, a kind and its facts.

Made by the rules, kept in the outbox, turned into words and blocks by an adapter's `render`. A notice tells
what happened; it holds no markup and no address (delivery finds that in the receipts). Each kind's tag is its
phrase id below `notice.`, its fields are that phrase's facts.
"""

import zlib
from datetime import datetime
from typing import Final

import msgspec

from core.files import File, Left
from core.ids import DeskId, Lang, NoticeId, PersonId, PlaceId
from core.policy import Step
from core.records import Asking, Outcome, Party, Topic, Wish
from core.refusal import Refusal
from core.text import Foreign

SEND: Final = "send"
"""What the value of the dialogue's last button begins with."""


class What(msgspec.Struct, frozen=True, tag_field="k"):
    """What happened, to which inquiry of the desk."""

    number: int


class Relayed(What, frozen=True, tag="relayed"):
    """A message of one party, for another. `opening` tells the inquiry's first.

    `files` is how many were left behind; those that come along follow in a notice of their own.
    """

    by: Party
    name: Foreign
    text: Foreign
    due_at: datetime | None = None
    files: int = 0
    opening: bool = False


class Carried(What, frozen=True, tag="carried"):
    """Files of one party, for another: fetched, and put into the place, when its turn comes.

    None may have more than `limit` bytes. `sender` is told which of them are left behind; without one nobody,
    as when staff look at an inquiry's files again. `left` is how many were, once that is known.
    """

    by: Party
    name: Foreign
    files: tuple[File, ...]
    limit: int
    sender: PersonId | None = None
    left: int = 0


class FilesLeft(What, frozen=True, tag="files_left"):
    """To whoever attached them: these files of a message did not come along, and why."""

    to: Party
    left: tuple[Left, ...]


class Reminded(What, frozen=True, tag="reminded"):
    """To the seller: the window closes at `due_at`."""

    step: Step
    due_at: datetime
    late: int = 0


class HeadsUp(What, frozen=True, tag="heads_up"):
    """To staff: no reply yet, the window is about to close."""

    seller: Foreign
    due_at: datetime
    late: int = 0


class WayOn(What, frozen=True, tag="way_on"):
    """To the buyer: the window has closed without a reply, and this is the way on."""

    seller: Foreign
    order_number: str
    due_at: datetime
    late: int = 0


class Missed(What, frozen=True, tag="missed"):
    """To staff: the window closed at `due_at` without a reply.

    `late` is by how many seconds this is told late.
    """

    seller: Foreign
    due_at: datetime
    late: int = 0
    unread: bool = False


class Escalated(What, frozen=True, tag="escalated"):
    """To the lead: missed, and nobody has acknowledged."""

    seller: Foreign
    due_at: datetime
    late: int = 0


class StillOpen(What, frozen=True, tag="still_open"):
    """To staff, weekly: this inquiry's clock still runs."""

    seller: Foreign
    due_at: datetime


class Held(What, frozen=True, tag="held"):
    """To the buyer: the seller is looking into it; the window stays."""

    due_at: datetime


class NoReplyNeeded(What, frozen=True, tag="no_reply_needed"):
    """To the seller: nobody waits for an answer any more."""

    by: Party


class SolvedAsked(What, frozen=True, tag="solved_asked"):
    """To the buyer: the seller says that it is solved, and asks whether it is."""

    seller: Foreign


class SolvedDenied(What, frozen=True, tag="solved_denied"):
    """To the seller: the buyer says it is not solved; `due_at` is None where no clock runs."""

    due_at: datetime | None = None


class Closed(What, frozen=True, tag="closed"):
    """To the other parties: closed, by whom and how."""

    by: Party
    outcome: Outcome


class Reopened(What, frozen=True, tag="reopened"):
    """To the other parties: open again, with a new window."""

    by: Party
    due_at: datetime


class AnsweredInTime(What, frozen=True, tag="answered_in_time"):
    """To staff.

    A reply had been given before the window closed and became known only after the miss was told.
    """

    at: datetime


class RefusedLate(What, frozen=True, tag="refused"):
    """To whoever wrote it, at `at`: what was read back after a gap was refused."""

    at: datetime
    refusal: Refusal


class Undelivered(What, frozen=True, tag="undelivered"):
    """To staff: a notice could not be delivered. `why` is a phrase id below `undeliverable.`.

    `kept` if it still waits.
    """

    to: Party | None
    place: PlaceId
    why: str
    kept: bool


class NotReached(What, frozen=True, tag="not_reached"):
    """To staff: a buyer wanted to write to a seller for whom no place is set."""

    seller: Foreign
    buyer: Foreign


class Trouble(What, frozen=True, tag="trouble"):
    """To staff: the desk itself is not well. `kind` is a phrase id below `trouble.`.

    `count` what it counts, `platform` the one whose workspace is lost.
    """

    kind: str
    count: int = 0
    since: datetime | None = None
    platform: str = ""


class WorkspaceLinked(What, frozen=True, tag="workspace_linked"):
    """To staff: a workspace of this platform belongs to the desk now. `by` is who joined it."""

    platform: str
    by: Foreign


class WorkspaceUnlinked(What, frozen=True, tag="workspace_unlinked"):
    """To staff: a workspace of this platform was taken off the desk, with so many sellers' places."""

    platform: str
    by: Foreign
    sellers: int


class Asked(What, frozen=True, tag="asked"):
    """To a person, in the DM: the dialogue's next question, with what is known so far."""

    asking: Asking
    seller: Foreign
    order_number: str
    text: Foreign
    topic: Topic | None = None
    wish: Wish | None = None
    refused: Refusal | None = None
    choices: tuple[tuple[str, Foreign], ...] = ()
    files: tuple[File, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def sending(self) -> str:
        """The value that sends the message shown here, and nothing that was entered since."""
        shown = "\0".join((self.order_number, self.text.raw, *(each.source for each in self.files)))
        return f"{SEND}:{zlib.crc32(shown.encode()):08x}"


AnyWhat = (
    Relayed
    | Carried
    | FilesLeft
    | Reminded
    | HeadsUp
    | WayOn
    | Missed
    | Escalated
    | StillOpen
    | Held
    | NoReplyNeeded
    | SolvedAsked
    | SolvedDenied
    | Closed
    | Reopened
    | AnsweredInTime
    | RefusedLate
    | Undelivered
    | NotReached
    | Trouble
    | WorkspaceLinked
    | WorkspaceUnlinked
    | Asked
)


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """One message for one place.

    `party` names the line of inquiry `number` under whose card it goes; without one it goes to the place
    itself. `stamp` is set on pings: the anchor it speaks of. When the inquiry's has moved on, it is dropped.
    """

    id: NoticeId
    desk: DeskId
    place: PlaceId
    lang: Lang
    what: AnyWhat
    number: int | None = None
    party: Party | None = None
    mentions: tuple[PersonId, ...] = ()
    stamp: str | None = None


class Card(msgspec.Struct, frozen=True, array_like=True):
    """A line's card wants to be drawn again: rendered from the record when its turn comes."""

    desk: DeskId
    place: PlaceId
    number: int
    party: Party
