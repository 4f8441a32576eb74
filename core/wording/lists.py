"""Lists in words: open inquiries, and a desk's sellers.

Called by every adapter's `render` for `/inquiry list` and `/seller list`. A line each; never more than were
handed in.
"""

from collections.abc import Sequence

from core.ids import Lang
from core.phrasebook import Phrasebook
from core.ports import Listed
from core.records import Inquiry, Party, Seller
from core.said import PlaceName, Said, Told
from core.wording.faces import state, title


def listed(book: Phrasebook, lang: Lang, found: Listed, role: Party) -> Told:
    """Open inquiries: how many, a line each (body) as this role sees them; or that there are none."""
    if not found.inquiries:
        how = (book.say(lang, "list.none.how"),) if role is Party.BUYER else ()
        return Told(head=book.say(lang, "list.none"), body=how)
    lines = tuple(list_line(book, lang, inquiry, role) for inquiry in found.inquiries)
    hidden = found.total - len(found.inquiries)
    more = (book.say(lang, "list.more", count=hidden),) if hidden > 0 else ()
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
