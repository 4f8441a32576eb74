"""Who is who, and who may do what: decided anew for every act.

Called by the rules with what was just read. A button's payload is an id, never a right.
"""

from core.commands import (
    Acknowledge,
    Actor,
    AddNote,
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
from core.errors import Refused
from core.ids import PersonId, PlaceId, has_workspace, workspace_of
from core.records import Desk, Entered, Entry, Inquiry, Party, Seller
from core.refusal import Refusal

_ALLOWED: dict[type[OnInquiry], frozenset[Party]] = {
    AddNote: frozenset({Party.STAFF}),
    Hold: frozenset({Party.SELLER}),
    NeedNoReply: frozenset({Party.BUYER, Party.STAFF}),
    SaySolved: frozenset({Party.BUYER, Party.SELLER}),
    DenySolved: frozenset({Party.BUYER}),
    Withdraw: frozenset({Party.BUYER}),
    Acknowledge: frozenset({Party.STAFF}),
    Assign: frozenset({Party.STAFF}),
    Snooze: frozenset({Party.STAFF}),
    Mute: frozenset({Party.STAFF}),
    ShowFiles: frozenset({Party.STAFF}),
    Close: frozenset({Party.BUYER, Party.STAFF}),
    Reopen: frozenset({Party.BUYER, Party.STAFF}),
}

_TOLD_TO_ALL = frozenset(
    {
        Entered.OPENED,
        Entered.HELD,
        Entered.NO_REPLY_NEEDED,
        Entered.SOLVED_ASKED,
        Entered.SOLVED_DENIED,
        Entered.CLOSED,
        Entered.REOPENED,
    }
)


def belongs(desk: Desk, place: PlaceId) -> bool:
    """Whether a place is one of the desk's workspaces', or a DM with someone of a platform as a whole."""
    return workspace_of(place) in desk.workspaces or not has_workspace(place)


def is_staff(desk: Desk, actor: Actor) -> bool:
    """Whether the desk names this person, or a group of theirs, among its people."""
    return any(_named(actor, people) for people in (desk.staff, desk.leads, desk.admins))


def acts_for_staff(desk: Desk, actor: Actor) -> bool:
    """Whether someone acts as staff: from the staff place, whoever they are, or named by the desk."""
    return actor.place == desk.staff_place or is_staff(desk, actor)


def may_set_up(desk: Desk | None, actor: Actor) -> bool:
    """Whether someone may set up the desk: the workspace's admins, then whom they name."""
    return actor.admin or (desk is not None and _named(actor, desk.admins))


def party_of(desk: Desk, inquiry: Inquiry, seller: Seller | None, actor: Actor) -> Party | None:
    """Which party of an inquiry someone is, or None for a stranger to it.

    In the staff place everyone is staff; elsewhere the inquiry's buyer is the buyer, staff are staff, and any
    other person in the seller's place, or named to be pinged there, is the seller's.
    """
    if actor.place == desk.staff_place:
        return Party.STAFF
    if actor.person == inquiry.buyer:
        return Party.BUYER
    if is_staff(desk, actor):
        return Party.STAFF
    in_place = actor.place == inquiry.lines[Party.SELLER].place
    pinged = seller is not None and _named(actor, seller.ping)
    return Party.SELLER if in_place or pinged else None


def may_see(role: Party, entry: Entry) -> bool:
    """Whether a party may read an entry of the log: staff all, the others what was theirs or told to both."""
    if role is Party.STAFF:
        return True
    match entry.kind:
        case Entered.MESSAGE:
            return role in {entry.role, entry.to}
        case Entered.RANG | Entered.MISSED:
            return entry.to is role
        case _:
            return entry.kind in _TOLD_TO_ALL


def allow(command: OnInquiry, party: Party | None) -> Party:
    """The party, if it may do this. To a stranger the inquiry does not exist; raises Refused."""
    if party is None:
        raise Refused(Refusal(reason="unknown_inquiry", number=command.number))
    if party not in _ALLOWED[type(command)]:
        raise Refused(Refusal(reason="not_allowed", number=command.number))
    return party


def _named(actor: Actor, people: tuple[PersonId, ...]) -> bool:
    """Whether they are one of these; who has left is none of the desk's people, whatever it still says."""
    if actor.left:
        return False
    return actor.person in people or any(group in people for group in actor.groups)
