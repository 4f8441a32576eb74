"""Readers on Discord, and what people write to break its markdown.

Used by the tests of what Discord's adapter draws; one of everything that is told is in `tests.unit.drawn`.
"""

from adapters.discord.markdown import PEOPLE
from core.ids import DeskId, Lang, NoticeId, PersonId, PlaceId, WorkspaceId
from core.notices import AnyWhat, Notice
from core.records import Party
from core.wording import Reader
from tests.unit.drawn import HOSTILE as ANYWHERE
from tests.unit.wording.samples import BOOK

GUILD = WorkspaceId("discord:9")
CHANNEL = PlaceId("discord:9:8")
HANAKO, TARO = PersonId("discord:users:7"), PersonId("discord:users:6")
STAFF = PersonId("discord:9:&5")

HOSTILE = (
    *ANYWHERE,
    "@everyone @here <@1> <@!1> <@&1> <#1> </close:1> <id:home>",
    "**b** __u__ ~~s~~ ||spoiler|| `c` ``c`` *i* _i_ ***x***",
    "# head\n## head\n### head\n-# small\n> quote\n>>> quotes\n- list\n* list\n+ list\n1. one\n3. three",
    "  # head\n   - list\n\t> quote",
    "[Amazon](https://evil.example) <https://evil.example> https://evil.example http://a.b/c?d=_e_",
    "discord.gg/evil https://discord.gg/evil",
    "<t:0:F> <a:b:1> :smile: :+1: 12:30:45 a::b",
    "¯\\_(ツ)_/¯ \\*x\\* \\\\ \\",
    "```\nblock\n``` ```py\nx``` ````",
    "\n\n  two\n\nlines  \n\n",
    "*" * 4_000,
    "\\" * 4_000,
    "`" * 4_000,
    "> \n" * 1_333,
    "a_b " * 1_000,
    "-# *_~|`<[:\n" * 330,
)


def reader(lang: Lang = "en", workspace: WorkspaceId = GUILD) -> Reader:
    """Somebody of the guild discord:9."""
    return Reader(book=BOOK, lang=lang, zone="Asia/Tokyo", workspace=workspace)


def direct(lang: Lang = "en") -> Reader:
    """Somebody in their direct messages."""
    return reader(lang, PEOPLE)


def notice(what: AnyWhat, party: Party | None = Party.STAFF, *mentions: PersonId) -> Notice:
    """It, on its way to a channel of discord:9, mentioning these people."""
    return Notice(
        id=NoticeId("tanuki.7.2.0"),
        desk=DeskId("tanuki"),
        place=CHANNEL,
        lang="en",
        what=what,
        number=what.number or None,
        party=party,
        mentions=mentions,
    )
