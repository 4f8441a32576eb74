"""Cards: what each party sees of an inquiry, and which buttons each has in each state.

Called by every adapter's messenger when a card is drawn. A card shows only what `core.rules` counts as a
reason to draw it again; a button shown here is no right, which is decided when it is pressed.
"""

from core.clock import due_at
from core.ids import Lang
from core.inquiry import State, state_of
from core.phrasebook import Phrasebook
from core.records import Inquiry, Party
from core.said import Face, Mention, Part, Said
from core.wording.names import WORDS, name_shown, outcome_name

ACTS: tuple[str, ...] = (
    "hold",
    "solved",
    "not_solved",
    "no_reply_needed",
    "withdraw",
    "acknowledge",
    "assign",
    "snooze",
    "mute",
    "files",
    "write_buyer",
    "write_seller",
    "note",
    "close",
    "reopen",
    "show",
)
"""Every act a button may name; each has its label at `act.<name>`."""


def face(book: Phrasebook, inquiry: Inquiry, party: Party, lang: Lang) -> Face:
    """An inquiry's card, as this party sees it."""
    return Face(
        title=title(book, inquiry, party, lang),
        state=state(book, inquiry, party, lang),
        fields=_fields(book, inquiry, party, lang),
        quote=inquiry.excerpt or None,
        acts=_acts(inquiry, party),
    )


def title(book: Phrasebook, inquiry: Inquiry, party: Party, lang: Lang) -> Said:
    """Which inquiry it is: its number, and the other side's name."""
    return book.say(
        lang,
        f"card.title.{WORDS[party]}",
        number=inquiry.number,
        buyer=name_shown(book, lang, inquiry, Party.BUYER, inquiry.buyer_name, to=party),
        seller=inquiry.seller_name,
    )


def state(book: Phrasebook, inquiry: Inquiry, party: Party, lang: Lang) -> Said:
    """Where it stands, and what that asks of this party."""
    phrase = f"state.{state_of(inquiry).value}.{WORDS[party]}"
    if inquiry.outcome is not None:
        return book.say(lang, phrase, outcome=outcome_name(book, lang, inquiry.outcome))
    due = due_at(inquiry)
    return book.say(lang, phrase) if due is None else book.say(lang, phrase, due=due)


def _fields(book: Phrasebook, inquiry: Inquiry, party: Party, lang: Lang) -> tuple[tuple[Said, Said], ...]:
    facts: dict[str, Part | Said | None] = {
        "field.order_number": inquiry.order_number,
        "field.topic": book.label(lang, f"topic.{inquiry.topic.value}"),
        "field.wish": book.label(lang, f"wish.{inquiry.wish.value}"),
        "card.opened": inquiry.opened_at,
    }
    if state_of(inquiry) is State.SOLVED_ASKED:
        facts["card.due"] = due_at(inquiry)
    if party is Party.STAFF:
        facts |= _staff_facts(book, inquiry, lang)
    return tuple(
        (book.say(lang, label), fact if isinstance(fact, tuple) else (fact,))
        for label, fact in facts.items()
        if fact
    )


def _staff_facts(book: Phrasebook, inquiry: Inquiry, lang: Lang) -> dict[str, Part | Said | None]:
    """What only staff see: who has it, who has seen it, and which pings wait."""
    signed = inquiry.acknowledged
    return {
        "card.assigned": None
        if inquiry.assigned is None
        else Mention(inquiry.assigned, inquiry.assigned_name),
        "card.acknowledged": None
        if signed is None
        else book.say(lang, "card.acknowledged.by", person=Mention(signed.by, signed.name), at=signed.at),
        "card.snoozed": None
        if inquiry.snoozed_until is None
        else book.say(lang, "card.until", until=inquiry.snoozed_until),
        "card.muted": None
        if inquiry.muted_until is None
        else book.say(lang, "card.until", until=inquiry.muted_until),
        "card.messages": str(inquiry.messages),
        "card.files": str(inquiry.files) if inquiry.files else None,
    }


def _acts(inquiry: Inquiry, party: Party) -> tuple[str, ...]:
    if inquiry.outcome is not None:
        files = ("files",) if inquiry.files else ()
        return {Party.BUYER: ("reopen",), Party.SELLER: (), Party.STAFF: ("reopen", "show", *files)}[party]
    running, asked = inquiry.anchor is not None, inquiry.solved_asked_at is not None
    if party is Party.BUYER:
        return _only(solved=True, not_solved=asked, no_reply_needed=running and not asked, withdraw=not asked)
    if party is Party.SELLER:
        return _only(hold=running and inquiry.held_at is None and inquiry.missed_at is None, solved=not asked)
    return _only(
        acknowledge=running and inquiry.acknowledged is None,
        assign=True,
        write_buyer=True,
        write_seller=True,
        note=True,
        snooze=running,
        mute=running,
        files=inquiry.files > 0,
        show=True,
        close=True,
    )


def _only(**shown: bool) -> tuple[str, ...]:
    """The acts that are to be shown, in the order given."""
    return tuple(act for act, there in shown.items() if there)
