"""What the desk has to say about itself: an undelivered message, a seller without a place, a fault, a move.

Used by core/wording/told, read by the staff. Each says what happened and then what mends it.
"""

from datetime import timedelta
from typing import assert_never

from core.ids import Lang
from core.notices import NotReached, Trouble, Undelivered, WorkspaceLinked, WorkspaceUnlinked
from core.phrasebook import Phrasebook
from core.records import NO_NUMBER
from core.said import PlaceName, Said, Told
from core.wording.names import party_name, person_name

Fault = Undelivered | NotReached | Trouble | WorkspaceLinked | WorkspaceUnlinked


def of_fault(book: Phrasebook, lang: Lang, what: Fault) -> Told:
    """What is wrong, and what mends it."""
    match what:
        case Undelivered():
            return _undelivered(book, lang, what)
        case NotReached():
            buyer, seller = person_name(book, lang, what.buyer), what.seller
            return Told(
                head=book.say(lang, "notice.not_reached", buyer=buyer, seller=seller),
                body=(book.say(lang, "notice.not_reached.how", buyer=buyer),),
            )
        case Trouble():
            return _trouble(book, lang, what)
        case WorkspaceLinked() | WorkspaceUnlinked():
            return _moved(book, lang, what)
        case _:
            assert_never(what)


def _moved(book: Phrasebook, lang: Lang, what: WorkspaceLinked | WorkspaceUnlinked) -> Told:
    """Where the desk is open from now on, and what that asks of the staff."""
    by = person_name(book, lang, what.by)
    if isinstance(what, WorkspaceLinked):
        return Told(head=book.say(lang, "notice.workspace_linked", by=by, platform=what.platform))
    body = [book.say(lang, "notice.workspace_unlinked.kept")]
    if what.sellers:
        body.append(book.say(lang, "notice.workspace_unlinked.sellers", count=what.sellers))
    head = book.say(lang, "notice.workspace_unlinked", by=by, platform=what.platform)
    return Told(head=head, body=tuple(body))


def _undelivered(book: Phrasebook, lang: Lang, what: Undelivered) -> Told:
    place = PlaceName(what.place)
    if what.to is None or what.number == NO_NUMBER:
        head = book.say(lang, "notice.undelivered.place", place=place)
    else:
        party = party_name(book, lang, what.to)
        head = book.say(lang, "notice.undelivered", number=what.number, party=party, place=place)
    after = "notice.undelivered.kept" if what.kept else "notice.undelivered.gone"
    return Told(head=head, body=(book.say(lang, f"undeliverable.{what.why}"), book.say(lang, after)))


def _trouble(book: Phrasebook, lang: Lang, what: Trouble) -> Told:
    """`count` is seconds for what is late or off, else how many."""
    head = book.say(
        lang,
        f"trouble.{what.kind}",
        count=what.count,
        late=timedelta(seconds=what.count),
        platform=what.platform,
    )
    since: tuple[Said, ...] = (
        () if what.since is None else (book.say(lang, "trouble.since", since=what.since),)
    )
    return Told(head=head, body=(*since, book.say(lang, f"trouble.{what.kind}.how")))
