"""One desk in several workspaces: a code that joins another one to it, and taking one off again.

Called by `core.decide`. Whose code was typed, and whether a workspace may join, `core.linking` has asked by
then. Taking a workspace off moves no record of an inquiry: what is said to a place there is told to staff.
"""

from datetime import datetime, timedelta

import msgspec

from core.answers import CodeMade, Did, Linked
from core.commands import Command, MakeLinkCode, UnlinkWorkspace, UseLinkCode
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.ids import PersonId, PlaceId, WorkspaceId, has_workspace, is_at, platform_of, workspace_of
from core.notices import AnyWhat, WorkspaceLinked, WorkspaceUnlinked
from core.permissions import may_set_up
from core.records import Desk
from core.refusal import Refusal
from core.rules.acting import actor_of, desk_of
from core.rules.telling import TellPlace, lang_of, outside

CODE_LASTS = timedelta(minutes=10)


def make_link_code(snapshot: Snapshot, command: MakeLinkCode, now: datetime) -> Decision:
    """A code for another workspace, to whoever may set up the desk."""
    _settled(snapshot, command)
    return outside(command, answer=CodeMade(code=command.code, until=now + CODE_LASTS))


def use_link_code(snapshot: Snapshot, command: UseLinkCode, now: datetime) -> Decision:
    """The workspace joins the desk."""
    del now
    desk = desk_of(snapshot)
    if command.workspace in desk.workspaces:
        return outside(command, answer=Linked(desk=desk.name))
    platform = platform_of(command.workspace).capitalize()
    after = msgspec.structs.replace(
        desk, version=desk.version + 1, workspaces=(*desk.workspaces, command.workspace)
    )
    what = WorkspaceLinked(number=0, platform=platform, by=actor_of(command).name)
    return outside(command, tells=_to_staff(after, what), changes=(after,), answer=Linked(desk=desk.name))


def unlink_workspace(snapshot: Snapshot, command: UnlinkWorkspace, now: datetime) -> Decision:
    """The workspace leaves the desk, and its people with it; the staff's place is elsewhere by then."""
    del now
    desk, leaves = _settled(snapshot, command), command.workspace
    if leaves not in desk.workspaces:
        raise Refused(Refusal(reason="no_desk"))
    if len(desk.workspaces) == 1:
        raise Refused(Refusal(reason="last_workspace"))
    staying = tuple(each for each in desk.workspaces if each != leaves)
    after = msgspec.structs.replace(
        desk,
        version=desk.version + 1,
        workspaces=staying,
        staff=_of(staying, desk.staff),
        leads=_of(staying, desk.leads),
        admins=_of(staying, desk.admins),
        languages={place: lang for place, lang in desk.languages.items() if workspace_of(place) != leaves},
    )
    place = desk.staff_place
    if place is None or workspace_of(place) == leaves or not any(is_at(each, place) for each in after.staff):
        raise Refused(Refusal(reason="staff_are_here"))
    sellers = sum(_in(leaves, seller.place) for seller in snapshot.sellers)
    platform = platform_of(leaves).capitalize()
    what = WorkspaceUnlinked(number=0, platform=platform, by=actor_of(command).name, sellers=sellers)
    return outside(
        command, tells=_to_staff(after, what), changes=(after,), answer=Did(act="unlinked", count=sellers)
    )


def given_up(desk: Desk, command: Command) -> Decision:
    """A desk in which nothing was ever asked, left by its only workspace: nobody of it is told any more."""
    after = msgspec.structs.replace(
        desk, version=desk.version + 1, workspaces=(), staff_place=None, staff=(), leads=(), admins=()
    )
    decision = outside(command, changes=(after,))
    return msgspec.structs.replace(decision, desk=desk.id, remember=False)


def _settled(snapshot: Snapshot, command: Command) -> Desk:
    """The desk, for whoever may set it up."""
    desk = desk_of(snapshot)
    if not may_set_up(desk, actor_of(command)):
        raise Refused(Refusal(reason="not_allowed"))
    return desk


def _to_staff(desk: Desk, what: AnyWhat) -> tuple[TellPlace, ...]:
    if desk.staff_place is None:
        return ()
    return (TellPlace(desk.staff_place, lang_of(desk, desk.staff_place), what),)


def _of(workspaces: tuple[WorkspaceId, ...], people: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Those who belong to one of these; who belongs to none stays while their platform does."""
    platforms = {platform_of(each) for each in workspaces}
    return tuple(
        person
        for person in people
        if workspace_of(person) in workspaces
        or (not has_workspace(person) and platform_of(person) in platforms)
    )


def _in(workspace: WorkspaceId, place: PlaceId | None) -> bool:
    return place is not None and workspace_of(place) == workspace
