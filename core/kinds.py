"""The kinds of files that are carried, and how each begins.

Used by the rules, for what a file says it is, and by the file store, for what it is. An archive is not on the
list, and nothing is ever unpacked. A table of its own: of the libraries that guess at types, the one that is
kept up calls every zip a document, and does not know the photos of an iPhone.
"""

import codecs
from pathlib import PurePosixPath
from typing import Final

HEAD: Final = 4096
"""Bytes from a file's beginning that tell its kind."""

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

EXTENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov",),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".log"),
    "text/csv": (".csv",),
    _WORD: (".docx",),
    _SHEET: (".xlsx",),
    _SLIDES: (".pptx",),
}
"""What is carried: each media type, with how names of it end, the usual ending first."""

_BEGIN: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)

# ISO 14496-12: the brand after `ftyp`, then four bytes, then the brands it is compatible with.
_BRANDS: Final[tuple[tuple[frozenset[bytes], str], ...]] = (
    (frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}), "image/heic"),
    (frozenset({b"qt  "}), "video/quicktime"),
    (frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1"}), "video/mp4"),
)

_OFFICE: Final = frozenset({_WORD, _SHEET, _SLIDES})
_OFFICE_PARTS: Final = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/")
_TEXT: Final = frozenset({"text/plain", "text/csv"})
_PAGES: Final = ("<", "#!", "{\\rtf", "%!")  # pages, scripts and PostScript are text, and not what is meant
_CONTROL: Final = frozenset(map(chr, range(0x20))) - frozenset("\t\n\f\r")
_ENCODINGS: Final = ("utf-8-sig", "iso2022_jp", "cp932")


def claimed(name: str, kind: str) -> str | None:
    """The kind a file says it is: by its name's ending, as computers go; else as its platform has it."""
    ending = PurePosixPath(name.strip()).suffix.casefold()
    if ending:
        return next((each for each, endings in EXTENSIONS.items() if ending in endings), None)
    bare = kind.partition(";")[0].strip().casefold()
    return bare if bare in EXTENSIONS else None


def sniffed(head: bytes, claim: str) -> str | None:
    """The kind a file is, by how it begins, where that is what it says it is; else None.

    A photo may be one of another format than its name says, and so may a video: people's phones do that.
    """
    if claim in _OFFICE:
        return claim if _is_office(head) else None
    if claim in _TEXT:
        return claim if _is_text(head) else None
    found = _by_bytes(head)
    return found if found is not None and found.partition("/")[0] == claim.partition("/")[0] else None


def _by_bytes(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        length = min(int.from_bytes(head[:4], "big"), len(head))
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
        return next((kind for brand in brands for known, kind in _BRANDS if brand in known), None)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begin, kind in _BEGIN if head.startswith(begin)), None)


def _is_office(head: bytes) -> bool:
    """A zip whose first entry is a part of an Office document (APPNOTE 4.3.7: the name begins at byte 30)."""
    return head.startswith(b"PK\x03\x04") and head[30:].startswith(_OFFICE_PARTS)


def _is_text(head: bytes) -> bool:
    utf_16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return any(_reads_as(head, encoding) for encoding in (("utf-16",) if utf_16 else _ENCODINGS))


def _reads_as(head: bytes, encoding: str) -> bool:
    """Whether it is plain text in that encoding; a character cut off at the end does not count."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return not text.lstrip().startswith(_PAGES) and _CONTROL.isdisjoint(text)
