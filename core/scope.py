"""What has to be read to decide a command: one place that says it for each.

Called by `core.desk` before the store is read.
"""

from dataclasses import replace
from typing import assert_never

from core.commands import (
    AlarmRang,
    AnyCommand,
    BlockPerson,
    Choose,
    DeliveryFailed,
    MakeLinkCode,
    OnInquiry,
    OpenInquiry,
    PostMessage,
    RemoveSeller,
    ReportTrouble,
    SaveSeller,
    SetUpDesk,
    Talk,
    UnlinkWorkspace,
    UseLinkCode,
)
from core.decision import Scope
from core.notices import SEND
from core.records import Asking


def scope_of(command: AnyCommand) -> Scope:  # noqa: C901, PLR0911, PLR0912 -- a table
    """What to read for this command, in one round trip."""
    person = None if command.actor is None else command.actor.person
    scope = Scope(desk=command.desk, key=command.key, person=person)
    match command:
        case BlockPerson() | ReportTrouble() | MakeLinkCode() | UseLinkCode():
            return scope
        case SetUpDesk() | SaveSeller() | UnlinkWorkspace():
            return replace(scope, sellers=True)
        case RemoveSeller():
            return replace(scope, seller=command.seller)
        case OpenInquiry():
            return replace(scope, seller=command.seller, opening=True)
        case PostMessage():
            message = None
            if command.root is not None and command.actor is not None:
                message = (command.actor.place, command.root)
            return replace(scope, number=command.number, message=message)
        case Talk():
            return replace(scope, sellers=True, mine=True)
        case Choose():
            sends = command.asking is Asking.MESSAGE and command.value.startswith(SEND)
            return replace(scope, sellers=True, mine=True, opening=sends)
        case AlarmRang() | OnInquiry():
            return replace(scope, number=command.number)
        case DeliveryFailed():
            return replace(scope, number=command.number)
        case _:
            assert_never(command)
