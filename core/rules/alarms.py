"""An alarm rang: which rungs are due, whom each tells, and the miss.

Called by `core.decide` for AlarmRang, one for each inquiry whose alarm is due, up to thousands a second.
Rungs that were passed collapse, for each audience, into the latest one, which says how late it is.
"""

from datetime import datetime, timedelta

from core.clock import due_at, elapsed, repeats_by, rungs_due
from core.commands import AlarmRang
from core.decision import Decision, Snapshot
from core.ids import PersonId
from core.notices import AnyWhat, Escalated, HeadsUp, Missed, Reminded, StillOpen, WayOn
from core.policy import Audience, Rung, Step
from core.records import Entered, Entry, Inquiry, Party
from core.rules.acting import desk_of
from core.rules.telling import Tell, on_inquiry, outside, sellers_people, staff_to_ping
from core.rules.windows import changed

LATE = timedelta(minutes=5)
"""From how late on a notice says so."""

_PARTIES = {
    Audience.BUYER: Party.BUYER,
    Audience.SELLER: Party.SELLER,
    Audience.STAFF: Party.STAFF,
    Audience.LEAD: Party.STAFF,
}


def alarm_rang(snapshot: Snapshot, command: AlarmRang, now: datetime) -> Decision:
    """What is due is told; an alarm that rang early only gets its next instant."""
    inquiry = snapshot.inquiry
    due = None if inquiry is None else due_at(inquiry)
    if inquiry is None or due is None or inquiry.anchor is None:
        return outside(command)
    passed = elapsed(inquiry.anchor, now)
    ringing = rungs_due(inquiry, passed)
    ladder = inquiry.policy.ladder
    missed = any(ladder[index].step is Step.MISSED for index in ringing)
    done, repeats = inquiry.done, inquiry.repeats
    for index in ringing:
        done |= 1 << index
        repeats = repeats_by(inquiry, ladder[index], now) if ladder[index].every is not None else repeats
    after = changed(inquiry, done=done, repeats=repeats, missed_at=due if missed else inquiry.missed_at)
    tells: list[Tell] = []
    entries: list[Entry] = []
    for index in _collapsed(inquiry, tuple(ringing), now, due):
        tell = _tell(snapshot, command, after, ladder[index], due, _late(passed - ringing[index]))
        if tell is not None:
            tells.append(tell)
            entries.append(_entry(ladder[index], now))
    return on_inquiry(
        snapshot,
        command,
        after,
        tells=tells,
        entries=tuple(entries),
        remember=False,
    )


def _collapsed(inquiry: Inquiry, ringing: tuple[int, ...], now: datetime, due: datetime) -> tuple[int, ...]:
    """The latest due rung of each audience, but the miss before all others: it is told, however late.

    The lead and the staff are one, and a closed window reminds nobody of itself.
    """
    ladder = inquiry.policy.ladder
    latest: dict[Party | Audience, int] = {}
    for index in ringing:
        rung = ladder[index]
        if rung.to is Audience.SELLER and now >= due:
            continue
        if rung.to is Audience.LEAD and Audience.STAFF in latest and inquiry.missed_at is None:
            continue
        if rung.to in latest and ladder[latest[rung.to]].step is Step.MISSED:
            continue
        latest[rung.to] = index
    return tuple(sorted(latest.values()))


def _tell(
    snapshot: Snapshot, command: AlarmRang, inquiry: Inquiry, rung: Rung, due: datetime, late: int
) -> Tell | None:
    """Who is told what by a rung; None where somebody has acknowledged and nobody is to be pinged."""
    number, seller = inquiry.number, inquiry.seller_name
    what: AnyWhat
    match rung.step:
        case Step.REMINDER | Step.LAST_CALL:
            what = Reminded(number=number, step=rung.step, due_at=due, late=late)
        case Step.HEADS_UP:
            what = HeadsUp(number=number, seller=seller, due_at=due, late=late)
        case Step.MISSED if rung.to is Audience.BUYER:
            what = WayOn(
                number=number, seller=seller, order_number=inquiry.order_number, due_at=due, late=late
            )
        case Step.MISSED:
            what = Missed(number=number, seller=seller, due_at=due, late=late, unread=command.unread)
        case Step.ESCALATION:
            what = Escalated(number=number, seller=seller, due_at=due, late=late)
        case Step.STILL_OPEN:
            what = StillOpen(number=number, seller=seller, due_at=due)
    party = _PARTIES[rung.to]
    if party is Party.STAFF and rung.step is not Step.MISSED and inquiry.acknowledged is not None:
        return None
    return Tell(party, what, _people(snapshot, inquiry, rung), ping=True)


def _people(snapshot: Snapshot, inquiry: Inquiry, rung: Rung) -> tuple[PersonId, ...]:
    desk = desk_of(snapshot)
    match rung.to:
        case Audience.BUYER:
            return (inquiry.buyer,)
        case Audience.SELLER:
            return sellers_people(snapshot.seller)
        case Audience.STAFF:
            everyone = (*desk.staff, *_lead_too(snapshot, inquiry)) if rung.step is Step.MISSED else ()
            return tuple(dict.fromkeys((*everyone, *staff_to_ping(desk, inquiry))))
        case Audience.LEAD:
            return desk.leads or desk.staff


def _lead_too(snapshot: Snapshot, inquiry: Inquiry) -> tuple[PersonId, ...]:
    """The leads, where the miss is told so late that their own rungs have collapsed into it."""
    rungs = enumerate(inquiry.policy.ladder)
    passed = any(rung.to is Audience.LEAD and (inquiry.done >> index) & 1 for index, rung in rungs)
    return desk_of(snapshot).leads if passed else ()


def _late(seconds: float) -> int:
    """By how many seconds a rung rings late, 0 where that is not worth a word."""
    return int(seconds) if seconds >= LATE.total_seconds() else 0


def _entry(rung: Rung, now: datetime) -> Entry:
    kind = Entered.MISSED if rung.step is Step.MISSED else Entered.RANG
    return Entry(kind=kind, at=now, to=_PARTIES[rung.to], detail=rung.step.value)
