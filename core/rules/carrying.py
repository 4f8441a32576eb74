"""Files: which of a message's come along, who hears of those that don't, and what staff look at again.

Used by the rules of opening, messages and the dialogue for what a platform declares; called by `core.decide`
for what turned out when a file was fetched. The text always goes, whatever becomes of its files.
"""

from datetime import datetime
from typing import NamedTuple

from core.answers import Did
from core.commands import LeaveFiles, ShowFiles
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.files import File, Left, Why
from core.ids import PersonId
from core.kinds import claimed
from core.notices import Carried, FilesLeft
from core.policy import Limits
from core.records import Desk, Entered, Entry, Party
from core.refusal import Refusal
from core.rules.acting import scene
from core.rules.telling import Tell, on_inquiry, outside
from core.rules.windows import changed
from core.text import Foreign

SHOWN = 20
"""Messages whose files are put before staff at a time, the latest ones."""


class Sorted(NamedTuple):
    """A message's files: those to carry, and those left behind."""

    files: tuple[File, ...]
    left: tuple[Left, ...]


def sorted_out(limits: Limits, text: Foreign, files: tuple[File, ...], *, before: int = 0) -> Sorted:
    """Which of a message's files are carried, going by what their platform says; `before` are there already.

    Refuses the message where nothing of it would be left.
    """
    taken: list[File] = []
    left: list[Left] = []
    for file in files:
        why = _against(limits, file, before + len(taken))
        if why is None:
            taken.append(file)
        else:
            left.append(why)
    if left and not text and not taken:
        raise Refused(Refusal(reason="files_left", field="text", left=tuple(left)))
    return Sorted(tuple(taken), tuple(left))


def _against(limits: Limits, file: File, taken: int) -> Left | None:
    if (file.name or file.kind) and claimed(file.name.raw, file.kind) is None:
        return Left(file, Why.KIND)
    if file.size > limits.file_size:
        return Left(file, Why.TOO_LARGE, limits.file_size)
    return Left(file, Why.TOO_MANY, limits.files) if taken >= limits.files else None


def carry(desk: Desk, entry: Entry, *, number: int, to: Party, sender: PersonId | None) -> tuple[Tell, ...]:
    """The files of an entry of the log, for another party; nothing where it has none."""
    if not entry.attached or entry.role is None:
        return ()
    what = Carried(
        number=number,
        by=entry.role,
        name=entry.name,
        files=entry.attached,
        limit=desk.limits.file_size,
        sender=sender,
    )
    return (Tell(to, what),)


def left_entries(entry: Entry, left: tuple[Left, ...]) -> tuple[Entry, ...]:
    """What the log says of the files of an entry that were left behind: one line for each reason."""
    return tuple(
        Entry(
            kind=Entered.FILES_LEFT,
            at=entry.at,
            role=entry.role,
            by=entry.by,
            name=entry.name,
            to=entry.to,
            detail=why.value,
            attached=tuple(each.file for each in left if each.why is why),
        )
        for why in dict.fromkeys(each.why for each in left)
    )


def leave_files(snapshot: Snapshot, command: LeaveFiles, now: datetime) -> Decision:
    """Files that could not be carried after all: their sender is told which and why, and the log says so."""
    inquiry = snapshot.inquiry
    if inquiry is None:
        return outside(command)
    about = Entry(
        kind=Entered.MESSAGE,
        at=now,
        role=command.party,
        by=command.sender,
        name=command.name or (inquiry.buyer_name if command.party is Party.BUYER else command.name),
        to=command.to,
    )
    told = FilesLeft(number=inquiry.number, to=command.to, left=command.left)
    return on_inquiry(
        snapshot,
        command,
        changed(inquiry),
        tells=(Tell(command.party, told, (command.sender,)),),
        entries=left_entries(about, command.left),
    )


def show_files(snapshot: Snapshot, command: ShowFiles, now: datetime) -> Decision:
    """Staff have the files of an inquiry put into its staff thread, message by message."""
    del now
    found = scene(snapshot, command)
    entries = [entry for entry in command.entries if entry.attached][-SHOWN:]
    if not entries:
        raise Refused(Refusal(reason="no_files", number=command.number))
    return on_inquiry(
        snapshot,
        command,
        changed(found.inquiry),
        tells=[
            tell
            for entry in entries
            for tell in carry(found.desk, entry, number=command.number, to=Party.STAFF, sender=None)
        ],
        answer=Did(act="files", number=command.number),
    )
