"""What somebody entered in a form or pressed, as a command.

Called by `core.counter` and by every adapter's `acts` with what a form can't hold: who acts, the key, the
instant, the records as they are. What a platform can't show (people and places of other workspaces) stays as
it was. Pure.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, assert_never, cast

from core import commands as do
from core.clock import later
from core.entries import (
    Basics,
    Closing,
    Hours,
    Noting,
    Opening,
    Removal,
    SellerEntry,
    Settings,
    Simple,
    Waiting,
    Writing,
)
from core.ids import DeskId, Key, Lang, PersonId, PlaceId, SellerId, WorkspaceId, workspace_of
from core.records import Asking, Desk, Seller

_NUMBER = re.compile(r"#?0*(\d{1,12})")

_DIRECT: dict[str, type[do.OnInquiry]] = {
    "hold": do.Hold,
    "solved": do.SaySolved,
    "not_solved": do.DenySolved,
    "no_reply_needed": do.NeedNoReply,
    "withdraw": do.Withdraw,
    "files": do.ShowFiles,
    "acknowledge": do.Acknowledge,
    "reopen": do.Reopen,
}
"""The acts that need nothing but a press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a form, and when; `zone` is their time zone.

    `shown` are the workspaces whose people the form can show.
    """

    key: Key
    actor: do.Actor
    at: datetime
    zone: str
    workspace: WorkspaceId
    shown: tuple[WorkspaceId, ...]


class _Common(TypedDict):
    key: Key
    desk: DeskId
    actor: do.Actor


def number_in(word: str) -> int | None:
    """An inquiry's number as people type it: `12`, `#12`, in full width too. None where it is none."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", word).strip())
    return int(match[1]) if match is not None else None


def command_in(entered: Simple, sender: Sender, desk: DeskId) -> do.AnyCommand:
    """The command of a form that needs no record."""
    common = _common(sender, desk)
    match entered:
        case Opening():
            return do.OpenInquiry(
                **common,
                seller=entered.seller,
                order_number=entered.order_number,
                topic=entered.topic,
                wish=entered.wish,
                text=entered.text,
                at=sender.at,
            )
        case Writing():
            return do.PostMessage(
                **common, number=entered.number, to=entered.to, text=entered.text, at=sender.at
            )
        case Noting():
            return do.AddNote(**common, number=entered.number, text=entered.text, at=sender.at)
        case Closing():
            return do.Close(**common, number=entered.number, outcome=entered.outcome)
        case Removal():
            return do.RemoveSeller(**common, seller=entered.seller)
        case _:
            assert_never(entered)


def act_in(name: str, number: int, desk: DeskId, actor: do.Actor, key: Key) -> do.AnyCommand | None:
    """The command of a button that needs no form; None for one that is not known, or not any more."""
    if name == "assign":
        return do.Assign(key=key, desk=desk, actor=actor, number=number, to=actor.person)
    act = _DIRECT.get(name)
    return None if act is None else cast("do.AnyCommand", act(key=key, desk=desk, actor=actor, number=number))


def asking_in(name: str) -> Asking | None:
    """The dialogue's question of this name; None where there is none."""
    return next((asking for asking in Asking if name and asking == name), None)


def waiting_in(entered: Waiting, sender: Sender, desk: DeskId) -> do.Snooze | do.Mute | None:
    """A snooze or a mute; None for a choice that is no longer offered."""
    until = later(entered.choice, sender.at, sender.zone)
    if until is None:
        return None
    common = _common(sender, desk)
    if entered.act == "snooze":
        return do.Snooze(**common, number=entered.number, until=until)
    return do.Mute(**common, number=entered.number, until=until)


def settings_in(
    entered: Settings | Basics | Hours, sender: Sender, desk: DeskId, known: Desk | None
) -> do.SetUpDesk | None:
    """A desk's settings, with the people it has elsewhere and what the form left out.

    None where nobody ever said where its staff are.
    """
    whole = _whole(entered, known, sender.actor.lang)
    if whole is None:
        return None
    place = whole.staff_place or (None if known is None else known.staff_place)
    if place is None:
        return None
    return do.SetUpDesk(
        **_common(sender, desk),
        workspace=sender.workspace,
        name=whole.name,
        staff_place=place,
        staff=_with_others(whole.staff, () if known is None else known.staff, sender),
        leads=_with_others(whole.leads, () if known is None else known.leads, sender),
        admins=_with_others(whole.admins, () if known is None else known.admins, sender),
        languages={place: whole.lang},
        quiet_from=whole.quiet_from,
        quiet_to=whole.quiet_to,
        zone=sender.zone,
        shown_as=whole.shown_as,
    )


def seller_in(
    entered: SellerEntry, sender: Sender, desk: DeskId, known: Seller | None, fresh: SellerId
) -> do.SaveSeller:
    """A seller, new or changed, with the place and the people they have elsewhere."""
    place = entered.place
    if place is None and known is not None and known.place is not None:
        place = known.place if workspace_of(known.place) != sender.workspace else None
    return do.SaveSeller(
        **_common(sender, desk),
        fresh=fresh,
        seller=entered.seller,
        name=entered.name,
        place=place,
        lang=entered.lang,
        ping=_with_others(entered.ping, () if known is None else known.ping, sender),
    )


def _common(sender: Sender, desk: DeskId) -> _Common:
    return _Common(key=sender.key, desk=desk, actor=sender.actor)


def _whole(entered: Settings | Basics | Hours, known: Desk | None, lang: Lang) -> Settings | None:
    """All settings: those entered, and where a form holds only some of them, the others as they are."""
    match entered:
        case Settings():
            return entered
        case Basics():
            place = entered.staff_place or (None if known is None else known.staff_place)
            return _joined(entered, _hours(known, place, lang))
        case Hours():
            return None if known is None else _joined(_basics(known), entered)
        case _:
            assert_never(entered)


def _basics(known: Desk) -> Basics:
    return Basics(
        name=known.name,
        staff_place=known.staff_place,
        staff=known.staff,
        leads=known.leads,
        admins=known.admins,
    )


def _hours(known: Desk | None, place: PlaceId | None, lang: Lang) -> Hours:
    """What is spoken in the staff place, which for a new one is whatever whoever sets it up speaks."""
    quiet = None if known is None else known.quiet
    spoken = {} if known is None else known.languages
    return Hours(
        lang=lang if place is None else spoken.get(place, lang),
        quiet_from=None if quiet is None else quiet.start,
        quiet_to=None if quiet is None else quiet.end,
    )


def _joined(basics: Basics, hours: Hours) -> Settings:
    return Settings(
        name=basics.name,
        staff_place=basics.staff_place,
        staff=basics.staff,
        leads=basics.leads,
        admins=basics.admins,
        lang=hours.lang,
        quiet_from=hours.quiet_from,
        quiet_to=hours.quiet_to,
        shown_as=hours.shown_as,
    )


def _with_others(
    here: Sequence[PersonId], before: Sequence[PersonId], sender: Sender
) -> tuple[PersonId, ...]:
    elsewhere = (person for person in before if workspace_of(person) not in sender.shown)
    return tuple(dict.fromkeys((*here, *elsewhere)))
