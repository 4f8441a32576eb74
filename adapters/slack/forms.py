"""The forms, as Slack's modal views.

Called by `listen` when somebody asks for one; what comes back is read by `submitted`. A view is called
`form:<name>`, and its private metadata says only what it is about (an inquiry's number, a seller's id): a
name, never a right. Pure. https://docs.slack.dev/reference/views/modal-views
"""

import json
from collections.abc import Sequence

from adapters.slack import inputs
from adapters.slack.blocks import plain_text
from adapters.slack.mrkdwn import Json, own
from adapters.slack.render import answer
from core.answers import AnyAnswer
from core.ids import Lang, PersonId, PlaceId, workspace_of
from core.records import Desk, Draft, Party, Seller, ShownAs
from core.refusal import Refusal
from core.said import Said
from core.text import Foreign
from core.wording import Form, Reader, answered, form, plain
from core.wording.forms import FormName

_TITLE = 24
_INTRO = 3_000
_NOTHING = Foreign("")


def opening(reader: Reader, draft: Draft | None, seller: Seller | None, *, example: str = "") -> Json:
    """A new inquiry, with what was entered before; `seller` is the draft's, `example` an order number."""
    words = form(reader.book, reader.lang, "new", example=example, limit=inputs.MOST_TYPED)
    order_number = Foreign("" if draft is None else draft.order_number or "")
    entries = [
        inputs.seller(words, seller),
        inputs.optional(inputs.text(words, "order_number", order_number)),
        inputs.choice(reader, words, "topic", None if draft is None else draft.topic),
        inputs.choice(reader, words, "wish", None if draft is None else draft.wish),
        inputs.text(words, "text", _NOTHING if draft is None else draft.beginning, lines="many"),
    ]
    return _view("new", words, entries)


def setup(reader: Reader, desk: Desk | None, me: PersonId) -> Json:
    """A desk's settings; who sets up a new one is proposed as its staff."""
    words = form(reader.book, reader.lang, "setup")
    place = None if desk is None else desk.staff_place
    quiet = None if desk is None else desk.quiet
    entries = [
        inputs.text(words, "name", _NOTHING if desk is None else desk.name),
        _unless_elsewhere(inputs.channel(words, "staff_place", _channel(reader, place)), reader, place),
        _unless_elsewhere(
            inputs.people(reader, words, "staff", (me,) if desk is None else desk.staff),
            reader,
            *(() if desk is None else desk.staff),
        ),
        inputs.optional(inputs.people(reader, words, "leads", () if desk is None else desk.leads)),
        inputs.optional(inputs.people(reader, words, "admins", (me,) if desk is None else desk.admins)),
        inputs.choice(reader, words, "lang", _spoken(reader, desk, place)),
        inputs.choice(reader, words, "shown_as", ShownAs.NAME if desk is None else desk.shown_as),
        inputs.optional(inputs.hour(words, "quiet_from", None if quiet is None else quiet.start)),
        inputs.optional(inputs.hour(words, "quiet_to", None if quiet is None else quiet.end)),
    ]
    return _view("setup", words, entries)


def seller(reader: Reader, desk: Desk, known: Seller | None) -> Json:
    """A seller, new or to be changed: their name, the channel they are reached in, whom to ping there."""
    words = form(reader.book, reader.lang, "seller")
    place = None if known is None else known.place
    entries = [
        inputs.text(words, "name", _NOTHING if known is None else known.name),
        inputs.optional(inputs.channel(words, "place", _channel(reader, place))),
        inputs.optional(inputs.people(reader, words, "ping", () if known is None else known.ping)),
        inputs.choice(reader, words, "lang", _spoken(reader, desk, place)),
    ]
    return _view("seller", words, entries, {} if known is None else {"seller": known.id})


def removal(reader: Reader) -> Json:
    """Which seller to take off the list."""
    words = form(reader.book, reader.lang, "seller_remove")
    return _view("seller_remove", words, [inputs.seller(words, None)])


