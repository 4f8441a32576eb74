"""Drafts: what someone has entered and not yet sent, kept through refusals and restarts.

Used by the rules of opening, messages and the dialogue. One draft a person: an opening in the making, beside
the messages that were refused, each for its inquiry.
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from core.commands import Command
from core.decision import Snapshot
from core.files import File
from core.records import NO_NUMBER, Asking, Draft, Seller, Topic, Wish
from core.rules.acting import actor_of
from core.text import Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a buyer wants to open, from wherever it came."""

    seller: Seller | None
    order_number: str
    topic: Topic
    wish: Wish
    text: Foreign
    at: datetime
    files: tuple[File, ...] = ()


def of(snapshot: Snapshot, command: Command) -> Draft:
    """The person's draft as its next version, an empty one where they had none."""
    known = snapshot.draft
    if known is None:
        return Draft(version=1, person=actor_of(command).person, desk=command.desk)
    return msgspec.structs.replace(known, version=known.version + 1)


def entered(snapshot: Snapshot, command: Command, wanted: Wanted) -> Draft:
    """What a refused form held, so that the next form begins with it."""
    return msgspec.structs.replace(
        of(snapshot, command),
        asking=Asking.NOTHING,
        seller=None if wanted.seller is None else wanted.seller.id,
        order_number=wanted.order_number,
        topic=wanted.topic,
        wish=wanted.wish,
        text=wanted.text,
        attached=wanted.files,
    )


def same(known: Draft | None, draft: Draft) -> bool:
    """Whether a draft only says again what is known."""
    return known is not None and msgspec.structs.replace(draft, version=known.version) == known


def ended(snapshot: Snapshot) -> tuple[Draft, ...]:
    """The draft without its dialogue, which came to something else or was given up."""
    known = snapshot.draft
    if known is None:
        return ()
    return (Draft(version=known.version + 1, person=known.person, desk=known.desk, kept=known.kept),)


def opened(snapshot: Snapshot) -> tuple[Draft, ...]:
    """The draft without its opening, which has been sent, and without what was kept for one."""
    return tuple(
        msgspec.structs.replace(draft, kept={at: text for at, text in draft.kept.items() if at != NO_NUMBER})
        for draft in ended(snapshot)
    )


def keeping(snapshot: Snapshot, command: Command, number: int, text: Foreign) -> Draft:
    """The draft with a refused message for an inquiry, or for none; an earlier one for the same gives way."""
    draft = of(snapshot, command)
    return msgspec.structs.replace(draft, kept={**draft.kept, number: text})


def served(snapshot: Snapshot, number: int) -> tuple[Draft, ...]:
    """The draft without the message kept for an inquiry, once something was sent there."""
    known = snapshot.draft
    if known is None or number not in known.kept:
        return ()
    kept = {other: text for other, text in known.kept.items() if other != number}
    return (msgspec.structs.replace(known, version=known.version + 1, kept=kept),)
