"""A file that somebody attached: what is said of it, and why one may be left behind.

Travels in commands, notices and the log. Its bytes never do: `source` tells where its platform has them, and
the file store (`core.filing`) keeps them while the inquiry lasts. Judges nothing: core/kinds.py knows the
types that are carried, core/rules the limits.
"""

import enum
import unicodedata
from pathlib import PurePosixPath
from typing import Final, NewType

import msgspec

from core.kinds import EXTENSIONS
from core.text import Foreign

FileRef = NewType("FileRef", str)
"""Where a platform has a file: `platform:` and what its adapter finds it by. Never an address."""

NAME_LIMIT: Final = 100
"""Characters of a file's name as it is handed on, its ending included."""

_UNSAID: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""What can't be seen, or turns what follows around."""


class File(msgspec.Struct, frozen=True, array_like=True):
    """A file as its platform declares it; `size` in bytes (0: not said), `kind` its media type, if any."""

    name: Foreign
    size: int
    kind: str
    source: FileRef


class Why(enum.StrEnum):
    """Why a file was left behind. The value is part of a phrase's id."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    KIND = "kind"
    LIES = "lies"
    EMPTY = "empty"
    ELSEWHERE = "elsewhere"
    GONE = "gone"
    UNAVAILABLE = "unavailable"


class Left(msgspec.Struct, frozen=True, array_like=True):
    """A file that was left behind, and why; `limit` is in bytes or in files where the reason has one."""

    file: File
    why: Why
    limit: int = 0


def platform_with(source: FileRef) -> str:
    """The platform that has a file."""
    return source.partition(":")[0]


def harmless(name: Foreign, kind: str) -> str:
    """A file's name as it is handed on: no folders, nothing unseen, not too long, ending as its kind does."""
    seen = "".join(each for each in name.raw if unicodedata.category(each) not in _UNSAID)
    bare = seen.replace("\\", "/").rpartition("/")[2].strip(" .")
    endings = EXTENSIONS.get(kind, ("",))
    ending = PurePosixPath(bare).suffix
    if ending.casefold() in endings:
        bare = bare.removesuffix(ending)
    else:
        ending = endings[0]
        bare = bare.removesuffix(PurePosixPath(bare).suffix) if _known(bare) else bare
    return (bare[: NAME_LIMIT - len(ending)].strip(" .") or "file") + ending


def _known(name: str) -> bool:
    """Whether a name ends like some kind of file that is carried: then it ends wrongly."""
    ending = PurePosixPath(name).suffix.casefold()
    return any(ending in endings for endings in EXTENSIONS.values())
