"""Why this deadline, in three lines: the rule, the pauses, the rungs.

Called by every adapter's `render` for `/inquiry show`. Computes nothing: core/clock.py does, and this says
it. What staff arrange among themselves is said to staff only.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from core.clock import due_at, hushed_until, rungs_to_come
from core.ids import Lang
from core.phrasebook import Phrasebook
from core.policy import Audience, Quiet, Rung, Step
from core.records import Inquiry, Party
from core.said import Part, Said

_AUDIENCES: dict[Audience, str] = {
    Audience.SELLER: "seller",
    Audience.BUYER: "buyer",
    Audience.STAFF: "staff",
    Audience.LEAD: "lead",
}
_MAY_HEAR: dict[Party, frozenset[Audience]] = {
    Party.BUYER: frozenset({Audience.BUYER}),
    Party.SELLER: frozenset({Audience.SELLER}),
    Party.STAFF: frozenset(Audience),
}


def why_this_deadline(book: Phrasebook, lang: Lang, inquiry: Inquiry, role: Party) -> tuple[Said, ...]:
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
    return rule, _pauses(book, lang, inquiry, role), _rungs(book, lang, inquiry, role, inquiry.anchor)


def _pauses(book: Phrasebook, lang: Lang, inquiry: Inquiry, role: Party) -> Said:
    pauses: list[Said] = []
    if inquiry.policy.quiet is not None:
        pauses.append(_quiet(book, lang, inquiry.policy.quiet))
    pauses += [
        book.say(lang, phrase, until=until)
        for phrase, until, concerned in (
            ("why.hushed", hushed_until(inquiry), {Party.SELLER, Party.STAFF}),
            ("why.muted", inquiry.muted_until, {Party.SELLER, Party.STAFF}),
            ("why.snoozed", inquiry.snoozed_until, {Party.STAFF}),
        )
        if until is not None and role in concerned
    ]
    if inquiry.acknowledged is not None and role is Party.STAFF:
        pauses.append(book.say(lang, "why.acknowledged"))
    if not pauses:
        return book.say(lang, "why.no_pauses")
    return book.say(lang, "why.pauses", pauses=_listed(book, lang, pauses))


def _quiet(book: Phrasebook, lang: Lang, quiet: Quiet) -> Said:
    zone = quiet.zone.replace("_", " ")
    return book.say(lang, "why.quiet", start=_hour(quiet.start), end=_hour(quiet.end), zone=zone)


def _hour(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _rungs(book: Phrasebook, lang: Lang, inquiry: Inquiry, role: Party, anchor: datetime) -> Said:
    """What has been told and what will be; of rungs that say the same again, the next."""
    done = dict.fromkeys(
        (rung.step, rung.to)
        for index, rung in enumerate(inquiry.policy.ladder)
        if inquiry.done >> index & 1 and rung.to in _MAY_HEAR[role]
    )
    coming: dict[tuple[Step, Audience], datetime] = {}
    for rung, at in _coming(inquiry, role):
        coming.setdefault((rung.step, rung.to), anchor + timedelta(seconds=at))
    return book.say(
        lang,
        "why.rungs",
        done=_listed(book, lang, (book.say(lang, "why.done", **_names(book, lang, *one)) for one in done)),
        coming=_listed(
            book,
            lang,
            (book.say(lang, "why.coming", at=at, **_names(book, lang, *one)) for one, at in coming.items()),
        ),
    )


def _coming(inquiry: Inquiry, role: Party) -> Iterator[tuple[Rung, float]]:
    """The rungs this role may hear of, soonest first, without the pings that an acknowledgement has ended."""
    for index, at in sorted(rungs_to_come(inquiry).items(), key=lambda one: one[1]):
        rung = inquiry.policy.ladder[index]
        ended = (
            inquiry.acknowledged is not None
            and rung.to in {Audience.STAFF, Audience.LEAD}
            and rung.step is not Step.MISSED
        )
        if rung.to in _MAY_HEAR[role] and not ended:
            yield rung, at


def _names(book: Phrasebook, lang: Lang, step: Step, to: Audience) -> dict[str, str]:
    return {
        "step": book.label(lang, f"step.{step.value}"),
        "audience": book.label(lang, f"party.{_AUDIENCES[to]}"),
    }


def _listed(book: Phrasebook, lang: Lang, things: Iterable[Said]) -> Said:
    """Things one after another, or that there is none."""
    separator = book.say(lang, "why.and")
    parts: list[Part] = []
    for thing in things:
        parts += [*separator, *thing] if parts else thing
    return tuple(parts) or book.say(lang, "why.none")
