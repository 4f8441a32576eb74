"""Setting up a desk: its settings, its sellers, and whom it keeps out.

Called by `core.decide`. The workspace's admins set up, then whom they name; sellers and blocks are the
staff's.
"""

from datetime import datetime

import msgspec

from core.answers import DeskReady, Did, SellerSaved
from core.commands import BlockPerson, RemoveSeller, SaveSeller, SetUpDesk
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.ids import DeskId, is_at, workspace_of
from core.permissions import may_set_up
from core.policy import Quiet
from core.records import Desk, Seller
from core.refusal import Refusal
from core.rules.acting import actor_of, staff_only
from core.rules.telling import outside
from core.text import Foreign, folded

SELLERS_LIMIT = 1_000
"""Sellers of one desk, so that type-ahead reads them at once."""

NAME_LIMIT = 80


def set_up_desk(snapshot: Snapshot, command: SetUpDesk, now: datetime) -> Decision:
    """The desk's settings, as they are to be from now on; running deadlines do not move."""
    del now
    actor, known = actor_of(command), snapshot.desk
    if not may_set_up(known, actor):
        raise Refused(Refusal(reason="not_allowed"))
    if not command.name:
        raise Refused(Refusal(reason="name_empty", field="name"))
    if not any(is_at(each, command.staff_place) for each in command.staff):
        raise Refused(Refusal(reason="nobody_to_ping", field="staff"))
    if any(seller.place == command.staff_place for seller in snapshot.sellers):
        raise Refused(Refusal(reason="staff_place", field="staff_place"))
    before = known or _new(command.desk, command)
    admins = command.admins if actor.person in command.admins else (*command.admins, actor.person)
    desk = msgspec.structs.replace(
        before,
        version=before.version + 1,
        name=Foreign(command.name.raw[:NAME_LIMIT]),
        workspaces=tuple(dict.fromkeys((*before.workspaces, command.workspace))),
        staff_place=command.staff_place,
        staff=command.staff,
        leads=command.leads,
        admins=admins,
        languages={**before.languages, **command.languages},
        quiet=_quiet(before, command),
        shown_as=command.shown_as or before.shown_as,
    )
    ready = DeskReady(name=desk.name, staff_place=command.staff_place)
    return outside(command, changes=(desk,), answer=ready)


def save_seller(snapshot: Snapshot, command: SaveSeller, now: datetime) -> Decision:
    """Add a seller or change one: name, place, whom to ping there, and the place's language."""
    del now
    desk, _ = staff_only(snapshot, command)
    if not command.name:
        raise Refused(Refusal(reason="name_empty", field="name"))
    name = Foreign(command.name.raw.strip()[:NAME_LIMIT])
    others = [one for one in snapshot.sellers if not one.removed and one.id != command.seller]
    if any(folded(one.name) == folded(name) for one in others):
        raise Refused(Refusal(reason="name_taken", field="name", text=name))
    if len(others) >= SELLERS_LIMIT:
        raise Refused(Refusal(reason="too_many_sellers", limit=SELLERS_LIMIT))
    if command.place is not None and workspace_of(command.place) not in desk.workspaces:
        raise Refused(Refusal(reason="not_allowed", field="place"))
    if command.place is not None and command.place == desk.staff_place:
        raise Refused(Refusal(reason="staff_place", field="place"))
    known = next((one for one in snapshot.sellers if one.id == command.seller), None)
    if command.seller is not None and known is None:
        raise Refused(Refusal(reason="unknown_seller"))
    seller = Seller(
        version=1 if known is None else known.version + 1,
        id=command.fresh if known is None else known.id,
        desk=desk.id,
        name=name,
        place=command.place,
        ping=command.ping,
    )
    saved = SellerSaved(id=seller.id, name=name, place=seller.place, ping=seller.ping)
    return outside(command, changes=(seller, *_speaking(desk, command)), answer=saved)


def remove_seller(snapshot: Snapshot, command: RemoveSeller, now: datetime) -> Decision:
    """Take a seller off the list; what is open with them goes on to its end."""
    del now
    staff_only(snapshot, command)
    known = snapshot.seller
    if known is None or known.removed:
        raise Refused(Refusal(reason="unknown_seller"))
    seller = msgspec.structs.replace(known, version=known.version + 1, removed=True)
    gone = Did(act="seller_removed", name=known.name, count=snapshot.seller_count)
    return outside(command, changes=(seller,), answer=gone)


def block_person(snapshot: Snapshot, command: BlockPerson, now: datetime) -> Decision:
    """Keep a person from opening and writing, or let them again."""
    del now
    desk, _ = staff_only(snapshot, command)
    others = tuple(person for person in desk.blocked if person != command.person)
    blocked = (*others, command.person) if command.blocked else others
    after = msgspec.structs.replace(desk, version=desk.version + 1, blocked=blocked)
    return outside(command, changes=(after,), answer=Did(act="blocked" if command.blocked else "unblocked"))


def _new(desk: DeskId, command: SetUpDesk) -> Desk:
    return Desk(id=desk, name=command.name, workspaces=(), staff_place=None, zone=command.zone)


def _quiet(desk: Desk, command: SetUpDesk) -> Quiet | None:
    """The quiet hours, which have two ends or are none."""
    start, end = command.quiet_from, command.quiet_to
    if start is None and end is None:
        return None
    if start is None or end is None or start == end:
        raise Refused(Refusal(reason="quiet_hours", field="quiet_to" if end is None else "quiet_from"))
    return Quiet(start=start, end=end, zone=desk.zone)


def _speaking(desk: Desk, command: SaveSeller) -> tuple[Desk, ...]:
    """The desk with the place's language, where that is news."""
    if command.place is None or desk.languages.get(command.place) == command.lang:
        return ()
    languages = {**desk.languages, command.place: command.lang}
    return (msgspec.structs.replace(desk, version=desk.version + 1, languages=languages),)
