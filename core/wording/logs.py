"""An inquiry's log in words, as far as a role may see it.

Called by every adapter's `render` for `/inquiry show`. What staff note among themselves, and what they say to
one side, is left out here for everyone else, whatever was handed in.
"""

from datetime import datetime

from core.ids import Lang, PersonId
from core.phrasebook import Fact, Phrasebook
from core.ports import Shown
from core.records import Entered, Entry, Inquiry, Party, ShownAs
from core.said import Mention, Said, Told
from core.wording.files import file_said
from core.wording.names import WORDS, outcome_name, party_name, who

_STAFF_ONLY = frozenset(
    {
        Entered.NOTE,
        Entered.RANG,
        Entered.ACKNOWLEDGED,
        Entered.ASSIGNED,
        Entered.SNOOZED,
        Entered.MUTED,
        Entered.UNDELIVERED,
        Entered.FILES_LEFT,
    }
)


def log_lines(book: Phrasebook, lang: Lang, shown: Shown, role: Party) -> tuple[Told, ...]:
    """An inquiry's log, oldest first, as far as this role may see it."""
    seen = (entry for entry in shown.entries if _visible(entry, role))
    return tuple(_line(book, lang, entry, _who(book, lang, shown.inquiry, entry, role)) for entry in seen)


def _who(book: Phrasebook, lang: Lang, inquiry: Inquiry, entry: Entry, role: Party) -> Said:
    """Who did it, as this role may know them."""
    hides = inquiry.shown_as is ShownAs.ROLE and role is not Party.STAFF
    if hides and entry.role is not None and entry.role is not role:
        return (party_name(book, lang, entry.role),)
    return who(book, lang, entry.role, entry.name)


def _visible(entry: Entry, role: Party) -> bool:
    if role is Party.STAFF:
        return True
    if entry.kind in _STAFF_ONLY:
        return False
    return entry.kind is not Entered.MESSAGE or role in {entry.role, entry.to}


def _line(book: Phrasebook, lang: Lang, entry: Entry, by: Said) -> Told:
    files = tuple(file_said(book, lang, file) for file in entry.attached)
    if entry.files:
        files += (book.say(lang, "log.files", count=entry.files),)
    head = book.say(lang, "log.line", at=entry.at, what=_what(book, lang, entry, by))
    return Told(head=head, body=files, quote=entry.text or None)


def _what(book: Phrasebook, lang: Lang, entry: Entry, by: Said) -> Said:
    """What happened, without when."""
    return book.say(
        lang,
        f"log.{_phrase(entry)}",
        who=by,
        **_detail(book, lang, entry),
    )


def _phrase(entry: Entry) -> str:
    """Some kinds are worded by whom they were for."""
    to = entry.to or Party.STAFF
    match entry.kind:
        case Entered.MESSAGE:
            return f"message.{WORDS[to]}"
        case Entered.MISSED:
            return "missed.buyer" if to is Party.BUYER else "missed.staff"
        case Entered.UNDELIVERED:
            return "undelivered.place" if entry.to is None else "undelivered"
        case _:
            return entry.kind.value


def _detail(book: Phrasebook, lang: Lang, entry: Entry) -> dict[str, Fact]:
    """What the entry's `detail` stands for, which its kind tells."""
    detail = entry.detail
    match entry.kind:
        case Entered.RANG:
            party = party_name(book, lang, entry.to or Party.STAFF)
            return {"step": book.label(lang, f"step.{detail}"), "party": party}
        case Entered.ASSIGNED:
            return {"person": Mention(PersonId(detail), entry.name if detail == entry.by else None)}
        case Entered.SNOOZED | Entered.MUTED:
            return {"until": datetime.fromisoformat(detail)}
        case Entered.CLOSED:
            return {"outcome": outcome_name(book, lang, detail)}
        case Entered.FILES_LEFT:
            return {"why": book.label(lang, f"left.{detail}.word")}
        case Entered.UNDELIVERED:
            why = book.say(lang, f"undeliverable.{detail}")
            return (
                {"why": why} if entry.to is None else {"why": why, "party": party_name(book, lang, entry.to)}
            )
        case _:
            return {}
