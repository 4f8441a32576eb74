"""Commands: a person's act, a platform's event, a rung alarm.

Made by the adapters' `parse` and by the scheduler, decided by `core.decide`. Frozen, each with an idempotency
key of its own; `scope` (core/scope.py) says what has to be read for it. All instants are aware, in UTC.
"""

from core.commands.acting import Actor, Command
from core.commands.inquiries import (
    Acknowledge,
    AddNote,
    AlarmRang,
    Assign,
    Close,
    DenySolved,
    Hold,
    Mute,
    NeedNoReply,
    OnInquiry,
    Reopen,
    SaySolved,
    ShowFiles,
    Snooze,
    Withdraw,
)
from core.commands.machinery import DeliveryFailed, LeaveFiles, ReportTrouble
from core.commands.setting_up import (
    BlockPerson,
    MakeLinkCode,
    RemoveSeller,
    SaveSeller,
    SetUpDesk,
    UnlinkWorkspace,
    UseLinkCode,
)
from core.commands.writing import Choose, OpenInquiry, PostMessage, Talk

__all__ = [
    "Acknowledge",
    "Actor",
    "AddNote",
    "AlarmRang",
    "AnyCommand",
    "Assign",
    "BlockPerson",
    "Choose",
    "Close",
    "Command",
    "DeliveryFailed",
    "DenySolved",
    "Hold",
    "LeaveFiles",
    "MakeLinkCode",
    "Mute",
    "NeedNoReply",
    "OnInquiry",
    "OpenInquiry",
    "PostMessage",
    "RemoveSeller",
    "Reopen",
    "ReportTrouble",
    "SaveSeller",
    "SaySolved",
    "SetUpDesk",
    "ShowFiles",
    "Snooze",
    "Talk",
    "UnlinkWorkspace",
    "UseLinkCode",
    "Withdraw",
]

AnyCommand = (
    SetUpDesk
    | SaveSeller
    | RemoveSeller
    | BlockPerson
    | MakeLinkCode
    | UseLinkCode
    | UnlinkWorkspace
    | OpenInquiry
    | PostMessage
    | Talk
    | Choose
    | AddNote
    | Hold
    | NeedNoReply
    | SaySolved
    | DenySolved
    | Withdraw
    | Acknowledge
    | Assign
    | Snooze
    | Mute
    | ShowFiles
    | Close
    | Reopen
    | AlarmRang
    | DeliveryFailed
    | LeaveFiles
    | ReportTrouble
)
