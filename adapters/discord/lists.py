"""Lists, and an inquiry with its log, cut to what Discord takes in one message.

Called by the listeners for `/inquiry list`, `/inquiry show` and `/seller list`. What is left out is counted,
and that is said. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace

import discord

from adapters.discord.blocks import MOST_DESCRIPTION, MOST_TEXT, Drawn
from adapters.discord.formatted import in_bar
from adapters.discord.markdown import escape, said
from adapters.discord.render import card, draw
from core.markup import cut
from core.ports import Listed, Shown
from core.records import Party, Seller
from core.said import Told
from core.wording import Reader, latest, left_out, log_lines, sellers_listed, shortened, why_this_deadline
from core.wording import listed as listed_in_words

_QUOTE_IN_A_LOG = 1_000
_SPARE = 200  # for the line that counts what is left out


def listed(reader: Reader, found: Listed, role: Party) -> Drawn:
    """Open inquiries, a line each."""
    return _cut(reader, listed_in_words(reader.book, reader.lang, found, role), hidden=found.hidden)


def sellers(reader: Reader, known: Sequence[Seller]) -> Drawn:
    """The desk's sellers, a line each."""
    return _cut(reader, sellers_listed(reader.book, reader.lang, known))


def shown(reader: Reader, what: Shown, role: Party) -> Drawn:
    """An inquiry: its card, why its deadline is what it is, and the latest of its log."""
    drawn = card(reader, what.inquiry, role)
    why = "\n".join(
        said(line, reader) for line in why_this_deadline(reader.book, reader.lang, what.inquiry, role)
    )
    log = [_entry(reader, told) for told in log_lines(reader.book, reader.lang, what, role)]
    room = MOST_TEXT - sum(map(len, drawn.embeds)) - len(why) - _SPARE
    kept = latest(log, room, lambda entry: len(entry) + 1)
    if len(kept) < len(log):
        kept.insert(0, said(left_out(reader.book, reader.lang, len(log) - len(kept)), reader))
    further = [discord.Embed(description=text) for text in (why, *_together(kept)) if text]
    return replace(drawn, embeds=(*drawn.embeds, *further))


def _cut(reader: Reader, told: Told, *, hidden: int = 0) -> Drawn:
    """A list whose last lines are left out where they don't fit."""
    room = MOST_DESCRIPTION - _SPARE
    return draw(
        reader, shortened(reader, told, room, lambda line: len(said(line, reader)) + 1, hidden=hidden)
    )


def _entry(reader: Reader, told: Told) -> str:
    """One entry of a log: its lines, and what was written as a quote."""
    lines = [said(line, reader) for line in (told.head, *told.body)]
    if told.quote:
        short = cut(told.quote, _QUOTE_IN_A_LOG)
        room = MOST_DESCRIPTION - sum(len(line) + 1 for line in lines)
        full = _quoted(in_bar(short))
        lines.append(full if len(full) <= room else _quoted(escape(short.raw)))  # addresses may be long
    return "\n".join(filter(None, lines))


def _quoted(drawn: str) -> str:
    return "\n".join(f"> {line}" for line in drawn.split("\n"))


def _together(entries: Sequence[str]) -> list[str]:
    """Entries, as many in one embed as it holds."""
    texts: list[str] = []
    for entry in entries:
        if texts and len(texts[-1]) + 1 + len(entry) <= MOST_DESCRIPTION:
            texts[-1] += f"\n{entry}"
        else:
            texts.append(entry)
    return texts
