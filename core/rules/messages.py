"""Messages and notes: who wrote in which line, what that does to the clock, and who reads it.

A genuine reply of the seller stops the clock; the first unanswered message of the buyer starts it; staff stop
nothing. A reply counts from when it was given (`command.at`), however late it became known.
"""

from datetime import datetime

import msgspec

from core.answers import AnyAnswer, Nothing, Sent
from core.clock import due_at
from core.commands import Actor, AddNote, Command, PostMessage
from core.decision import Changed, Decision, Snapshot
from core.errors import Refused
from core.files import File
from core.ids import MessageId
from core.inquiry import with_heard
from core.notices import AnsweredInTime, FilesLeft, RefusedLate, Relayed
from core.permissions import party_of
from core.records import Draft, Entered, Entry, Inquiry, Party
from core.refusal import Refusal
from core.rules import drafts
from core.rules.acting import (
    actor_of,
    desk_of,
    open_scene,
    paced,
    require_open,
    require_text,
    require_unblocked,
)
from core.rules.carrying import Sorted, carry, left_entries, sorted_out
from core.rules.telling import Tell, named, on_inquiry, outside, sellers_people, shown_name
from core.rules.windows import answered, asked, changed


def post_message(snapshot: Snapshot, command: PostMessage, now: datetime) -> Decision:
    """Someone wrote under a card, or by a form to a party."""
    desk, actor = desk_of(snapshot), actor_of(command)
    inquiry = snapshot.inquiry
    if inquiry is None:
        return _elsewhere(command)
    role = party_of(desk, inquiry, snapshot.seller, actor)
    if snapshot.party is Party.STAFF and command.to is None:
        return _noted_below(snapshot, command, inquiry)
    if role is None or (snapshot.party is Party.BUYER and role is not Party.BUYER):
        return _elsewhere(command)
    if role is not Party.STAFF and command.to not in {None, _other(role)}:
        raise Refused(Refusal(reason="not_allowed", number=inquiry.number))
    return said(snapshot, command, role, min(command.at, now))


def said(
    snapshot: Snapshot,
    command: PostMessage,
    role: Party,
    at: datetime,
    *,
    used: tuple[Draft, ...] | None = None,
) -> Decision:
    """A message of one party, on its way; refused ones are kept as a draft.

    `used` is the draft the message came from, as it is to be; by default what was kept for this inquiry has
    served.
    """
    desk, actor, inquiry = desk_of(snapshot), actor_of(command), snapshot.inquiry
    if inquiry is None:
        return _elsewhere(command)
    to = command.to or (snapshot.party if role is Party.STAFF and snapshot.party else _other(role))
    others: tuple[Changed, ...] = ()
    try:
        require_unblocked(desk, actor)
        require_open(inquiry, role)
        direct = snapshot.party == to
        # What stands in the other party's place already needs no carrying.
        sort = Sorted(command.files, ()) if direct else sorted_out(desk.limits, command.text, command.files)
        require_text(command.text, files=len(sort.files))
        if role is Party.BUYER:
            others = (paced(snapshot, desk, actor, at),)
    except Refused as refused:
        return _kept(snapshot, command, inquiry, refused.refusal)
    counted = msgspec.structs.replace(inquiry, files=inquiry.files + len(sort.files))
    after, tells = _moved(counted, role, at)
    after = _heard(after, snapshot, command)
    entry = _entry(command, actor, role, to, at, sort.files)
    if not direct:
        carried = carry(desk, named(after, entry), number=inquiry.number, to=to, sender=actor.person)
        tells = (_relay(snapshot, command, after, entry, len(sort.left)), *carried, *tells)
    if sort.left and command.read_back:  # nobody waits for the answer that would say it
        tells += (Tell(role, FilesLeft(number=inquiry.number, to=to, left=sort.left), (actor.person,)),)
    return on_inquiry(
        snapshot,
        command,
        after,
        tells=tells,
        entries=(entry, *left_entries(entry, sort.left)),
        answer=Sent(number=inquiry.number, to=to, due_at=due_at(after), left=sort.left),
        others=(*others, *(drafts.served(snapshot, inquiry.number) if used is None else used)),
    )


def add_note(snapshot: Snapshot, command: AddNote, now: datetime) -> Decision:
    """A note among staff, by a form."""
    found = open_scene(snapshot, command)
    require_text(command.text)
    return _noted(snapshot, command, found.inquiry, min(command.at, now))


def _noted_below(snapshot: Snapshot, command: PostMessage, inquiry: Inquiry) -> Decision:
    """A note, as it is written under the staff's card."""
    try:
        require_text(command.text, files=1)
    except Refused as refused:
        return _refused(snapshot, command, inquiry, refused.refusal)
    return _noted(snapshot, command, inquiry, command.at)


