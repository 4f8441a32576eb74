"""Putting a decision together: who is told what, on which line, and whose card is out of date.

Used by every rule. A rule names parties and facts; places, languages, ids and stamps are added here, in one
place.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.answers import AnyAnswer, Nothing
from core.clock import stamp
from core.commands import Command
from core.decision import Changed, Decision, Snapshot
from core.ids import DeskId, Key, Lang, NoticeId, PersonId, PlaceId
from core.inquiry import state_of
from core.notices import AnyWhat, Card, Notice
from core.records import Desk, Entry, Inquiry, Party, Seller
from core.refusal import Refusal


class Tell(NamedTuple):
    """One party is told something; `ping` drops it once the inquiry has moved on."""

    party: Party
    what: AnyWhat
    mentions: tuple[PersonId, ...] = ()
    ping: bool = False


@dataclass(frozen=True, slots=True)
class TellPlace:
    """Something is told in a place, outside any inquiry's line."""

    place: PlaceId
    lang: Lang
    what: AnyWhat
    mentions: tuple[PersonId, ...] = ()


def on_inquiry(  # noqa: PLR0913 -- the parts of a decision, each named at the call
    snapshot: Snapshot,
    command: Command,
    inquiry: Inquiry,
    *,
    tells: Sequence[Tell] = (),
    entries: tuple[Entry, ...] = (),
    answer: AnyAnswer | None = None,
    others: tuple[Changed, ...] = (),
    remember: bool = True,
) -> Decision:
    """A decision that changes an inquiry: `inquiry` carries its new version already."""
    before = snapshot.inquiry
    return Decision(
        desk=command.desk,
        key=command.key,
        answer=Nothing() if answer is None else answer,
        changes=(inquiry, *others),
        before=before,
        entries=entries,
        notices=tuple(_on_line(inquiry, tell, n) for n, tell in enumerate(tells)),
        cards=_outdated(before, inquiry),
        remember=remember,
    )


def outside(
    command: Command,
    *,
    tells: Sequence[TellPlace] = (),
    changes: tuple[Changed, ...] = (),
    answer: AnyAnswer | None = None,
) -> Decision:
    """A decision that changes no inquiry. A refusal is not remembered.

    The same form is sent again, corrected.
    """
    return Decision(
        desk=command.desk,
        key=command.key,
        answer=Nothing() if answer is None else answer,
        changes=changes,
        notices=tuple(
            Notice(
                id=loose_id(command.desk, command.key, n),
                desk=command.desk,
                place=tell.place,
                lang=tell.lang,
                what=tell.what,
                mentions=tell.mentions,
            )
            for n, tell in enumerate(tells)
        ),
        remember=not isinstance(answer, Refusal),
    )


def loose_id(desk: DeskId, key: Key, n: int) -> NoticeId:
    """The id of a notice that belongs to no inquiry, from the command that caused it."""
    return NoticeId(f"{desk}.~{zlib.crc32(key.encode()):08x}.{n}")


def lang_of(desk: Desk, place: PlaceId) -> Lang:
    """The language of a shared place, Japanese unless the desk says otherwise."""
    return desk.languages.get(place, "ja")


def staff_to_ping(desk: Desk, inquiry: Inquiry) -> tuple[PersonId, ...]:
    """Whom a heads-up is for: who it is assigned to, else the desk's staff."""
    return desk.staff if inquiry.assigned is None else (inquiry.assigned,)


def sellers_people(seller: Seller | None) -> tuple[PersonId, ...]:
    """Whom to ping in the seller's place."""
    return () if seller is None else seller.ping


def _on_line(inquiry: Inquiry, tell: Tell, n: int) -> Notice:
    line = inquiry.lines[tell.party]
    return Notice(
        id=NoticeId(f"{inquiry.desk}.{inquiry.number}.{inquiry.version}.{n}"),
        desk=inquiry.desk,
        place=line.place,
        lang=line.lang,
        what=tell.what,
        number=inquiry.number,
        party=tell.party,
        mentions=tell.mentions,
        stamp=stamp(inquiry) if tell.ping else None,
    )


def _outdated(before: Inquiry | None, after: Inquiry) -> tuple[Card, ...]:
    """The cards to draw: all of a new inquiry's, else those whose face has changed."""
    if before is None or _face(before) != _face(after):
        parties = tuple(after.lines)
    else:
        parties = () if _staff_face(before) == _staff_face(after) else (Party.STAFF,)
    return tuple(
        Card(desk=after.desk, place=after.lines[party].place, number=after.number, party=party)
        for party in parties
    )


def _face(inquiry: Inquiry) -> tuple[object, ...]:
    """What every party's card shows of an inquiry: all are drawn again when this differs."""
    return state_of(inquiry), inquiry.anchor, inquiry.outcome, inquiry.held_at, inquiry.missed_at


def _staff_face(inquiry: Inquiry) -> tuple[object, ...]:
    """What the staff's card shows besides."""
    return (
        inquiry.acknowledged,
        inquiry.assigned,
        inquiry.snoozed_until,
        inquiry.muted_until,
        inquiry.messages,
        inquiry.files,
    )
