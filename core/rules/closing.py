"""The end of an inquiry, and what leads there: held, no reply needed, solved, withdrawn, closed, reopened.

Called by `core.decide`. Whoever may do it was asked of `core.permissions`; the other parties are told on
their lines.
"""

from datetime import datetime, timedelta

from core.answers import Did
from core.clock import due_at
from core.commands import Close, DenySolved, Hold, NeedNoReply, OnInquiry, Reopen, SaySolved, Withdraw
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.notices import AnyWhat, Closed, Held, NoReplyNeeded, Reopened, SolvedAsked, SolvedDenied
from core.records import Entered, Inquiry, Outcome, Party
from core.refusal import Refusal
from core.rules.acting import (
    Scene,
    entry_of,
    open_scene,
    require_room,
    require_unblocked,
    running_until,
    scene,
)
from core.rules.telling import Tell, on_inquiry, sellers_people
from core.rules.windows import changed, started, stopped


def hold(snapshot: Snapshot, command: Hold, now: datetime) -> Decision:
    """The seller looks into it: recorded and shown, once a window; the window itself stays."""
    found = open_scene(snapshot, command)
    inquiry = found.inquiry
    due = running_until(inquiry)
    if inquiry.held_at is not None:
        raise Refused(Refusal(reason="already_held", number=inquiry.number))
    if now >= due:
        raise Refused(Refusal(reason="too_late_to_hold", number=inquiry.number, until=due))
    return on_inquiry(
        snapshot,
        command,
        changed(inquiry, held_at=now),
        tells=(Tell(Party.BUYER, Held(number=inquiry.number, due_at=due), (inquiry.buyer,)),),
        entries=(entry_of(found, Entered.HELD, now),),
        answer=Did(act="held", number=inquiry.number, until=due),
    )


def need_no_reply(snapshot: Snapshot, command: NeedNoReply, now: datetime) -> Decision:
    """Nobody waits any more: the clock stops, and both sides are told."""
    found = open_scene(snapshot, command)
    running_until(found.inquiry)
    what = NoReplyNeeded(number=command.number, by=found.party)
    return on_inquiry(
        snapshot,
        command,
        stopped(found.inquiry, answered_at=None),
        tells=_others(snapshot, found, what),
        entries=(entry_of(found, Entered.NO_REPLY_NEEDED, now),),
        answer=Did(act="no_reply_needed", number=command.number),
    )


def say_solved(snapshot: Snapshot, command: SaySolved, now: datetime) -> Decision:
    """The buyer's word closes it; the seller's asks the buyer, and the clock runs until they confirm."""
    found = open_scene(snapshot, command)
    inquiry = found.inquiry
    if found.party is Party.BUYER:
        return _closed(snapshot, command, found, Outcome.SOLVED, now)
    if inquiry.solved_asked_at is not None:
        raise Refused(Refusal(reason="already_asked", number=inquiry.number))
    asked = SolvedAsked(number=inquiry.number, seller=inquiry.seller_name)
    return on_inquiry(
        snapshot,
        command,
        changed(inquiry, solved_asked_at=now),
        tells=(Tell(Party.BUYER, asked, (inquiry.buyer,)),),
        entries=(entry_of(found, Entered.SOLVED_ASKED, now),),
        answer=Did(act="solved_asked", number=inquiry.number),
    )


def deny_solved(snapshot: Snapshot, command: DenySolved, now: datetime) -> Decision:
    """Not solved: where no clock runs, one starts, since the buyer waits again."""
    found = open_scene(snapshot, command)
    inquiry = found.inquiry
    require_unblocked(found.desk, found.actor)
    if inquiry.solved_asked_at is None:
        raise Refused(Refusal(reason="not_asked", number=inquiry.number))
    waits = inquiry.anchor is None
    after = started(inquiry, now) if waits else changed(inquiry, solved_asked_at=None)
    denied = SolvedDenied(number=inquiry.number, due_at=due_at(after))
    return on_inquiry(
        snapshot,
        command,
        after,
        tells=(Tell(Party.SELLER, denied, sellers_people(snapshot.seller)),),
        entries=(entry_of(found, Entered.SOLVED_DENIED, now),),
        answer=Did(act="solved_denied", number=inquiry.number, until=due_at(after)),
    )


def withdraw(snapshot: Snapshot, command: Withdraw, now: datetime) -> Decision:
    """The buyer takes it back."""
    found = _closable(snapshot, command)
    return _closed(snapshot, command, found, Outcome.WITHDRAWN, now)


def close(snapshot: Snapshot, command: Close, now: datetime) -> Decision:
    """Close with an outcome; the buyer's own are solved and withdrawn."""
    found = _closable(snapshot, command)
    if found.party is Party.BUYER and command.outcome not in {Outcome.SOLVED, Outcome.WITHDRAWN}:
        raise Refused(Refusal(reason="not_allowed", number=command.number))
    return _closed(snapshot, command, found, command.outcome, now)


def reopen(snapshot: Snapshot, command: Reopen, now: datetime) -> Decision:
    """Open again, with a new window from now: whoever reopens waits for an answer."""
    found = scene(snapshot, command)
    require_unblocked(found.desk, found.actor)
    if found.inquiry.outcome is None:
        raise Refused(Refusal(reason="not_closed", number=command.number))
    if found.party is Party.BUYER:
        require_room(snapshot, found.desk)
    after = started(found.inquiry, now, outcome=None, closed_at=None, snoozed_until=None, muted_until=None)
    due = now + timedelta(seconds=after.policy.window)
    return on_inquiry(
        snapshot,
        command,
        after,
        tells=_others(snapshot, found, Reopened(number=command.number, by=found.party, due_at=due)),
        entries=(entry_of(found, Entered.REOPENED, now),),
        answer=Did(act="reopened", number=command.number, until=due),
    )


def _closable(snapshot: Snapshot, command: OnInquiry) -> Scene:
    found = scene(snapshot, command)
    if found.inquiry.outcome is not None:
        raise Refused(
            Refusal(
                reason="already_closed", number=command.number, until=found.inquiry.closed_at, offer="reopen"
            )
        )
    return found


def _closed(
    snapshot: Snapshot, command: OnInquiry, found: Scene, outcome: Outcome, now: datetime
) -> Decision:
    act = "withdrawn" if outcome is Outcome.WITHDRAWN else "closed"
    return on_inquiry(
        snapshot,
        command,
        stopped(found.inquiry, outcome=outcome, closed_at=now, solved_asked_at=None),
        tells=_others(snapshot, found, Closed(number=command.number, by=found.party, outcome=outcome)),
        entries=(entry_of(found, Entered.CLOSED, now, outcome.value),),
        answer=Did(act=act, number=command.number, outcome=outcome.value),
    )


def _others(snapshot: Snapshot, found: Scene, what: AnyWhat) -> tuple[Tell, ...]:
    """Buyer and seller, without whoever acts; staff read it on their card."""
    inquiry: Inquiry = found.inquiry
    people = {Party.BUYER: (inquiry.buyer,), Party.SELLER: sellers_people(snapshot.seller)}
    return tuple(Tell(party, what, named) for party, named in people.items() if party is not found.party)
