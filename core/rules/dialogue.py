"""The short dialogue by which a DM opens an inquiry: which one, which seller, order number, message.

Called by `core.decide` for what someone writes in their DM and for what they choose there. Its state is the
person's draft; the same on every platform. What was written first is kept as the message.
"""

from dataclasses import replace
from datetime import datetime

import msgspec

from core.answers import Did, Question
from core.commands import Choose, PostMessage, Talk
from core.decision import Decision, Snapshot
from core.errors import Refused
from core.files import Left
from core.markup import joined
from core.notices import SEND, Asked, RefusedLate
from core.order_number import order_number
from core.records import NO_NUMBER, Asking, Desk, Draft, Inquiry, Party, Seller, Topic, Wish
from core.refusal import Refusal
from core.rules import drafts
from core.rules.acting import actor_of, desk_of, paced, require_text, require_unblocked
from core.rules.carrying import sorted_out
from core.rules.drafts import Wanted
from core.rules.messages import said
from core.rules.opening import market_of, opened, order_refusal, unreached
from core.rules.telling import TellPlace, outside
from core.text import Foreign, folded


def talk(snapshot: Snapshot, command: Talk, now: datetime) -> Decision:
    """Someone wrote in their DM: the beginning of an inquiry, or the answer to the question that stands."""
    desk, actor = desk_of(snapshot), actor_of(command)
    only = _only(snapshot, command)
    if only is not None:
        return _posted(snapshot, command, only, min(command.at, now))
    require_unblocked(desk, actor)
    command, left = _sorted(snapshot, command, desk)
    try:
        person = paced(snapshot, desk, actor, min(command.at, now))
        draft, refused = _answered(snapshot, command)
    except Refused as error:
        if not command.text:
            raise
        return _kept(snapshot, command, msgspec.structs.replace(error.refusal, kept=True))
    asked = msgspec.structs.replace(_question(snapshot, draft, refused), left=left)
    tell = TellPlace(actor.place, actor.lang, asked)
    return outside(command, tells=(tell,), changes=(draft, person))


def _kept(snapshot: Snapshot, command: Talk, refusal: Refusal) -> Decision:
    """What was refused stays in the draft; where nobody waits for the answer, it is told in the DM, once."""
    actor = actor_of(command)
    changes = (drafts.keeping(snapshot, command, NO_NUMBER, command.text),)
    if not command.read_back:
        return outside(command, changes=changes, answer=refusal)
    what = RefusedLate(number=0, at=command.at, refusal=refusal)
    tell = TellPlace(actor.place, actor.lang, what, (actor.person,))
    decision = outside(command, tells=(tell,), changes=changes, answer=refusal)
    return msgspec.structs.replace(decision, remember=True)


def choose(snapshot: Snapshot, command: Choose, now: datetime) -> Decision:
    """Someone pressed a button or chose from a list of the dialogue."""
    desk, actor = desk_of(snapshot), actor_of(command)
    require_unblocked(desk, actor)
    if snapshot.draft is None or snapshot.draft.asking is not command.asking:
        raise Refused(Refusal(reason="moved_on"))
    draft = drafts.of(snapshot, command)
    match command.asking, command.value:
        case _, "cancel":
            return outside(command, changes=drafts.ended(snapshot), answer=Did(act="cancelled"))
        case Asking.WHICH, "new":
            draft = _asking(draft, Asking.SELLER)
        case Asking.WHICH, number:
            return _continued(snapshot, command, draft, number, min(command.at, now))
        case Asking.SELLER, seller:
            draft = _with_seller(draft, _seller(snapshot, seller))
        case Asking.ORDER, "none":
            draft = msgspec.structs.replace(draft, asking=Asking.MESSAGE, order_number="")
        case Asking.MESSAGE, value if value.startswith(SEND):
            return _sent(snapshot, command, draft, min(command.at, now))
        case _:
            raise Refused(Refusal(reason="moved_on"))
    return outside(command, changes=(draft,), answer=Question(_question(snapshot, draft, None)))


def _only(snapshot: Snapshot, command: Talk) -> Inquiry | None:
    """The inquiry that is meant by what is written outside the dialogue, where no thread could say it."""
    stands = snapshot.draft is not None and snapshot.draft.asking is not Asking.NOTHING
    return snapshot.mine[0] if command.threadless and not stands and len(snapshot.mine) == 1 else None


def _posted(snapshot: Snapshot, command: Talk, inquiry: Inquiry, at: datetime) -> Decision:
    """What was written in a place without threads, as a message of the inquiry it is meant for."""
    post = PostMessage(
        key=command.key,
        desk=command.desk,
        actor=command.actor,
        text=command.text,
        at=at,
        message=command.message,
        files=command.files,
        read_back=command.read_back,
    )
    line = msgspec.structs.replace(_about(snapshot, inquiry), party=Party.BUYER)
    return said(line, post, Party.BUYER, at)


def _sorted(snapshot: Snapshot, command: Talk, desk: Desk) -> tuple[Talk, tuple[Left, ...]]:
    """The message with those of its files that can be carried, beside those of the draft; and the others."""
    draft = snapshot.draft
    before = 0 if draft is None or draft.asking is Asking.NOTHING else len(draft.attached)
    files, left = sorted_out(desk.limits, command.text, command.files, before=before)
    return replace(command, files=files), left


def _answered(snapshot: Snapshot, command: Talk) -> tuple[Draft, Refusal | None]:
    """The draft with what was written; or as it was, and why that is no answer. Refuses what is too long."""
    draft = drafts.of(snapshot, command)
    try:
        return _told(snapshot, draft, command), None
    except Refused as error:
        if error.refusal.reason == "too_long":
            raise
        return draft, error.refusal


