"""Deciding: a snapshot, a command and the instant make a decision. Pure.

Called by `core.desk` only. Each command has one rule in core/rules; what can't be done comes back as a
refusal, which is an answer like any other, and is not remembered, since the same form may be sent again,
corrected.
"""

from datetime import datetime
from typing import assert_never

from core import commands as do
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.rules import (
    alarms,
    carrying,
    closing,
    dialogue,
    linking,
    messages,
    opening,
    setting_up,
    staff,
    troubles,
)
from core.rules.telling import outside


def decide(snapshot: Snapshot, command: do.AnyCommand, now: datetime) -> Decision:
    """What is to be, given what is and what somebody wants. `now` is aware, in UTC."""
    try:
        return _decided(snapshot, command, now)
    except Refused as refused:
        return outside(command, answer=refused.refusal)


def _decided(snapshot: Snapshot, command: do.AnyCommand, now: datetime) -> Decision:  # noqa: C901, PLR0911, PLR0912, PLR0915 -- a table: one line a command
    match command:
        case do.AlarmRang():
            return alarms.alarm_rang(snapshot, command, now)
        case do.PostMessage():
            return messages.post_message(snapshot, command, now)
        case do.AddNote():
            return messages.add_note(snapshot, command, now)
        case do.OpenInquiry():
            return opening.open_inquiry(snapshot, command, now)
        case do.Talk():
            return dialogue.talk(snapshot, command, now)
        case do.Choose():
            return dialogue.choose(snapshot, command, now)
        case do.Hold():
            return closing.hold(snapshot, command, now)
        case do.NeedNoReply():
            return closing.need_no_reply(snapshot, command, now)
        case do.SaySolved():
            return closing.say_solved(snapshot, command, now)
        case do.DenySolved():
            return closing.deny_solved(snapshot, command, now)
        case do.Withdraw():
            return closing.withdraw(snapshot, command, now)
        case do.ShowFiles():
            return carrying.show_files(snapshot, command, now)
        case do.LeaveFiles():
            return carrying.leave_files(snapshot, command, now)
        case do.Close():
            return closing.close(snapshot, command, now)
        case do.Reopen():
            return closing.reopen(snapshot, command, now)
        case do.Acknowledge():
            return staff.acknowledge(snapshot, command, now)
        case do.Assign():
            return staff.assign(snapshot, command, now)
        case do.Snooze():
            return staff.snooze(snapshot, command, now)
        case do.Mute():
            return staff.mute(snapshot, command, now)
        case do.SetUpDesk():
            return setting_up.set_up_desk(snapshot, command, now)
        case do.SaveSeller():
            return setting_up.save_seller(snapshot, command, now)
        case do.RemoveSeller():
            return setting_up.remove_seller(snapshot, command, now)
        case do.BlockPerson():
            return setting_up.block_person(snapshot, command, now)
        case do.MakeLinkCode():
            return linking.make_link_code(snapshot, command, now)
        case do.UseLinkCode():
            return linking.use_link_code(snapshot, command, now)
        case do.UnlinkWorkspace():
            return linking.unlink_workspace(snapshot, command, now)
        case do.DeliveryFailed():
            return troubles.delivery_failed(snapshot, command, now)
        case do.ReportTrouble():
            return troubles.report_trouble(snapshot, command, now)
        case _:
            assert_never(command)
