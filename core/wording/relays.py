"""A message of one party in the line of another, in words around it.

Used by core/wording/told. The message itself is the quote, untouched; what is said around it tells whose it
is, by when an answer is due, and how many files were left behind.
"""

from core.ids import Lang
from core.notices import Carried, FilesLeft, Relayed
from core.phrasebook import Phrasebook
from core.records import Party
from core.said import Said, Told
from core.wording.files import behind, of_files
from core.wording.names import WORDS


def of_relay(book: Phrasebook, lang: Lang, what: Relayed | Carried | FilesLeft, party: Party | None) -> Told:
    """The message, or what is said of its files, as `party` reads it."""
    if not isinstance(what, Relayed):
        return of_files(book, lang, what)
    own = what.by is party
    return Told(
        head=book.say(lang, f"relayed.{_kind(what, party)}", name=what.name, number=what.number),
        body=(*_due(book, lang, what, party), *(() if own else behind(book, lang, what.files))),
        quote=what.text or None,
    )


def _kind(what: Relayed, party: Party | None) -> str:
    if what.by is party:
        return "note" if party is Party.STAFF else "own"
    kind = "opening" if what.opening else f"from_{WORDS[what.by]}"
    return kind if what.name else f"{kind}.unnamed"


def _due(book: Phrasebook, lang: Lang, what: Relayed, party: Party | None) -> tuple[Said, ...]:
    """By when, and for an inquiry's first message where to write."""
    lines: list[Said] = []
    whose = {Party.BUYER: "relayed.own", Party.SELLER: "relayed"}.get(party) if party else None
    if whose is None:
        return ()
    if what.due_at is not None:
        lines.append(book.say(lang, f"{whose}.due", due=what.due_at))
    if what.opening:
        lines.append(book.say(lang, f"{whose}.how"))
    return tuple(lines)
