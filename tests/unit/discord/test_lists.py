"""Lists and logs on Discord: cut to what one message holds, and saying so."""

from datetime import timedelta

import msgspec
import pytest

from adapters.discord import lists
from core.marks import tidy
from core.ports import Listed, Shown
from core.records import Entered, Party
from core.text import Foreign, Mark, Style
from tests.contract.store.things import NOON, an_entry
from tests.unit.discord.samples import HOSTILE, reader
from tests.unit.discord.seeing import problems, seen, styles, told
from tests.unit.drawn import inquiry, seller

OURS = {"bold", "quote", "mention", "timestamp"}


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_list_is_a_line_each(text: str) -> None:
    """Open inquiries and sellers of any name are listed, and tell nobody."""
    found = Listed(inquiries=(inquiry(Foreign(text)),) * 20, total=25)
    for drawn in (
        lists.listed(reader(), found, Party.STAFF),
        lists.sellers(reader(), [seller(Foreign(text))] * 3),
    ):
        assert problems(drawn) == []
        assert told(drawn) == set()
        assert styles(drawn) <= OURS


async def test_a_list_too_long_says_how_many_are_left_out() -> None:
    """A thousand sellers are cut to one message, which counts the rest."""
    drawn = lists.sellers(reader(), [seller(Foreign(f"{number} " + "a" * 70)) for number in range(1_000)])
    assert problems(drawn) == []
    lines = seen(drawn).splitlines()
    shown = len(lines) - 2
    assert str(1_000 - shown) in lines[-1]


async def test_what_is_left_out_for_its_length_is_counted_with_what_was_not_read() -> None:
    """Of fifty inquiries twenty were read, and not all of these fit: those that are not shown are counted."""
    found = Listed(inquiries=(inquiry(Foreign("長" * 1_000)),) * 20, total=50)
    drawn = lists.listed(reader(), found, Party.STAFF)
    assert problems(drawn) == []
    lines = seen(drawn).splitlines()
    assert 0 < len(lines) - 2 < 20
    assert f"{50 - (len(lines) - 2)} more" in lines[-1]


async def test_a_long_log_keeps_its_latest_entries() -> None:
    """Of two hundred long entries the last are shown, in their order, and the rest are counted."""
    entries = tuple(
        an_entry(
            f"entry {number} " + "b" * 900,
            at=NOON + timedelta(minutes=number),
            role=Party.BUYER,
            to=Party.SELLER,
        )
        for number in range(200)
    )
    drawn = lists.shown(reader(), Shown(inquiry=inquiry(Foreign("A")), entries=entries), Party.STAFF)
    assert problems(drawn) == []
    text = seen(drawn)
    kept = [number for number in range(200) if f"entry {number} " in text]
    assert kept == list(range(200 - len(kept), 200))
    assert str(200 - len(kept)) in text


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_log_shows_what_was_written_and_tells_nobody(text: str) -> None:
    """Messages and notes of any content stand in the log."""
    entries = (
        an_entry(text, role=Party.BUYER, to=Party.SELLER, name=Foreign(text)),
        an_entry(text, kind=Entered.NOTE, role=Party.STAFF, to=Party.STAFF, name=Foreign(text)),
    )
    about = msgspec.structs.replace(inquiry(Foreign(text)), excerpt=Foreign(text[:120]))
    drawn = lists.shown(reader(), Shown(inquiry=about, entries=entries), Party.STAFF)
    assert problems(drawn) == []
    assert told(drawn) == set()
    assert styles(drawn) <= OURS


async def test_a_log_is_shown_however_long_its_links_are() -> None:
    """Where addresses and escaped signs together are too much, the addresses are left out."""
    raw = "ab" + "*" * 940 + " cd"
    address = "https://e.example/" + "p" * 1_480
    links = [Mark(start, 2, Style.LINK, address) for start in (0, raw.index("cd"))]
    entry = msgspec.structs.replace(an_entry("", role=Party.BUYER, to=Party.SELLER), text=tidy(raw, links))
    shown = Shown(inquiry=inquiry(Foreign("A")), entries=(entry,))
    drawn = lists.shown(reader(), shown, Party.STAFF)
    assert problems(drawn) == []
    assert raw in seen(drawn)
