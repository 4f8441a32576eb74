"""What somebody entered in a form, as a command.

Called by `submissions` with what the form can't hold: who acts, the form's key, the instant, the records as
they are. What Slack can't show (people and places of other workspaces) stays as it was. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, assert_never

from adapters.slack.submitted import (
    Closing,
    Noting,
    Opening,
    Removal,
    SellerEntry,
    Settings,
    Waiting,
    Writing,
)
from core import commands as do
from core.clock import later
from core.ids import DeskId, Key, PersonId, SellerId, WorkspaceId, workspace_of
from core.records import Desk, Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a form, and when; `zone` is their time zone."""

    key: Key
    actor: do.Actor
    at: datetime
    zone: str
    workspace: WorkspaceId


class _Common(TypedDict):
    key: Key
    desk: DeskId
    actor: do.Actor


def command_in(
    entered: Opening | Writing | Noting | Closing | Removal, sender: Sender, desk: DeskId
) -> do.AnyCommand:
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


def waiting_in(entered: Waiting, sender: Sender, desk: DeskId) -> do.Snooze | do.Mute | None:
    """A snooze or a mute; None for a choice that is no longer offered."""
    until = later(entered.choice, sender.at, sender.zone)
    if until is None:
        return None
    common = _common(sender, desk)
    if entered.act == "snooze":
        return do.Snooze(**common, number=entered.number, until=until)
    return do.Mute(**common, number=entered.number, until=until)


def settings_in(entered: Settings, sender: Sender, desk: DeskId, known: Desk | None) -> do.SetUpDesk:
    """A desk's settings, with the people it has elsewhere."""
    return do.SetUpDesk(
        **_common(sender, desk),
        workspace=sender.workspace,
        name=entered.name,
        staff_place=entered.staff_place,
        staff=_with_others(entered.staff, () if known is None else known.staff, sender),
        leads=_with_others(entered.leads, () if known is None else known.leads, sender),
        admins=_with_others(entered.admins, () if known is None else known.admins, sender),
        languages={entered.staff_place: entered.lang},
        quiet_from=entered.quiet_from,
        quiet_to=entered.quiet_to,
        zone=sender.zone,
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


def _with_others(
    here: Sequence[PersonId], before: Sequence[PersonId], sender: Sender
) -> tuple[PersonId, ...]:
    elsewhere = (person for person in before if workspace_of(person) != sender.workspace)
    return tuple(dict.fromkeys((*here, *elsewhere)))