def _noted(snapshot: Snapshot, command: PostMessage | AddNote, inquiry: Inquiry, at: datetime) -> Decision:
    """What is written under the staff's card stays among staff, whoever writes it."""
    actor = actor_of(command)
    files = command.files if isinstance(command, PostMessage) else ()
    entry = _entry(command, actor, Party.STAFF, Party.STAFF, at, files)
    after = changed(inquiry)
    answer: AnyAnswer = Nothing()
    tells: tuple[Tell, ...] = ()
    if isinstance(command, PostMessage):
        after = _heard(after, snapshot, command)
    else:
        by_form = Relayed(number=inquiry.number, by=Party.STAFF, name=actor.name, text=command.text)
        tells = (Tell(Party.STAFF, by_form),)
    return on_inquiry(snapshot, command, after, tells=tells, entries=(entry,), answer=answer)


def _moved(inquiry: Inquiry, role: Party, at: datetime) -> tuple[Inquiry, tuple[Tell, ...]]:
    """What a message does to the clock, and what staff hear of it."""
    count = inquiry.messages + 1
    match role:
        case Party.SELLER:
            given = max(at, inquiry.opened_at)  # nobody replies earlier, whatever the clocks say
            return answered(inquiry, given, messages=count), _in_time(inquiry, given)
        case Party.BUYER:
            return asked(inquiry, at, messages=count), ()
        case Party.STAFF:
            return changed(inquiry, messages=count), ()


def _in_time(inquiry: Inquiry, at: datetime) -> tuple[Tell, ...]:
    anchor, due = inquiry.anchor, due_at(inquiry)
    if inquiry.missed_at is None or anchor is None or due is None or not anchor <= at < due:
        return ()
    return (Tell(Party.STAFF, AnsweredInTime(number=inquiry.number, at=at)),)


def _relay(snapshot: Snapshot, command: PostMessage, after: Inquiry, entry: Entry, left: int) -> Tell:
    role, to = entry.role or Party.STAFF, entry.to or Party.STAFF
    what = Relayed(
        number=after.number,
        by=role,
        name=shown_name(after, actor_of(command).name),
        text=command.text,
        due_at=due_at(after) if to is Party.SELLER else None,
        files=left,
    )
    people = (after.buyer,) if to is Party.BUYER else sellers_people(snapshot.seller)
    return Tell(to, what, people)


def _entry(
    command: PostMessage | AddNote,
    actor: Actor,
    role: Party,
    to: Party,
    at: datetime,
    files: tuple[File, ...],
) -> Entry:
    return Entry(
        kind=Entered.NOTE if to is Party.STAFF else Entered.MESSAGE,
        at=at,
        role=role,
        by=actor.person,
        name=actor.name,
        to=to,
        text=command.text,
        attached=files,
    )


def _heard(inquiry: Inquiry, snapshot: Snapshot, command: PostMessage) -> Inquiry:
    """The inquiry, with this message known on its line, so that history is read back from after it."""
    if snapshot.party is None or command.message is None:
        return inquiry
    lines = with_heard(inquiry.lines, snapshot.party, MessageId(command.message))
    return msgspec.structs.replace(inquiry, lines=lines)


def _kept(snapshot: Snapshot, command: PostMessage, inquiry: Inquiry, refusal: Refusal) -> Decision:
    """A refused message is kept as the person's draft for this inquiry, unless they have written nothing."""
    if not command.text:
        return _refused(snapshot, command, inquiry, refusal)
    draft = drafts.keeping(snapshot, command, inquiry.number, command.text)
    answer = msgspec.structs.replace(refusal, number=inquiry.number, kept=True)
    return _refused(snapshot, command, inquiry, answer, changes=(draft,))


def _refused(
    snapshot: Snapshot,
    command: PostMessage,
    inquiry: Inquiry,
    refusal: Refusal,
    *,
    changes: tuple[Draft, ...] = (),
) -> Decision:
    """A message that is not taken; its writer is told on that line where nobody waits for the answer.

    What was refused where people talk stays refused when it is delivered or read back again; a form may come
    again, corrected.
    """
    if command.read_back and snapshot.party is not None:
        what = RefusedLate(number=inquiry.number, at=command.at, refusal=refusal)
        return on_inquiry(
            snapshot,
            command,
            _heard(changed(inquiry), snapshot, command),
            tells=(Tell(snapshot.party, what, (actor_of(command).person,)),),
            answer=refusal,
            others=changes,
        )
    decision = outside(command, changes=changes, answer=refusal)
    return msgspec.structs.replace(decision, remember=command.message is not None)


def _other(role: Party) -> Party:
    return Party.SELLER if role is Party.BUYER else Party.BUYER


def _elsewhere(command: Command) -> Decision:
    """Not said to Henji: a stranger's message, or one under a card that is not ours."""
    if isinstance(command, PostMessage) and command.number is not None:
        raise Refused(Refusal(reason="unknown_inquiry", number=command.number))
    return outside(command)
