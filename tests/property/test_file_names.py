"""Whatever a file is called, the name under which it is handed on does nothing but name it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from core.files import NAME_LIMIT, harmless
from core.kinds import EXTENSIONS, HEAD, claimed, sniffed
from core.text import Foreign

NAMES = st.text(max_size=400) | st.from_regex(r"[./\\\w\u202e ]{0,40}\.(png|PDF|exe|txt)", fullmatch=True)


@given(NAMES, st.sampled_from(sorted(EXTENSIONS)))
def test_names_are_harmless(name: str, kind: str) -> None:
    """No folder, nothing unseen, not too long, and an ending by which everybody knows its kind."""
    handed_on = harmless(Foreign(name), kind)
    assert not set(handed_on) & set("/\\\0\r\n")
    assert not any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"} for each in handed_on)
    assert 0 < len(handed_on) <= NAME_LIMIT
    assert not handed_on.startswith(".")
    assert claimed(handed_on, "") == kind


@given(st.binary(max_size=HEAD), st.sampled_from(sorted(EXTENSIONS)))
def test_any_bytes_have_a_kind_or_none(head: bytes, claim: str) -> None:
    """Looking at a file never fails, and never finds a kind that is not carried."""
    assert sniffed(head, claim) in {None, *EXTENSIONS}
