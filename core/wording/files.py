"""Files in words: whose they are, how large, and why some were left behind.

Used by core/wording/told, answers, refusals, dialogue and logs. A file's name is its sender's: said, never
believed.
"""

from core.files import File, Left, Why
from core.ids import Lang
from core.notices import Carried, FilesLeft
from core.phrasebook import Phrasebook
from core.said import Part, Said, Told
from core.wording.names import WORDS

_KILO = 1024


def of_files(book: Phrasebook, lang: Lang, what: Carried | FilesLeft) -> Told:
    """What stands over files, or is said of those that did not come."""
    match what:
        case Carried():
            phrase = f"carried.from_{WORDS[what.by]}" + ("" if what.name else ".unnamed")
            return Told(
                head=book.say(lang, phrase, number=what.number, name=what.name),
                body=behind(book, lang, what.left),
            )
        case FilesLeft():
            head = book.say(lang, f"notice.files_left.{WORDS[what.to]}", number=what.number)
            rest = book.say(lang, "notice.files_left.rest")
            return Told(head=head, body=(*left_lines(book, lang, what.left), rest))


def behind(book: Phrasebook, lang: Lang, count: int) -> tuple[Said, ...]:
    """That so many files did not come along, for who would have read them."""
    return (book.say(lang, "relayed.files", count=count),) if count else ()


def left_lines(book: Phrasebook, lang: Lang, left: tuple[Left, ...]) -> tuple[Said, ...]:
    """Each file that was left behind, and why, for who sent it."""
    return tuple(
        book.say(
            lang,
            f"left.{each.why.value}",
            file=file_said(book, lang, each.file),
            limit=size_said(each.limit) if each.why is Why.TOO_LARGE else str(each.limit),
        )
        for each in left
    )


def file_said(book: Phrasebook, lang: Lang, file: File) -> Said:
    """A file by name, and how large it is where that is known."""
    name = file.name or book.label(lang, "file.nameless")
    return book.say(lang, "file", name=name, size=size_said(file.size)) if file.size else (name,)


def size_said(size: int) -> str:
    """So many bytes, as people say it."""
    kilos = max(1, round(size / _KILO))
    return f"{kilos} KB" if kilos < _KILO else f"{round(size / _KILO / _KILO, 1):g} MB"


def listed(book: Phrasebook, lang: Lang, files: tuple[File, ...]) -> Said:
    """Files one after the other, on one line."""
    parts: list[Part] = []
    for file in files:
        parts += [*([", "] if parts else []), *file_said(book, lang, file)]
    return tuple(parts)
