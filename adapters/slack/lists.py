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
from core.said import Told
from core.wording import Reader, latest, left_out, log_lines, sellers_listed, shortened, why_this_deadline
from core.wording import listed as listed_in_words

_QUOTE_IN_A_LOG = 1_000


def listed(reader: Reader, found: Listed, role: Party) -> Drawn:
    """Open inquiries, a line each."""
    return _cut(reader, listed_in_words(reader.book, reader.lang, found, role), hidden=found.hidden)


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
    blocks = MOST_BLOCKS - len(drawn["blocks"]) - 1
    kept = latest(log[-blocks:], MOST_TEXT - weight(drawn["blocks"]), weight)
    if len(kept) < len(log):
        drawn["blocks"].append(
            spoken(elements(left_out(reader.book, reader.lang, len(log) - len(kept)), reader))
        )
    drawn["blocks"] += kept
    return drawn


def _cut(reader: Reader, told: Told, *, hidden: int = 0) -> Drawn:
    """A list whose last lines are left out where they don't fit."""
    room = MOST_TEXT - len(mrkdwn(told.head, reader))
    return draw(
        reader, shortened(reader, told, room, lambda line: len(mrkdwn(line, reader)) + 1, hidden=hidden)
    )


def _entry(reader: Reader, told: Told) -> Json:
    """One entry of a log as one block, so that as many as possible fit."""
    lines = section(*(elements(line, reader) for line in (told.head, *told.body)))
    parts = [lines] if lines["elements"] else []
    if told.quote:
        parts += in_bar(cut(told.quote, _QUOTE_IN_A_LOG))
    return {"type": "rich_text", "elements": parts}
