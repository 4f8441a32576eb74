"""What staff do with an inquiry: acknowledge, assign, snooze, mute.

Called by `core.decide`. None of it moves a deadline or stops a clock; it is shown on the staff's card.
"""

from datetime import datetime, timedelta

from core.answers import Did
from core.commands import Acknowledge, Assign, Mute, Snooze
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.records import Entered, Signed
from core.refusal import Refusal
from core.rules.acting import entry_of, open_scene, running_until
from core.rules.telling import on_inquiry
from core.rules.windows import changed
from core.text import Foreign

FARTHEST = timedelta(days=30)
"""How far ahead a snooze or a mute may end."""


def acknowledge(snapshot: Snapshot, command: Acknowledge, now: datetime) -> Decision:
    """Someone has seen it: the pings of this window end, the record stays."""
    found = open_scene(snapshot, command)
    running_until(found.inquiry)
    if found.inquiry.acknowledged is not None:
        raise Refused(
            Refusal(
                reason="already_acknowledged",
                number=command.number,
                until=found.inquiry.acknowledged.at,
            )
        )
    after = changed(found.inquiry, acknowledged=Signed(found.actor.person, now, found.actor.name))
    return on_inquiry(
        snapshot,
        command,
        after,
        entries=(entry_of(found, Entered.ACKNOWLEDGED, now),),
        answer=Did(act="acknowledged", number=command.number),
    )


def assign(snapshot: Snapshot, command: Assign, now: datetime) -> Decision:
    """Someone takes it, or gives it to another."""
    found = open_scene(snapshot, command)
    name = found.actor.name if command.to == found.actor.person else Foreign("")
    after = changed(found.inquiry, assigned=command.to, assigned_name=name)
    return on_inquiry(
        snapshot,
        command,
        after,
        entries=(entry_of(found, Entered.ASSIGNED, now, command.to),),
        answer=Did(act="assigned", number=command.number),
    )


def snooze(snapshot: Snapshot, command: Snooze, now: datetime) -> Decision:
    """The staff's own pings wait; the miss does not."""
    found = open_scene(snapshot, command)
    until = _ahead(command, now)
    return on_inquiry(
        snapshot,
        command,
        changed(found.inquiry, snoozed_until=until),
        entries=(entry_of(found, Entered.SNOOZED, now, until.isoformat()),),
        answer=Did(act="snoozed", number=command.number, until=until),
    )


def mute(snapshot: Snapshot, command: Mute, now: datetime) -> Decision:
    """The seller's reminders wait."""
    found = open_scene(snapshot, command)
    until = _ahead(command, now)
    return on_inquiry(
        snapshot,
        command,
        changed(found.inquiry, muted_until=until),
        entries=(entry_of(found, Entered.MUTED, now, until.isoformat()),),
        answer=Did(act="muted", number=command.number, until=until),
    )


def _ahead(command: Snooze | Mute, now: datetime) -> datetime:
    if command.until <= now:
        raise Refused(Refusal(reason="past", number=command.number, until=command.until))
    if command.until > now + FARTHEST:
        raise Refused(Refusal(reason="too_far", number=command.number, limit=FARTHEST.days))
    return command.until