def _told(snapshot: Snapshot, draft: Draft, command: Talk) -> Draft:
    """The draft with what was written, understood as the answer to what was asked.

    Raises Refused where it is none.
    """
    match draft.asking:
        case Asking.NOTHING:
            begun = _added(_fresh(draft), command)
            return _asking(begun, Asking.WHICH if snapshot.mine else Asking.SELLER)
        case Asking.WHICH | Asking.MESSAGE:
            return _added(draft, command)
        case Asking.SELLER | Asking.ORDER if not command.text:
            return _added(draft, command)  # files alone answer neither question
        case Asking.SELLER:
            return _with_seller(_with_files(draft, command), _seller_called(snapshot, command.text))
        case Asking.ORDER:
            number = order_number(market_of(snapshot), command.text)
            if number is None:
                raise Refused(order_refusal(market_of(snapshot), command.text.raw))
            with_files = _with_files(draft, command)
            return msgspec.structs.replace(with_files, asking=Asking.MESSAGE, order_number=number)


def _fresh(draft: Draft) -> Draft:
    """A new opening, where no dialogue stood; what a refused form had left is kept beside it."""
    kept = {**draft.kept, NO_NUMBER: draft.text} if draft.text else draft.kept
    return Draft(version=draft.version, person=draft.person, desk=draft.desk, kept=kept)


def _added(draft: Draft, command: Talk) -> Draft:
    after = _with_files(draft, command)
    text = joined([part for part in (draft.text, command.text) if part])
    require_text(text, files=len(after.attached))
    return msgspec.structs.replace(after, text=text)


def _with_files(draft: Draft, command: Talk) -> Draft:
    return msgspec.structs.replace(draft, attached=(*draft.attached, *command.files))


def _asking(draft: Draft, asking: Asking) -> Draft:
    return msgspec.structs.replace(draft, asking=asking)


def _with_seller(draft: Draft, seller: Seller) -> Draft:
    return msgspec.structs.replace(draft, asking=Asking.ORDER, seller=seller.id)


def _seller(snapshot: Snapshot, seller: str) -> Seller:
    found = next((one for one in snapshot.sellers if one.id == seller and not one.removed), None)
    if found is None:
        raise Refused(Refusal(reason="unknown_seller", field="seller"))
    return found


def _seller_called(snapshot: Snapshot, name: Foreign) -> Seller:
    """The one seller of that name, or the one whose name contains what was written."""
    sought = folded(name)
    listed = [one for one in snapshot.sellers if not one.removed]
    same = [one for one in listed if folded(one.name) == sought]
    matching = same or [one for one in listed if sought and sought in folded(one.name)]
    if len(matching) != 1:
        raise Refused(Refusal(reason="unknown_seller", field="seller"))
    return matching[0]


def _continued(snapshot: Snapshot, command: Choose, draft: Draft, number: str, at: datetime) -> Decision:
    """What was written belongs to an inquiry that is open already."""
    inquiry = next((one for one in snapshot.mine if str(one.number) == number), None)
    if inquiry is None:
        raise Refused(Refusal(reason="moved_on"))
    return said(
        _about(snapshot, inquiry),
        PostMessage(
            key=command.key,
            desk=command.desk,
            actor=command.actor,
            text=draft.text,
            at=at,
            number=inquiry.number,
            files=draft.attached,
        ),
        Party.BUYER,
        at,
        used=drafts.ended(snapshot),
    )


def _sent(snapshot: Snapshot, command: Choose, draft: Draft, at: datetime) -> Decision:
    """The opening, sent as its question shows it. Where its seller won't do, which seller is asked again."""
    shown = _question(snapshot, draft, None)
    if command.value != shown.sending:
        # The button stands under an older question: nothing goes that its reader has not seen there.
        return outside(command, answer=Question(shown))
    wanted = _wanted(snapshot, draft, at)
    try:
        return opened(snapshot, command, wanted)
    except Refused as refused:
        if refused.refusal.field != "seller":
            raise
        again = msgspec.structs.replace(draft, asking=Asking.SELLER, seller=None)
        answer = Question(_question(snapshot, again, refused.refusal))
        told = unreached(snapshot, command, wanted, refused)
        return outside(command, tells=told, changes=(again,), answer=answer)


def _about(snapshot: Snapshot, inquiry: Inquiry) -> Snapshot:
    seller = next((one for one in snapshot.sellers if one.id == inquiry.seller), None)
    return msgspec.structs.replace(snapshot, inquiry=inquiry, seller=seller)


def _wanted(snapshot: Snapshot, draft: Draft, at: datetime) -> Wanted:
    return Wanted(
        seller=next((one for one in snapshot.sellers if one.id == draft.seller), None),
        order_number=draft.order_number or "",
        topic=draft.topic or Topic.OTHER,
        wish=draft.wish or Wish.ANSWER,
        text=draft.text,
        at=at,
        files=draft.attached,
    )


def _question(snapshot: Snapshot, draft: Draft, refused: Refusal | None) -> Asked:
    """The question that stands, with what is known so far and why the last answer did not do."""
    seller = next((one for one in snapshot.sellers if one.id == draft.seller), None)
    choices: tuple[tuple[str, Foreign], ...] = ()
    if draft.asking is Asking.WHICH:
        choices = tuple((str(one.number), one.seller_name) for one in snapshot.mine)
    return Asked(
        number=0,
        asking=draft.asking,
        seller=Foreign("") if seller is None else seller.name,
        order_number=draft.order_number or "",
        text=draft.text,
        refused=refused,
        choices=choices,
        files=draft.attached,
    )
