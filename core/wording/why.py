"""Why this deadline, in three lines: the rule, the pauses, the rungs.

Called by every adapter's `render` for `/inquiry show`. Computes nothing: core/clock.py does, and this says
it.
"""

from datetime import datetime, timedelta

from core.clock import due_at, hushed_until, rungs_to_come
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.policy import Audience, Quiet, Rung
from core.records import Inquiry
from core.said import Part, Said

_AUDIENCES: dict[Audience, str] = {
    Audience.SELLER: "seller",
    Audience.BUYER: "buyer",
    Audience.STAFF: "staff",
    Audience.LEAD: "lead",
}


def why_this_deadline(book: Phrasebook, lang: Lang, inquiry: Inquiry) -> tuple[Said, ...]:
    """Anchor and rule; pauses; rungs done and to come. Without a clock, only that there is none."""
    policy, due = inquiry.policy, due_at(inquiry)
    if inquiry.anchor is None or due is None:
        return (book.say(lang, "why.no_clock", policy=policy.id, version=policy.version),)
    rule = book.say(
        lang,
        "why.anchor",
        anchor=inquiry.anchor,
        window=timedelta(seconds=policy.window),
        due=due,
        policy=policy.id,
        version=policy.version,
    )
    return rule, _pauses(book, lang, inquiry), _rungs(book, lang, inquiry, inquiry.anchor)


def _pauses(book: Phrasebook, lang: Lang, inquiry: Inquiry) -> Said:
    pauses: list[Said] = []
    if inquiry.policy.quiet is not None:
        pauses.append(_quiet(book, lang, inquiry.policy.quiet))
    for phrase, until in (
        ("why.hushed", hushed_until(inquiry)),
        ("why.muted", inquiry.muted_until),
        ("why.snoozed", inquiry.snoozed_until),
    ):
        if until is not None:
            pauses.append(book.say(lang, phrase, until=until))
    if not pauses:
        return book.say(lang, "why.no_pauses")
    return book.say(lang, "why.pauses", pauses=_listed(book, lang, pauses))


def _quiet(book: Phrasebook, lang: Lang, quiet: Quiet) -> Said:
    zone = quiet.zone.replace("_", " ")
    return book.say(lang, "why.quiet", start=_hour(quiet.start), end=_hour(quiet.end), zone=zone)


def _hour(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _rungs(book: Phrasebook, lang: Lang, inquiry: Inquiry, anchor: datetime) -> Said:
    ladder = inquiry.policy.ladder
    done = [
        book.say(lang, "why.done", **_names(book, lang, rung))
        for index, rung in enumerate(ladder)
        if inquiry.done >> index & 1
    ]
    coming = [
        book.say(lang, "why.coming", at=anchor + timedelta(seconds=at), **_names(book, lang, ladder[index]))
        for index, at in rungs_to_come(inquiry).items()
    ]
    return book.say(lang, "why.rungs", done=_listed(book, lang, done), coming=_listed(book, lang, coming))


def _names(book: Phrasebook, lang: Lang, rung: Rung) -> dict[str, str]:
    return {
        "step": book.label(lang, f"step.{rung.step.value}"),
        "audience": book.label(lang, f"party.{_AUDIENCES[rung.to]}"),
    }


def _listed(book: Phrasebook, lang: Lang, things: list[Said]) -> Said:
    """Things one after another, or that there is none."""
    if not things:
        return book.say(lang, "why.none")
    separator = book.say(lang, "why.and")
    parts: list[Part] = [*things[0]]
    for thing in things[1:]:
        parts += [*separator, *thing]
    return tuple(parts)
