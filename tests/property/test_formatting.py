"""What people format reads alike on both platforms, and what they do not format does nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import formatted as discord
from adapters.discord.tokens import Names
from adapters.discord.written import written as read_on_discord
from adapters.slack import formatted as slack
from adapters.slack.written import written as read_on_slack
from core.marks import tidy
from core.markup import blocks, cut, excerpt, joined, part, runs, signed, unmarked, written
from core.text import Foreign, Style
from tests.emulators.slack.blocks import check_blocks
from tests.emulators.slack.rendering import mention_texts
from tests.property.formatted_texts import (
    INTERPRETED,
    anything,
    by_words,
    letters,
    meant,
    on_discord,
    on_slack,
)

OFTEN = settings(max_examples=150, deadline=None)


def from_slack(text: Foreign) -> Foreign:
    """A text as it is read from what Slack's client would have sent of it."""
    return read_on_slack("", lambda _: None, [{"type": "rich_text", "elements": slack.as_written(text)}])


def from_discord(text: Foreign) -> Foreign:
    """A text as it is read from what could have been typed for it on Discord."""
    return read_on_discord(discord.as_written(text), Names())


@OFTEN
@given(anything())
def test_marks_have_one_form(text: Foreign) -> None:
    """Whatever was marked, marking it again or taking it apart and together changes nothing."""
    assert tidy(text.raw, text.marks) == text
    assert written(runs(text)) == text
    assert "\n".join(each.text.raw for each in blocks(text)) == text.raw
    assert part(text, 0, len(text.raw)) == text


@OFTEN
@given(anything(), st.integers(1, 30))
def test_cutting_and_joining_lose_no_letter(text: Foreign, at: int) -> None:
    """Parts put together again are the text, an excerpt is its beginning, and formatting never adds any."""
    halves = joined((part(text, 0, at), part(text, at, len(text.raw))), "")
    assert halves.raw == text.raw
    assert letters(meant(halves)) == letters(meant(text))
    assert excerpt(text, at).raw == excerpt(Foreign(text.raw), at).raw
    assert len(cut(text, at).raw) <= at
    assert signed(text).raw.replace("> ", "") == text.raw.replace("> ", "")
    left = iter(unmarked(text))
    assert all(letter in left for letter in letters(meant(text)))


@OFTEN
@given(anything())
def test_slack_shows_what_was_meant(text: Foreign) -> None:
    """On Slack every mark is seen where it is, and read back it is the same text."""
    if text:
        elements = slack.as_written(text)
        check_blocks([{"type": "rich_text", "elements": elements}])
        assert on_slack(elements) == meant(text)
        assert from_slack(text) == text


@OFTEN
@given(anything())
def test_a_relayed_message_is_whole_on_slack(text: Foreign) -> None:
    """With a bar at its side it loses no letter, and every part of it has the bar."""
    if text:
        elements = slack.in_bar(text)
        check_blocks([{"type": "rich_text", "elements": elements}])
        assert letters(on_slack(elements)) == "".join(signed(text).raw.split())
        assert all(each["type"] == "rich_text_quote" or each.get("border") for each in elements)


@OFTEN
@given(by_words(languages=("", "py", "c++")))
def test_discord_shows_what_was_meant(text: Foreign) -> None:
    """On Discord whole words that are formatted are seen so, and read back it is the same text."""
    assert on_discord(discord.as_written(text)) == meant(text)
    assert from_discord(text) == text


@OFTEN
@given(anything())
def test_discord_shows_nothing_that_was_not_meant(text: Foreign) -> None:
    """Wherever marks stand, every letter is shown, and in no style or link that it did not have."""
    seen = on_discord(discord.as_written(text))
    if not any(each.detail for each in text.marks):  # an address may have to stand beside its words
        assert letters(seen) == letters(meant(text))
        assert all(here[1] <= there[1] for here, there in zip(seen, meant(text), strict=True))
        assert letters(meant(from_discord(text))) == letters(meant(text))
    assert {style for _, styles in seen for style in styles} <= {
        *Style,
        *(each.detail for each in text.marks),
        *(run.detail for run in runs(text)),
    }


@OFTEN
@given(by_words())
def test_there_and_back_again(text: Foreign) -> None:
    """From Slack to Discord to Slack, and the other way, a text stays what it was."""
    assert from_slack(from_discord(from_slack(text))) == text
    assert from_discord(from_slack(from_discord(text))) == text


@OFTEN
@given(st.text(st.sampled_from(INTERPRETED), max_size=60))
def test_what_is_not_formatted_means_nothing(raw: str) -> None:
    """Whatever somebody wrote plainly is shown to the letter on both platforms: no style, link or mention."""
    text = Foreign(raw.strip())
    if text:
        assert on_discord(discord.in_bar(text)) == meant(text)
        assert {styles for _, styles in on_slack(slack.in_bar(text))} == {frozenset({Style.QUOTE})}
        assert letters(on_slack(slack.in_bar(text))) == letters(meant(text))
        assert not list(mention_texts(slack.in_bar(text)))


@OFTEN
@given(by_words(), st.integers(40, 200))
def test_a_long_text_is_parted_between_what_is_formatted(text: Foreign, limit: int) -> None:
    """Pieces of a text keep to the limit, lose no letter, and show nothing else."""
    pieces = discord.pieces(text, limit)
    assert all(len(each) <= limit for each in pieces)
    shown = "".join(letters(on_discord(each)) for each in pieces)
    assert shown.replace(">", "") == letters(meant(text)).replace(">", "")


@OFTEN
@given(st.text(st.sampled_from(INTERPRETED), max_size=80))
def test_what_is_read_on_discord_is_what_its_client_shows(typed: str) -> None:
    """However signs are put together, the letters read are those a person sees, and the bars of a spoiler."""
    text = read_on_discord(typed.strip(), Names())
    assert letters(meant(text)).replace("|", "") == letters(on_discord(typed)).replace("|", "")


@pytest.mark.parametrize("limit", [1, 2])
def test_nothing_is_parted_for_ever(limit: int) -> None:
    """A letter that is longer than the limit is a piece by itself."""
    assert discord.pieces(Foreign("**"), limit) == ["\\*", "\\*"]
