"""Wording as Discord's markdown: read by the emulator, which knows Discord and nothing of Henji."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord.markdown import escape, fenced, own, pinged, said
from core.ids import PersonId, PlaceId
from core.said import Mention, PlaceName
from core.text import Foreign
from core.wording import plain
from tests.emulators.discord.markdown import Span, read_markdown, visible
from tests.unit.discord.samples import CHANNEL, HANAKO, HOSTILE, STAFF, TARO, direct, reader

ALPHABET = "\\*_~|`<>[]()@#:/-+.!&1a 　あ\n=\"'^{}%"
NOBODY: frozenset[str] = frozenset()


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_shown_and_nothing_else(text: str) -> None:
    """Every character of it can be read, and none of them does anything."""
    assert read_markdown(escape(text)) == [Span(text.strip(), NOBODY)]


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=40))
@example("a:b://c")
@example("_1_2_ ~~~a~~~")
def test_no_text_means_anything(text: str) -> None:
    """Whatever is put together of what Discord interprets is shown as it was written."""
    if text.strip():
        assert read_markdown(escape(text)) == [Span(text.strip(), NOBODY)]


@pytest.mark.parametrize("text", HOSTILE)
def test_as_code_no_text_means_anything(text: str) -> None:
    """Within a code block everything is shown, but for empty lines before and after."""
    [block] = read_markdown(fenced(text))
    assert block.styles == {"code_block"}
    assert block.text.replace("\u200b", "").strip() == text.replace("\u200b", "").strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_stays_a_name(text: str) -> None:
    """In a sentence it is on one line, and does nothing; not even an invitation's bare address."""
    drawn = said(("From ", Foreign(text), ": hello"), reader())
    assert [each.styles for each in read_markdown(drawn)] == [NOBODY]
    assert "discord.gg/" not in drawn
    assert "\n" not in drawn
    assert len(visible(drawn)) < 130


def test_an_instant_is_shown_in_each_readers_own_zone() -> None:
    """As a date and as how long that is; as words where it can't be."""
    at = datetime(2026, 4, 3, 3, tzinfo=UTC)
    assert said(("by ", at), reader()) == "by <t:1775185200:F> (<t:1775185200:R>)"
    assert "12:00" in plain((at,), reader("ja"))


def test_people_and_roles_are_named_as_far_as_discord_knows_them() -> None:
    """People everywhere, roles in their own guild, those of other platforms in words."""
    sentence = (Mention(HANAKO), " ", Mention(STAFF))
    assert said(sentence, reader()) == "<@7> <@&5>"
    assert said(sentence, direct()).startswith("<@7> ")
    assert "5" not in said(sentence, direct())
    assert "Slack" in said((Mention(PersonId("slack:T01:U1")),), reader())


def test_places_are_named_as_far_as_discord_knows_them() -> None:
    """A channel of the guild is linked, a DM named by its person, a place elsewhere by its platform."""
    assert said((PlaceName(CHANNEL),), reader()) == "<#8>"
    assert "<@7>" in said((PlaceName(PlaceId("discord:users:@7")),), reader())
    assert "Discord" in said((PlaceName(CHANNEL),), direct())
    assert "Slack" in said((PlaceName(PlaceId("slack:T01:C1")),), reader())


def test_only_those_who_are_here_can_be_told() -> None:
    """People of Discord and roles of the guild, each once."""
    people = (HANAKO, STAFF, HANAKO, TARO, PersonId("discord:4:&5"), PersonId("slack:T01:U1"))
    assert pinged(people, reader()) == (HANAKO, STAFF, TARO)
    assert pinged(people, direct()) == (HANAKO, TARO)
    assert [own(each) for each in (HANAKO, STAFF, CHANNEL)] == [7, 5, 8]
