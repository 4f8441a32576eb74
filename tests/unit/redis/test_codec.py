"""Records and notices, as bytes that were written once are read for ever."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters.redis import codec
from core.errors import Misconfigured
from core.ids import DeskId, PlaceId
from core.records import FORMAT, Desk, Draft, Inquiry, Person, Seller
from core.text import Foreign, Mark, Style
from tests.unit.redis import kept

Record = Desk | Seller | Person | Draft | Inquiry
RECORDS: dict[str, tuple[codec.Shape[Any], Record]] = {
    "desk": (codec.DESK, kept.DESK),
    "seller": (codec.SELLER, kept.SELLER),
    "person": (codec.PERSON, kept.PERSON),
    "draft": (codec.DRAFT, kept.DRAFT),
    "inquiry": (codec.INQUIRY, kept.INQUIRY),
}


def _golden(name: str) -> dict[str, bytes]:
    text = Path(__file__).with_name("golden").joinpath(f"{name}.txt").read_text()
    return {kind: bytes.fromhex(stored) for kind, stored in (line.split() for line in text.splitlines())}


@pytest.mark.parametrize("kind", RECORDS)
def test_records_of_format_1_are_read(kind: str) -> None:
    """What the first release wrote is what it was."""
    shape, record = RECORDS[kind]
    assert shape.read(_golden("format1")[kind]) == record


@pytest.mark.parametrize("kind", RECORDS)
def test_shorter_records_of_format_1_are_read(kind: str) -> None:
    """Fields that came after a record was written have their defaults; those it has are what they were."""
    shape, record = RECORDS[kind]
    stored = _golden("format1-short")[kind]
    read = shape.read(stored)
    written = len(msgspec.msgpack.decode(stored.split(b":", 3 if kind == "inquiry" else 1)[-1]))
    names = record.__struct_fields__
    assert [getattr(read, name) for name in names[:written]] == [
        getattr(record, name) for name in names[:written]
    ]
    defaults = type(record)(**{name: getattr(record, name) for name in names[:written]})
    assert read == defaults


def test_entries_answers_and_queued_items_of_format_1_are_read() -> None:
    """The log, what commands were answered, and what still waits in a queue at an upgrade."""
    golden = _golden("format1")
    assert codec.entry(golden["entry"]) == kept.ENTRY
    assert codec.answer(golden["answer"]) == kept.ANSWER
    desk, place = DeskId("tanuki"), PlaceId("slack:T01:C01")
    assert codec.read_item(golden["notice"], desk, place) == kept.NOTICE
    assert codec.read_item(golden["card"], desk, place) == kept.CARD


def test_formatted_text_of_format_1_is_read() -> None:
    """The marks of what people wrote, which came after the first release."""
    marks = (
        Mark(0, 3, Style.BOLD),
        Mark(9, 14, Style.LINK),
        Mark(24, 2, Style.LINK, "https://b.test/1"),
        Mark(27, 2, Style.QUOTE),
        Mark(30, 5, Style.PRE, "py"),
    )
    text = Foreign("割れて いました https://a.test 写真\n引用\nx = 1", marks)
    stored = _golden("format1-marks")["entry"]
    assert codec.entry(stored) == msgspec.structs.replace(kept.ENTRY, text=text)


def test_an_older_format_is_upgraded_step_by_step() -> None:
    """Each upgrade leads to the next format, until the record can be read."""

    def second(fields: list[Any]) -> list[Any]:
        return [FORMAT, fields[1], *fields[2:]]

    def first(fields: list[Any]) -> list[Any]:
        return [FORMAT - 1, fields[1], *fields[2].split("/"), ["~", "Acme"]]

    shape = codec.Shape(Seller, parts=1, upgrades={FORMAT - 2: first, FORMAT - 1: second})
    stored = b"3:" + msgspec.msgpack.encode([FORMAT - 2, 3, "acme/tanuki"])
    seller = shape.read(stored)
    assert (seller.format, seller.version, seller.id, seller.desk) == (FORMAT, 3, "acme", "tanuki")
    assert seller.name.raw == "Acme"


def test_a_format_nobody_knows_is_refused() -> None:
    """Records of a newer Henji stop this one, with what to do about it."""
    stored = b"1:" + msgspec.msgpack.encode([FORMAT + 1, 1, "what", "ever"])
    with pytest.raises(Misconfigured, match=f"format {FORMAT + 1}"):
        codec.SELLER.read(stored)


def test_instants_survive_to_the_microsecond() -> None:
    """Scores are doubles, and hold every microsecond of the next two centuries."""
    far = kept.AT.replace(year=2226, microsecond=999_999)
    for at in (kept.AT, far):
        assert codec.instant(float(codec.micros(at))) == at
