"""Readers on Slack, and notices on their way there.

Used by the tests of what Slack's adapter draws.
"""

from core.ids import DeskId, Lang, NoticeId, PersonId, PlaceId, WorkspaceId
from core.notices import AnyWhat, Notice
from core.records import Party
from core.wording import Reader
from tests.unit.wording.samples import BOOK

WORKSPACE = WorkspaceId("slack:T01")
CHANNEL = PlaceId("slack:T01:C01")


def reader(lang: Lang = "en") -> Reader:
    """Somebody of the workspace slack:T01."""
    return Reader(book=BOOK, lang=lang, zone="Asia/Tokyo", workspace=WORKSPACE)


def notice(what: AnyWhat, party: Party | None = Party.STAFF, *mentions: str) -> Notice:
    """It, on its way to a channel of slack:T01, mentioning these people."""
    return Notice(
        id=NoticeId("tanuki.7.2.0"),
        desk=DeskId("tanuki"),
        place=CHANNEL,
        lang="en",
        what=what,
        number=what.number or None,
        party=party,
        mentions=tuple(PersonId(each) for each in mentions),
    )
