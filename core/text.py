"""What people wrote, as a type of its own.

Everything that came from outside as text (messages, names, file names) is `Foreign` from the moment it is
parsed. It has no `__str__`, so it can't slip into a sentence: an adapter puts it on a screen through its
own escaping of `.raw`, and nowhere else. How its writer formatted it stands beside it, as marks; core.markup
makes them, and takes them apart.
"""

import enum
import unicodedata
from collections.abc import Iterator
from typing import NoReturn

import msgspec

MESSAGE_LIMIT = 4_000
"""Characters of one message: Amazon's own limit, so that a message is one message everywhere."""

_NAME = 100  # characters of a name within a sentence
_MARKS = 4  # marks on one letter: more than any language needs, too few to cover the lines above
_ISOLATE, _END = "\u2068", "\u2069"
_DIRECTED = frozenset({"R", "AL", "AN", "RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"})
_ISOLATING = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


class Style(enum.StrEnum):
    """What a mark says of its characters. `QUOTE` and `PRE` are of whole lines, the others within one."""

    BOLD = "b"
    ITALIC = "i"
    STRIKE = "s"
    CODE = "c"
    LINK = "l"
    QUOTE = "q"
    PRE = "p"


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """Some characters of a text, and how they were formatted; counted in code points.

    `detail` is a code block's language, or a link's address, empty where the characters are the address.
    """

    start: int
    length: int
    style: Style
    detail: str = ""

    @property
    def end(self) -> int:
        """Where the next character stands."""
        return self.start + self.length


class Foreign(msgspec.Struct, frozen=True, array_like=True, tag="~"):
    """Text of a person: to be escaped before anyone sees it.

    `raw` is what is read: line breaks as newlines, lists as lines that begin with "• " or "1. ".
    """

    raw: str
    marks: tuple[Mark, ...] = ()

    def __str__(self) -> NoReturn:
        """Refuse to become part of a sentence unescaped."""
        msg = "foreign text reaches a screen only through an adapter's escaping"
        raise TypeError(msg)

    def __format__(self, spec: str) -> NoReturn:
        """Refuse the f-string too."""
        self.__str__()

    def __bool__(self) -> bool:
        """Whether there is anything to read in it."""
        return bool(self.raw.strip())

    def __len__(self) -> int:
        """Characters, as a person counts them, with those of the addresses behind words."""
        return len(self.raw) + sum(len(each.detail) for each in self.marks if each.style is Style.LINK)


def shortened(line: str, limit: int) -> str:
    """The beginning of a line, cut at `limit` characters with an ellipsis."""
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def folded(text: Foreign | str) -> str:
    """A text as it is compared and searched: width, case and surrounding space do not count."""
    raw = text if isinstance(text, str) else text.raw
    return " ".join(unicodedata.normalize("NFKC", raw).casefold().split())


def one_line(text: Foreign) -> str:
    """A name or a few words as part of a sentence, still to be escaped.

    On one line, cut, with marks that pile up taken off; and what runs from right to left, or pretends to, put
    between marks that isolate it (https://www.unicode.org/reports/tr9/), so that it turns nothing around it.
    """
    line = shortened(" ".join("".join(_without_piles(text.raw)).split()), _NAME)
    if any(unicodedata.bidirectional(each) in _DIRECTED for each in line):
        return f"{_ISOLATE}{line.translate(_ISOLATING)}{_END}"
    return line


def _without_piles(raw: str) -> Iterator[str]:
    """The characters, with at most four combining marks in a row."""
    marks = 0
    for each in raw:
        marks = marks + 1 if unicodedata.category(each) in {"Mn", "Me"} else 0
        if marks <= _MARKS:
            yield each