def write(reader: Reader, number: int, to: Party, draft: Draft | None) -> Json:
    """A message to the inquiry's buyer or seller, with what was kept of an earlier one."""
    name: FormName = "write_buyer" if to is Party.BUYER else "write_seller"
    words = form(reader.book, reader.lang, name, limit=inputs.MOST_TYPED)
    kept = _NOTHING if draft is None else draft.kept.get(number, _NOTHING)
    return _view(name, words, [inputs.text(words, "text", kept, lines="many")], {"number": number})


def note(reader: Reader, number: int) -> Json:
    """A note among staff."""
    words = form(reader.book, reader.lang, "note", limit=inputs.MOST_TYPED)
    return _view("note", words, [inputs.text(words, "text", _NOTHING, lines="many")], {"number": number})


def close(reader: Reader, number: int) -> Json:
    """How the inquiry ended."""
    words = form(reader.book, reader.lang, "close")
    return _view("close", words, [inputs.choice(reader, words, "outcome")], {"number": number})


def snooze(reader: Reader, number: int) -> Json:
    """Until when the staff's own pings wait."""
    return _later(reader, "snooze", number)


def mute(reader: Reader, number: int) -> Json:
    """Until when the seller's reminders wait."""
    return _later(reader, "mute", number)


def offered(sellers: Sequence[Seller]) -> Json:
    """What is offered while somebody types a seller's name: the answer to Slack's block_suggestion."""
    return {"options": [inputs.seller_option(one) for one in sellers]}


def told(reader: Reader, name: FormName, given: AnyAnswer) -> Json:
    """A view in a form's stead that only tells what came of it."""
    title = form(reader.book, reader.lang, name).title
    blocks = answer(reader, given)["blocks"]
    return {"type": "modal", "title": plain_text(title, _TITLE), "blocks": blocks}


def refused(reader: Reader, view: Json, refusal: Refusal) -> Json:
    """The answer to a submission that keeps the form open, with all that was typed.

    The sentence stands below the entry it is about; where it is about none, below the last one.
    """
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    field = refusal.field if refusal.field in fields else fields[-1]
    what = answered(reader.book, reader.lang, refusal)
    lines: list[Said] = [what.head, *what.body]
    sentence = " ".join(words for words in (plain(line, reader) for line in lines) if words)
    return {"response_action": "errors", "errors": {field: sentence}}


def _later(reader: Reader, name: FormName, number: int) -> Json:
    words = form(reader.book, reader.lang, name)
    return _view(name, words, [inputs.choice(reader, words, "until")], {"number": number})


def _view(name: FormName, words: Form, entries: list[Json], about: Json | None = None) -> Json:
    intro: list[Json] = []
    if words.intro:
        intro = [{"type": "section", "text": plain_text(words.intro, _INTRO)}]
    return {
        "type": "modal",
        "callback_id": f"form:{name}",
        "private_metadata": json.dumps(about or {}),
        "title": plain_text(words.title, _TITLE),
        "submit": plain_text(words.send, _TITLE),
        "close": plain_text(words.cancel, _TITLE),
        "blocks": intro + entries,
    }


def _channel(reader: Reader, place: PlaceId | None) -> str | None:
    """A place as a channel of the reader's workspace; None for one elsewhere."""
    return own(place) if place is not None and workspace_of(place) == reader.workspace else None


def _unless_elsewhere(block: Json, reader: Reader, *known: PlaceId | PersonId | None) -> Json:
    """An entry that may stay empty where something is there already that this workspace can't show."""
    elsewhere = any(one is not None and workspace_of(one) != reader.workspace for one in known)
    return inputs.optional(block) if elsewhere else block


def _spoken(reader: Reader, desk: Desk | None, place: PlaceId | None) -> Lang:
    """The language of a shared place, or for a new one that of whoever fills in the form."""
    return reader.lang if desk is None or place is None else desk.languages.get(place, reader.lang)
