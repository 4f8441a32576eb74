"""Refusals in words: what to change, where to find it, and that nothing was lost.

Used by core/wording/answers, told and dialogue, and by adapters for what they refuse themselves. A reason is
the phrase's id.
"""

from datetime import timedelta

from core.ids import Lang
from core.notices import RefusedLate
from core.phrasebook import Fact, Phrasebook
from core.refusal import Refusal
from core.said import Said, Told
from core.wording.files import left_lines


def refused(book: Phrasebook, lang: Lang, refusal: Refusal) -> Told:
    """Why it was not done, as something the person can act on."""
    head = book.say(lang, f"refused.{_phrase(refusal)}", **_facts(refusal))
    return Told(head=head, body=_body(book, lang, refusal), acts=(refusal.offer,) if refusal.offer else ())


def refused_late(book: Phrasebook, lang: Lang, what: RefusedLate) -> Told:
    """The same, of something that was written a while ago."""
    why = refused(book, lang, what.refusal)
    head = book.say(lang, "notice.refused", at=what.at)
    return Told(head=head, body=(why.head, *why.body), acts=why.acts)


def _facts(refusal: Refusal) -> dict[str, Fact]:
    facts: dict[str, Fact | None] = {
        "number": refusal.number,
        "limit": None if refusal.limit is None else f"{refusal.limit:,}",
        "span": None if refusal.limit is None else timedelta(days=refusal.limit),
        "got": None if refusal.got is None else f"{refusal.got:,}",
        "typed": refusal.text,
        "name": refusal.text,
        "example": refusal.example,
        "until": refusal.until,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


def _phrase(refusal: Refusal) -> str:
    if refusal.reason == "not_allowed" and refusal.field == "place":
        return "not_allowed.place"
    return refusal.reason


def _body(book: Phrasebook, lang: Lang, refusal: Refusal) -> tuple[Said, ...]:
    lines: list[Said] = []
    if refusal.reason == "order_number":
        lines.append(book.say(lang, "refused.order_number.where"))
    lines += left_lines(book, lang, refusal.left)
    if refusal.kept:
        lines.append(book.say(lang, "kept"))
    return tuple(lines)
