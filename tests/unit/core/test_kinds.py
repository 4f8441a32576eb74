"""What kind a file says it is, what kind it is, and under which name it is handed on."""

import pytest

from core.files import NAME_LIMIT, harmless
from core.kinds import EXTENSIONS, claimed, sniffed
from core.text import Foreign

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe1\0\x10Exif\0"
IPHONE = b"\0\0\0\x24ftypmif1\0\0\0\0mif1heicmiafMiPrhexa"
FILM = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41"
CLIP = b"\0\0\0\x14ftypqt  \0\0\0\0qt  "
WORD = next(kind for kind in EXTENSIONS if kind.endswith("wordprocessingml.document"))
LETTER = b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml"


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("a.JPG", "", "image/jpeg"),
        (" a.jpeg ", "application/octet-stream", "image/jpeg"),
        ("a.png.exe", "image/png", None),
        ("a.html", "image/png", None),
        ("archive.tar.gz", "", None),
        ("IMG_1", "image/heic", "image/heic"),
        ("note", "text/plain; charset=utf-8", "text/plain"),
        ("", "", None),
        ("表.xlsx", "", next(kind for kind in EXTENSIONS if kind.endswith("spreadsheetml.sheet"))),
    ],
)
def test_what_a_file_says_it_is(name: str, kind: str, expected: str | None) -> None:
    """Its name's ending counts, as on people's computers; without one, what its platform says."""
    assert claimed(name, kind) == expected


@pytest.mark.parametrize(
    ("head", "claim", "expected"),
    [
        (PNG, "image/png", "image/png"),
        (PNG, "image/jpeg", "image/png"),
        (IPHONE, "image/heic", "image/heic"),
        (FILM, "video/mp4", "video/mp4"),
        (CLIP, "video/mp4", "video/quicktime"),
        (b"GIF89a....", "image/gif", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "image/webp", None),
        (b"%PDF-1.4\n", "application/pdf", "application/pdf"),
        (b"%PDF-1.4\n", "image/png", None),
        (PNG, "application/pdf", None),
        (PNG, "video/mp4", None),
        (b"MZ\x90\0", "image/png", None),
        (b"\0\0\0\x14ftypxxxx\0\0\0\0", "video/mp4", None),
        (b"\0\0\0\x14ftyp", "video/mp4", None),
        (LETTER, WORD, WORD),
        (LETTER, "image/png", None),
        (b"PK\x03\x04" + bytes(26) + b"payload.exe", WORD, None),
        (b"", "image/png", None),
    ],
)
def test_what_a_file_is(head: bytes, claim: str, expected: str | None) -> None:
    """Its first bytes tell; a photo may be of another format than it says, and nothing else may."""
    assert sniffed(head, claim) == expected


@pytest.mark.parametrize(
    ("head", "is_text"),
    [
        ("こんにちは、\r\n元気ですか。\t".encode(), True),
        ("こんにちは".encode("cp932"), True),
        ("こんにちは".encode("iso2022_jp"), True),
        ("こんにちは".encode("utf-16"), True),
        ("\ufeff名前,数\n青,1\n".encode(), True),
        ("あ".encode() * 2 + "あ".encode()[:2], True),
        (b"<!DOCTYPE html><script>", False),
        ("\ufeff <svg onload=x>".encode(), False),
        ("<html>".encode("utf-16"), False),
        (b"#!/bin/sh\nrm -rf /", False),
        (b"{\\rtf1", False),
        (b"abc\0def", False),
        (b"\x7fELF\x02", False),
        (bytes(range(128, 256)), False),
    ],
)
def test_plain_text_is_plain(head: bytes, is_text: bool) -> None:  # noqa: FBT001 -- a row of the table
    """Text in the encodings that people here use; no page, no script, nothing with control characters."""
    assert (sniffed(head, "text/plain") is not None) is is_text


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("photo.png", "image/png", "photo.png"),
        ("Photo.PNG", "image/png", "Photo.PNG"),
        ("photo.jpg", "image/png", "photo.png"),
        ("../../etc/passwd", "image/png", "passwd.png"),
        ("C:\\temp\\photo.png", "image/png", "photo.png"),
        ("photo\u202egnp.exe", "image/png", "photognp.exe.png"),
        ("a\0b\n\u200b.png", "image/png", "ab.png"),
        (".png", "image/png", "png.png"),
        ("...", "image/png", "file.png"),
        ("", "application/pdf", "file.pdf"),
        ("請求書 4月.pdf", "application/pdf", "請求書 4月.pdf"),
        ("v1.2 final", "application/pdf", "v1.2 final.pdf"),
    ],
)
def test_names_are_made_harmless(name: str, kind: str, expected: str) -> None:
    """No folders, nothing that can't be seen or turns the line around, and the ending that fits the bytes."""
    assert harmless(Foreign(name), kind) == expected


def test_long_names_are_cut_before_their_ending() -> None:
    """A name of three hundred characters keeps its ending."""
    cut = harmless(Foreign("長" * 300 + ".jpeg"), "image/jpeg")
    assert len(cut) == NAME_LIMIT
    assert cut.endswith("長.jpeg")
