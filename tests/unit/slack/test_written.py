"""Slack's text as what somebody wrote: the table of what comes in and what is read."""

import pytest

from adapters.slack.written import mentioned, written
from core.text import Foreign

NAMES = {"U1": "花子", "W2": "Ada <b>"}


@pytest.mark.parametrize(
    ("slack", "read"),
    [
        ("", ""),
        ("届きません", "届きません"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&amp;amp;lt;!here&amp;gt;", "&amp;lt;!here&gt;"),
        ("<@U1> さん", "@花子 さん"),
        ("<@W2>", "@Ada <b>"),
        ("<@U9>", "@U9"),
        ("<@U9|taro>", "@taro"),
        ("<#C1|general>", "#general"),
        ("<#C1>", "#C1"),
        ("<#C1|>", "#C1"),
        ("<!here>", "@here"),
        ("<!here|here>", "@here"),
        ("<!channel> <!everyone>", "@channel @everyone"),
        ("<!subteam^S1|@support>", "@support"),
        ("<!subteam^S1>", "@S1"),
        ("<!date^1700000000^{date}|Nov 14, 2023>", "Nov 14, 2023"),
        ("<!date^1700000000^{date}^https://x.test|Nov &lt;14&gt;>", "Nov <14>"),
        ("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"),
        ("<https://example.com|the shop>", "the shop (https://example.com)"),
        ("<http://example.com|example.com>", "example.com"),
        ("<https://example.com/|example.com>", "example.com"),
        ("<https://example.com|https://example.com>", "https://example.com"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("<tel:+8131234|+8131234>", "+8131234"),
        ("<https://evil.test|https://bank.test>", "https://bank.test (https://evil.test)"),
        ("see <https://a.test|A> and <@U1>\n&gt; quoted", "see A (https://a.test) and @花子\n> quoted"),
        ("<", "<"),
        ("<|x>", "x ()"),
        ("< >", " "),
        (":smile: *b* `c`", ":smile: *b* `c`"),
    ],
)
def test_slack_text_is_read_as_it_was_written(slack: str, read: str) -> None:
    """Mentions, links, dates and entities come out as the words their writer saw."""
    assert written(slack, NAMES.get) == Foreign(read)


def test_the_people_a_text_mentions_are_known_before_it_is_read() -> None:
    """Only real mentions count, each once, however they are labelled."""
    assert mentioned("<@U1> <@U1|x> <@W2> @U3 &lt;@U4&gt; <#C1>") == {"U1", "W2"}
