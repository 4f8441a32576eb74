"""Opening an inquiry: what has to be there, the limits, and whom it is told.

Called by `core.decide` for the form and by the dialogue's end. The policy is frozen into the inquiry here.
"""

from datetime import datetime

import msgspec

from core.answers import Opened
from core.clock import due_at
from core.commands import Actor, Command, OpenInquiry
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.ids import PlaceId, dm_with, person_of_dm
from core.markup import excerpt
from core.notices import NotReached, Relayed
from core.order_number import order_number
from core.permissions import belongs
from core.policy import Marketplace
from core.records import Entered, Entry, Inquiry, Line, Party
from core.refusal import Refusal
from core.rules import drafts
from core.rules.acting import actor_of, desk_of, paced, require_room, require_text, require_unblocked
from core.rules.carrying import carry, left_entries, sorted_out
from core.rules.drafts import Wanted
from core.rules.telling import Tell, TellPlace, lang_of, named, on_inquiry, outside, shown_name
from core.text import Foreign


def open_inquiry(snapshot: Snapshot, command: OpenInquiry, now: datetime) -> Decision:
    """The guided form, submitted. A refusal leaves the form open, with all that was typed."""
    wanted = Wanted(
        seller=snapshot.seller if command.seller is not None else None,
        order_number=command.order_number,
        topic=command.topic,
        wish=command.wish,
        text=command.text,
        at=min(command.at, now),
        files=command.files,
    )
    try:
        return opened(snapshot, command, wanted)
    except Refused as refused:
        draft = drafts.entered(snapshot, command, wanted)
        told = () if drafts.same(snapshot.draft, draft) else unreached(snapshot, command, wanted, refused)
        return outside(command, tells=told, changes=(draft,), answer=refused.refusal)


def opened(snapshot: Snapshot, command: Command, wanted: Wanted) -> Decision:
    """The decision that opens it, or a refusal that says what to change."""
    desk, actor, market = desk_of(snapshot), actor_of(command), market_of(snapshot)
    require_unblocked(desk, actor)
    seller = wanted.seller
    if seller is None or seller.removed:
        raise Refused(Refusal(reason="unknown_seller", field="seller"))
    number = order_number(market, wanted.order_number)
    if number is None:
        raise Refused(order_refusal(market, wanted.order_number))
    files, left = sorted_out(desk.limits, wanted.text, wanted.files)
    require_text(wanted.text, files=len(files))
    if seller.place is None or not belongs(desk, seller.place):
        raise Refused(Refusal(reason="seller_unreachable", field="seller", text=seller.name, kept=True))
    require_room(snapshot, desk)
    person = paced(snapshot, desk, actor, wanted.at)
    inquiry = _inquiry(snapshot, actor, wanted, seller.place, number)
    inquiry = msgspec.structs.replace(inquiry, files=len(files))
    due = due_at(inquiry)
    if due is None:
        msg = "a new inquiry has a running clock"
        raise AssertionError(msg)
    relayed = Relayed(
        number=inquiry.number,
        by=Party.BUYER,
        name=shown_name(inquiry, actor.name),
        text=wanted.text,
        due_at=due,
        files=len(left),
        opening=True,
    )
    entry = Entry(
        kind=Entered.OPENED,
        at=wanted.at,
        role=Party.BUYER,
        by=actor.person,
        name=actor.name,
        to=Party.SELLER,
        text=wanted.text,
        attached=files,
    )
    return on_inquiry(
        snapshot,
        command,
        inquiry,
        tells=(
            Tell(Party.SELLER, relayed, seller.ping),
            *carry(desk, named(inquiry, entry), number=inquiry.number, to=Party.SELLER, sender=actor.person),
            Tell(Party.BUYER, relayed, (actor.person,)),
        ),
        entries=(entry, *left_entries(entry, left)),
        answer=Opened(number=inquiry.number, seller=seller.name, due_at=due, left=left),
        others=(person, *drafts.opened(snapshot)),
    )


def unreached(
    snapshot: Snapshot, command: Command, wanted: Wanted, refused: Refused
) -> tuple[TellPlace, ...]:
    """What staff hear of a refused opening: that a seller has no place to be reached in."""
    desk = desk_of(snapshot)
    if refused.refusal.reason != "seller_unreachable" or wanted.seller is None or desk.staff_place is None:
        return ()
    what = NotReached(number=0, seller=wanted.seller.name, buyer=actor_of(command).name)
    return (TellPlace(desk.staff_place, lang_of(desk, desk.staff_place), what, desk.staff),)


def _near(actor: Actor) -> PlaceId | None:
    return actor.place if person_of_dm(actor.place) is None else None


def market_of(snapshot: Snapshot) -> Marketplace:
    """The marketplace the desk works for, handed in with the snapshot."""
    if snapshot.market is None:
        msg = "the desk's marketplace was not handed in"
        raise AssertionError(msg)
    return snapshot.market


def order_refusal(market: Marketplace, typed: str) -> Refusal:
    """Say what was typed; the phrase tells the shape and where to find the number."""
    return Refusal(
        reason="order_number",
        field="order_number",
        text=excerpt(Foreign(typed), 40),
        example=market.order_example,
    )


def _inquiry(snapshot: Snapshot, actor: Actor, wanted: Wanted, seller_place: PlaceId, number: str) -> Inquiry:
    desk, market, seller = desk_of(snapshot), market_of(snapshot), wanted.seller
    if seller is None or desk.staff_place is None:
        msg = "checked before"
        raise AssertionError(msg)
    places = {Party.SELLER: seller_place, Party.STAFF: desk.staff_place}
    return Inquiry(
        version=1,
        desk=desk.id,
        number=snapshot.fresh,
        buyer=actor.person,
        buyer_name=actor.name,
        seller=seller.id,
        seller_name=seller.name,
        order_number=number,
        topic=wanted.topic,
        wish=wanted.wish,
        excerpt=excerpt(wanted.text),
        lines={
            Party.BUYER: Line(place=dm_with(actor.person), lang=actor.lang, near=_near(actor)),
            **{party: Line(place=place, lang=lang_of(desk, place)) for party, place in places.items()},
        },
        policy=msgspec.structs.replace(market.policy, quiet=desk.quiet),
        opened_at=wanted.at,
        anchor=wanted.at,
        messages=1,
        shown_as=desk.shown_as,
    )
