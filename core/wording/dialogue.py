"""The dialogue in direct messages: its questions, what is known so far, and what can be chosen.

Used by core/wording/told and answers; the others by the adapters, which make a button or
a list entry of each choice.
"""

from core.ids import Lang
from core.notices import Asked
from core.phrasebook import Phrasebook
from core.records import Asking
from core.said import Part, Said, Told
from core.text import Foreign
from core.wording.files import left_lines, listed
from core.wording.refusals import refused

_FIXED: dict[Asking, tuple[str, ...]] = {
    Asking.NOTHING: (),
    Asking.WHICH: ("new", "cancel"),
    Asking.SELLER: ("cancel",),
    Asking.ORDER: ("none", "cancel"),
    Asking.MESSAGE: ("cancel",),
}


def question(book: Phrasebook, lang: Lang, what: Asked) -> Told:
    """The question that stands; before it, why the last answer did not do."""
    asked = book.say(lang, f"question.{_asked(what)}")
    known = (*left_lines(book, lang, what.left), *_known(book, lang, what))
    if what.refused is None:
        return Told(head=asked, body=known, quote=what.text or None)
    why = refused(book, lang, what.refused)
    return Told(head=why.head, body=(*why.body, asked, *known), quote=what.text or None, acts=why.acts)


def which_desk(book: Phrasebook, lang: Lang) -> Told:
    """Asked of somebody who has to do with several desks."""
    return Told(head=book.say(lang, "question.desk"))


def desk_chosen(book: Phrasebook, lang: Lang, name: Foreign) -> Told:
    """Takes the place of that question."""
    return Told(head=book.say(lang, "question.desk.chosen", name=name))


def choices(book: Phrasebook, lang: Lang, what: Asked) -> tuple[tuple[str, Said], ...]:
    """What can be chosen under a question: each value with its label, the fixed ones last."""
    sending = [(what.sending, book.say(lang, "ask.send"))] if _asked(what) == "send" else []
    return (
        *((value, _choice(book, lang, what, (value, name))) for value, name in what.choices),
        *sending,
        *((value, book.say(lang, f"ask.{value}")) for value in _FIXED[what.asking]),
    )


def _asked(what: Asked) -> str:
    if what.asking is Asking.MESSAGE and (what.text or what.files):
        return "send"
    return what.asking.value or "nothing"


def _choice(book: Phrasebook, lang: Lang, what: Asked, choice: tuple[str, Part]) -> Said:
    value, name = choice
    if what.asking is Asking.WHICH:
        return book.say(lang, "question.choice", number=value, seller=name)
    return (name,)


def _known(book: Phrasebook, lang: Lang, what: Asked) -> tuple[Said, ...]:
    """What has been entered so far, a line each."""
    values: dict[str, Part | Said] = {}
    if what.seller:
        values["seller"] = what.seller
    if what.order_number:
        values["order_number"] = what.order_number
    if what.topic is not None:
        values["topic"] = book.label(lang, f"topic.{what.topic.value}")
    if what.wish is not None:
        values["wish"] = book.label(lang, f"wish.{what.wish.value}")
    if what.files:
        values["files"] = listed(book, lang, what.files)
    return tuple(
        book.say(lang, "known", label=book.label(lang, f"field.{name}"), value=value)
        for name, value in values.items()
    )
