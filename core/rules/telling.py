"""Putting a decision together: who is told what, on which line, and whose card is out of date.

Used by every rule. A rule names parties and facts; places, languages, ids and stamps are added here, in one
place.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from core.answers import AnyAnswer, Nothing
from core.clock import stamp
from core.commands import Command
from core.decision import Changed, Decision, Snapshot
from core.ids import DeskId, Key, Lang, NoticeId, PersonId, PlaceId, dm_with, is_at, is_group
from core.inquiry import state_of
from core.notices import AnyWhat, Card, Notice, Undelivered
from core.permissions import belongs
from core.records import Desk, Entry, Inquiry, Party, Seller, ShownAs
from core.refusal import Refusal
from core.text import Foreign


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
        notices=_notices(snapshot.desk, inquiry, tells),
        cards=_outdated(snapshot.desk, before, inquiry),
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


def shown_name(inquiry: Inquiry, name: Foreign) -> Foreign:
    """A person's name as the other party is told it: none, where the desk shows roles."""
    return name if inquiry.shown_as is ShownAs.NAME else Foreign("")


def named(inquiry: Inquiry, entry: Entry) -> Entry:
    """An entry of the log, with the name that the other party is told."""
    return msgspec.structs.replace(entry, name=shown_name(inquiry, entry.name))


def staff_to_ping(desk: Desk, inquiry: Inquiry) -> tuple[PersonId, ...]:
    """Whom a heads-up is for: who it is assigned to, else the desk's staff."""
    return desk.staff if inquiry.assigned is None else (inquiry.assigned,)


def sellers_people(seller: Seller | None) -> tuple[PersonId, ...]:
    """Whom to ping in the seller's place."""
    return () if seller is None else seller.ping


def _notices(desk: Desk | None, inquiry: Inquiry, tells: Sequence[Tell]) -> tuple[Notice, ...]:
    """What is told, on each party's line; what can't be said there is told elsewhere."""
    made = [_on_line(inquiry, tell, n) for n, tell in enumerate(tells)]
    if desk is None or desk.staff_place is None or all(_reaches(desk, notice) for notice in made):
        return tuple(made)
    lost: set[Party | None] = set()
    said: list[Notice] = []
    for notice in made:
        if belongs(desk, notice.place):
            said += _with_absent(notice)
        elif notice.party is Party.STAFF:
            said += _with_absent(_moved(desk, desk.staff_place, notice))
        elif notice.party not in lost:
            lost.add(notice.party)
            said += _notices(desk, inquiry, (_unsaid(desk, notice),))
    return tuple(msgspec.structs.replace(notice, id=_id(inquiry, n)) for n, notice in enumerate(said))


def _reaches(desk: Desk, notice: Notice) -> bool:
    """Whether it can be said in its place, and pings there whom of the staff it is to ping."""
    if not belongs(desk, notice.place):
        return False
    return notice.party is not Party.STAFF or all(is_at(each, notice.place) for each in notice.mentions)


def _with_absent(notice: Notice) -> list[Notice]:
    """A notice; and for each of the staff who are elsewhere, so that it can't ping them, one in their DM."""
    if notice.party is not Party.STAFF:
        return [notice]
    absent = [each for each in notice.mentions if not is_at(each, notice.place) and not is_group(each)]
    return [
        notice,
        *(
            msgspec.structs.replace(notice, place=dm_with(each), number=None, stamp=None, mentions=(each,))
            for each in absent
        ),
    ]


def _moved(desk: Desk, place: PlaceId, notice: Notice) -> Notice:
    """The same for staff where they are now: below no card, and said however the inquiry moves on."""
    lang = lang_of(desk, place)
    return msgspec.structs.replace(notice, place=place, lang=lang, number=None, stamp=None)


def _unsaid(desk: Desk, notice: Notice) -> Tell:
    """To staff: it can't be said there, since its workspace was unlinked."""
    number = notice.what.number
    what = Undelivered(number=number, to=notice.party, place=notice.place, why="unlinked", kept=False)
    return Tell(Party.STAFF, what, desk.staff)


def _id(inquiry: Inquiry, n: int) -> NoticeId:
    return NoticeId(f"{inquiry.desk}.{inquiry.number}.{inquiry.version}.{n}")


def _on_line(inquiry: Inquiry, tell: Tell, n: int) -> Notice:
    line = inquiry.lines[tell.party]
    return Notice(
        id=_id(inquiry, n),
        desk=inquiry.desk,
        place=line.place,
        lang=line.lang,
        what=tell.what,
        number=inquiry.number,
        party=tell.party,
        mentions=tell.mentions,
        stamp=stamp(inquiry) if tell.ping else None,
    )


def _outdated(desk: Desk | None, before: Inquiry | None, after: Inquiry) -> tuple[Card, ...]:
    """The cards to draw: all of a new inquiry's, else those whose face has changed.

    None in a workspace that was unlinked.
    """
    if before is None or _face(before) != _face(after):
        parties = tuple(after.lines)
    else:
        parties = () if _staff_face(before) == _staff_face(after) else (Party.STAFF,)
    return tuple(
        Card(desk=after.desk, place=after.lines[party].place, number=after.number, party=party)
        for party in parties
        if desk is None or belongs(desk, after.lines[party].place)
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
