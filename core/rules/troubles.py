"""What staff must hear of the machinery: a notice that did not arrive, a desk that is not well.

Called by `core.decide` for what delivery and the watch report. Where the staff place itself is lost, the
leads are told in their DMs.
"""

from datetime import datetime

import msgspec

from core.commands import DeliveryFailed, ReportTrouble
from core.decision import Decision, Snapshot
from core.ids import PersonId, PlaceId, dm_with, is_at, is_group, platform_of, workspace_of
from core.notices import AnyWhat, Trouble, Undelivered
from core.records import Desk, Entered, Entry, Party
from core.rules.telling import Tell, TellPlace, lang_of, on_inquiry, outside
from core.rules.windows import changed


def delivery_failed(snapshot: Snapshot, command: DeliveryFailed, now: datetime) -> Decision:
    """Someone is told what did not arrive, where and why, and whether it still waits."""
    desk, inquiry = snapshot.desk, snapshot.inquiry
    if desk is None:
        return outside(command)
    what = Undelivered(
        number=command.number or 0, to=command.party, place=command.place, why=command.why, kept=command.kept
    )
    beyond = _beyond(desk, command, what)
    if inquiry is None or command.place in {desk.staff_place, inquiry.lines[Party.STAFF].place}:
        return outside(command, tells=_told(desk, command.place, what) or beyond)
    entry = Entry(kind=Entered.UNDELIVERED, at=now, to=command.party, detail=command.why)
    decision = on_inquiry(
        snapshot,
        command,
        changed(inquiry),
        tells=(Tell(Party.STAFF, what, desk.staff),),
        entries=(entry,),
    )
    told = {notice.place for notice in decision.notices}
    loose = outside(command, tells=[each for each in beyond if each.place not in told]).notices
    return msgspec.structs.replace(decision, notices=(*decision.notices, *loose))


def _beyond(desk: Desk, command: DeliveryFailed, what: AnyWhat) -> tuple[TellPlace, ...]:
    """Where a platform as a whole can't be spoken to, and the staff place is there: somebody elsewhere."""
    place = desk.staff_place
    if command.why != "misconfigured" or place is None or platform_of(place) != platform_of(command.place):
        return ()
    return _in_dms(desk, _first(*_elsewhere(desk, place)), what)


def report_trouble(snapshot: Snapshot, command: ReportTrouble, now: datetime) -> Decision:
    """The staff place hears that the desk is not well, the leads by name."""
    del now
    desk = snapshot.desk
    if desk is None:
        return outside(command)
    lost = command.workspace
    platform = "" if lost is None else platform_of(lost).capitalize()
    what = Trouble(number=0, kind=command.kind, count=command.count, since=command.since, platform=platform)
    here = desk.staff_place is not None and workspace_of(desk.staff_place) == lost
    return outside(command, tells=_told(desk, desk.staff_place if here else None, what))


def _told(desk: Desk, lost: PlaceId | None, what: AnyWhat) -> tuple[TellPlace, ...]:
    """In the staff place; where that is what was lost, each lead in their DM, and somebody elsewhere."""
    people, place = (desk.leads, desk.admins, desk.staff), desk.staff_place
    if place is not None and place != lost:
        here = (tuple(one for one in each if is_at(one, place)) for each in people)
        return (TellPlace(place, lang_of(desk, place), what, _first(*here)),)
    single = (tuple(one for one in each if not is_group(one)) for each in people)
    return _in_dms(desk, (*_first(*single), *_first(*_elsewhere(desk, lost))), what)


def _in_dms(desk: Desk, people: tuple[PersonId, ...], what: AnyWhat) -> tuple[TellPlace, ...]:
    lang = "ja" if desk.staff_place is None else lang_of(desk, desk.staff_place)
    return tuple(TellPlace(dm_with(each), lang, what, (each,)) for each in dict.fromkeys(people))


def _elsewhere(desk: Desk, lost: PlaceId | None) -> list[tuple[PersonId, ...]]:
    """The leads, the admins and the staff, as far as each is a person on another platform."""
    return [
        tuple(one for one in each if not is_group(one) and _is_elsewhere(one, lost))
        for each in (desk.leads, desk.admins, desk.staff)
    ]


def _first(*groups: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Those of the first group in which there is anybody."""
    return next((each for each in groups if each), ())


def _is_elsewhere(person: PersonId, lost: PlaceId | None) -> bool:
    return lost is not None and platform_of(person) != platform_of(lost)
