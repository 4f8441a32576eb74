"""Lists, and an inquiry with its log, cut to what Slack takes in one message.

Called by `listen` for `/inquiry list`, `/inquiry show` and `/seller list`. What is left out is counted, and
that is said. Pure.
"""

from collections.abc import Sequence

from adapters.slack.blocks import MOST_BLOCKS, MOST_TEXT, section, spoken, weight
from adapters.slack.formatted import in_bar
from adapters.slack.mrkdwn import Json, elements, mrkdwn
from adapters.slack.render import Drawn, card, draw
from core.markup import cut
from core.ports import Listed, Shown
from core.records import Party, Seller
from core.said import Said, Told
from core.wording import Reader, log_lines, sellers_listed, why_this_deadline
from core.wording import listed as listed_in_words

_QUOTE_IN_A_LOG = 1_000


def listed(reader: Reader, found: Listed, role: Party) -> Drawn:
    """Open inquiries, a line each."""
    return _cut(reader, listed_in_words(reader.book, reader.lang, found, role))


def sellers(reader: Reader, known: Sequence[Seller]) -> Drawn:
    """The desk's sellers, a line each."""
    return _cut(reader, sellers_listed(reader.book, reader.lang, known))


def shown(reader: Reader, what: Shown, role: Party) -> Drawn:
    """An inquiry: its card, why its deadline is what it is, and the latest of its log."""
    drawn = card(reader, what.inquiry, role)
    why = why_this_deadline(reader.book, reader.lang, what.inquiry, role)
    if why:
        drawn["blocks"].append(spoken(*(elements(line, reader) for line in why)))
    log = [_entry(reader, told) for told in log_lines(reader.book, reader.lang, what, role)]
    kept = _latest(log, MOST_BLOCKS - len(drawn["blocks"]) - 1, MOST_TEXT - weight(drawn["blocks"]))
    if len(kept) < len(log):
        drawn["blocks"].append(spoken(elements(_left_out(reader, len(log) - len(kept)), reader)))
    drawn["blocks"] += kept
    return drawn


def _cut(reader: Reader, told: Told) -> Drawn:
    """A list whose last lines are left out where they don't fit."""
    room = MOST_TEXT - len(mrkdwn(told.head, reader))
    for count, line in enumerate(told.body):
        room -= len(mrkdwn(line, reader)) + 1
        if room < 0:
            left_out = _left_out(reader, len(told.body) - count)
            told = Told(head=told.head, body=(*told.body[:count], left_out), quote=told.quote, acts=told.acts)
            break
    return draw(reader, told)


def _entry(reader: Reader, told: Told) -> Json:
    """One entry of a log as one block, so that as many as possible fit."""
    lines = section(*(elements(line, reader) for line in (told.head, *told.body)))
    parts = [lines] if lines["elements"] else []
    if told.quote:
        parts += in_bar(cut(told.quote, _QUOTE_IN_A_LOG))
    return {"type": "rich_text", "elements": parts}


def _latest(log: Sequence[Json], blocks: int, text: int) -> list[Json]:
    """The last entries that fit, in their order."""
    kept: list[Json] = []
    for entry in reversed(log[-blocks:]):
        text -= weight(entry)
        if text < 0:
            break
        kept.insert(0, entry)
    return kept


def _left_out(reader: Reader, count: int) -> Said:
    return reader.book.say(reader.lang, "list.more", count=count)
