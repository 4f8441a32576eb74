"""Commands about one inquiry by its number: the buttons of its cards, the forms behind them, its alarm.

Made by the adapters and, for the alarm, by the front desk. Who may do which is for core/permissions to say.
"""

from dataclasses import dataclass
from datetime import datetime

from core.commands.acting import Command
from core.ids import PersonId
from core.records import Entry, Outcome
from core.text import Foreign


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
class ShowFiles(OnInquiry):
    """Staff want the inquiry's files in its staff thread.

    `entries` are those of its log that have files; the front desk reads them, whoever made the command.
    """

    entries: tuple[Entry, ...] = ()


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
