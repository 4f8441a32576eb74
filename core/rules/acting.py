"""What every rule asks first: is there a desk, an inquiry, and may this person do this to it.

Raises Refused with the reason; returns what the rule then works with.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from core.clock import due_at
from core.commands import Actor, Command, OnInquiry
from core.decision import Snapshot
from core.errors import Refused
from core.inquiry import is_open
from core.permissions import acts_for_staff, allow, party_of
from core.records import Desk, Entered, Entry, Inquiry, Party, Person
from core.refusal import Refusal
from core.text import MESSAGE_LIMIT, Foreign

_MINUTE = timedelta(minutes=1)


class Scene(NamedTuple):
    """Who acts on which inquiry of which desk, as what."""

    desk: Desk
    inquiry: Inquiry
    actor: Actor
    party: Party


def actor_of(command: Command) -> Actor:
    """Who acts; a person's command without one was parsed wrongly."""
    if command.actor is None:
        msg = f"{type(command).__name__} needs an actor"
        raise ValueError(msg)
    return command.actor


def desk_of(snapshot: Snapshot) -> Desk:
    """The desk, or the sentence that there is none yet."""
    if snapshot.desk is None or snapshot.desk.staff_place is None:
        raise Refused(Refusal(reason="no_desk"))
    return snapshot.desk


def staff_only(snapshot: Snapshot, command: Command) -> tuple[Desk, Actor]:
    """The desk and whoever acts for its staff."""
    desk, actor = desk_of(snapshot), actor_of(command)
    if not acts_for_staff(desk, actor):
        raise Refused(Refusal(reason="not_allowed"))
    return desk, actor


def scene(snapshot: Snapshot, command: OnInquiry) -> Scene:
    """The inquiry a command is about, and whoever acts if they may; a stranger learns nothing of it."""
    desk, actor = desk_of(snapshot), actor_of(command)
    inquiry = snapshot.inquiry
    if inquiry is None:
        raise Refused(Refusal(reason="unknown_inquiry", number=command.number))
    party = allow(command, party_of(desk, inquiry, snapshot.seller, actor))
    return Scene(desk, inquiry, actor, party)


def open_scene(snapshot: Snapshot, command: OnInquiry) -> Scene:
    """The same, of an inquiry that has to be open."""
    found = scene(snapshot, command)
    require_open(found.inquiry, found.party)
    return found


def require_open(inquiry: Inquiry, party: Party) -> None:
    """Refuse what only an open inquiry can take, and offer to reopen it to those who may."""
    if not is_open(inquiry):
        offer = "" if party is Party.SELLER else "reopen"
        raise Refused(Refusal(reason="closed", number=inquiry.number, until=inquiry.closed_at, offer=offer))


def running_until(inquiry: Inquiry) -> datetime:
    """When the running window closes; refuses where no clock runs."""
    due = due_at(inquiry)
    if due is None:
        raise Refused(Refusal(reason="no_clock", number=inquiry.number))
    return due


def require_text(text: Foreign, *, files: int = 0) -> None:
    """Refuse an empty message (files alone are one) and one over the limit."""
    if not text and not files:
        raise Refused(Refusal(reason="empty_message", field="text"))
    if len(text) > MESSAGE_LIMIT:
        raise Refused(Refusal(reason="too_long", field="text", limit=MESSAGE_LIMIT, got=len(text)))


def require_unblocked(desk: Desk, actor: Actor) -> None:
    """Refuse a person whom the desk has blocked."""
    if actor.person in desk.blocked:
        raise Refused(Refusal(reason="blocked"))


def require_room(snapshot: Snapshot, desk: Desk) -> None:
    """Refuse one open inquiry too many for whoever acts."""
    limit = desk.limits.open_inquiries
    if snapshot.open_count >= limit:
        raise Refused(Refusal(reason="too_many_open", limit=limit))


def paced(snapshot: Snapshot, desk: Desk, actor: Actor, at: datetime) -> Person:
    """The person with this message counted; refuses one message too many within a minute.

    Counted by when it was written, so that reading back what was said during a gap refuses nobody.
    """
    known = snapshot.person or Person(id=actor.person, desk=desk.id)
    recent = tuple(instant for instant in known.recent if abs(at - instant) < _MINUTE)
    limit = desk.limits.messages_a_minute
    if len(recent) >= limit:
        raise Refused(Refusal(reason="too_fast", limit=limit, until=min(recent) + _MINUTE, kept=True))
    return msgspec.structs.replace(known, version=known.version + 1, recent=(*recent, at))


def entry_of(found: Scene, kind: Entered, now: datetime, detail: str = "") -> Entry:
    """The log's entry for what somebody did; `detail` is as `Entry` has it."""
    return Entry(
        kind=kind,
        at=now,
        role=found.party,
        by=found.actor.person,
        name=found.actor.name,
        detail=detail,
    )
