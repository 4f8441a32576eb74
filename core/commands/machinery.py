"""Commands of the machinery: a notice that did not arrive, files left behind, a desk that is not well.

Made by the scheduler, decided by core/rules/troubles. Nobody acts in them.
"""

from dataclasses import dataclass
from datetime import datetime

from core.commands.acting import Command
from core.commands.inquiries import OnInquiry
from core.files import Left
from core.ids import PersonId, PlaceId, WorkspaceId
from core.records import Party
from core.text import Foreign


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
class LeaveFiles(OnInquiry):
    """Files of a message can't be carried `to` a party: `sender`, who wrote as `party`, has to know why."""

    party: Party
    sender: PersonId
    name: Foreign
    to: Party
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTrouble(Command):
    """The desk itself is not well: a late sweep, a failed audit, a stuck delivery.

    `workspace` is the one that is lost, where that is the trouble.
    """

    kind: str
    count: int = 0
    since: datetime | None = None
    workspace: WorkspaceId | None = None
