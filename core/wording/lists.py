"""Lists in words: open inquiries, and a desk's sellers; and how they are cut to what a platform takes.

Called by every adapter's `lists` for `/inquiry list`, `/inquiry show` and `/seller list`. A line each; never
more than were handed in, and what is left out is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.ports import Listed
from core.records import Inquiry, Party, Seller
from core.said import PlaceName, Said, Told
from core.wording.faces import state, title
from core.wording.reading import Reader

Entry = TypeVar("Entry")


def listed(book: Phrasebook, lang: Lang, found: Listed, role: Party) -> Told:
    """Open inquiries: how many, a line each (body) as this role sees them; or that there are none."""
    if not found.inquiries:
        how = (book.say(lang, "list.none.how"),) if role is Party.BUYER else ()
        return Told(head=book.say(lang, "list.none"), body=how)
    lines = tuple(list_line(book, lang, inquiry, role) for inquiry in found.inquiries)
    more = (left_out(book, lang, found.hidden),) if found.hidden else ()
    return Told(head=book.say(lang, "list.head", count=found.total), body=(*lines, *more))


def list_line(book: Phrasebook, lang: Lang, inquiry: Inquiry, role: Party) -> Said:
    """One inquiry on a line: which one, and where it stands."""
    return book.say(
        lang,
        "list.line",
        title=title(book, inquiry, role, lang),
        state=state(book, inquiry, role, lang),
    )


def sellers_listed(book: Phrasebook, lang: Lang, sellers: Sequence[Seller]) -> Told:
    """The desk's sellers, a line each (body)."""
    if not sellers:
        return Told(head=book.say(lang, "sellers.none"))
    return Told(
        head=book.say(lang, "sellers.head", count=len(sellers)),
        body=tuple(seller_line(book, lang, seller) for seller in sellers),
    )


def seller_line(book: Phrasebook, lang: Lang, seller: Seller) -> Said:
    """One seller on a line: the name, and where they are reached."""
    if seller.place is None:
        return book.say(lang, "sellers.line.nowhere", name=seller.name)
    return book.say(lang, "sellers.line", name=seller.name, place=PlaceName(seller.place))


def left_out(book: Phrasebook, lang: Lang, count: int) -> Said:
    """How many are not shown."""
    return book.say(lang, "list.more", count=count)


def shortened(
    reader: Reader, told: Told, room: int, length: Callable[[Said], int], *, hidden: int = 0
) -> Told:
    """A list whose last lines are left out where their lengths together are more than there is room for.

    `hidden` are left out already, as its last line says.
    """
    lines = len(told.body) - (hidden > 0)
    for count, line in enumerate(told.body):
        room -= length(line)
        if room < 0:
            more = left_out(reader.book, reader.lang, lines - count + hidden)
            return replace(told, body=(*told.body[:count], more))
    return told


def latest(log: Sequence[Entry], room: int, length: Callable[[Entry], int]) -> list[Entry]:
    """The last entries that there is room for, in their order."""
    kept: list[Entry] = []
    for entry in reversed(log):
        room -= length(entry)
        if room < 0:
            break
        kept.insert(0, entry)
    return kept
