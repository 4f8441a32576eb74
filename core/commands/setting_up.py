"""Commands by which a desk is set up: its settings, sellers, blocks, and the workspaces it lives in.

Made by the adapters for admins and staff, decided by core/rules/setting_up and core/rules/linking.
"""

from dataclasses import dataclass, field

from core.commands.acting import Command
from core.ids import Lang, LinkCode, PersonId, PlaceId, SellerId, WorkspaceId
from core.records import ShownAs
from core.text import Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpDesk(Command):
    """Set up a desk or change it: the whole of its settings as they are to be.

    `quiet_from` and `quiet_to` are minutes of the day, in the desk's zone; `zone` is the one a new desk gets.
    Without `shown_as` people are shown as before.
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
    shown_as: ShownAs | None = None


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
class MakeLinkCode(Command):
    """Give a code by which another workspace joins the desk; `code` is a fresh one."""

    code: LinkCode


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLinkCode(Command):
    """Join a workspace to the desk that gave a code, which somebody typed here.

    `desk` is the workspace's own, or a fresh one: whose code it is, the front desk finds out.
    """

    workspace: WorkspaceId
    typed: Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkWorkspace(Command):
    """Take a workspace off its desk, which keeps its inquiries."""

    workspace: WorkspaceId
