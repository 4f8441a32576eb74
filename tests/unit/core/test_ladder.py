"""A policy file becomes a marketplace, or is refused with the file's name, the key and the reason."""

from pathlib import Path

import pytest

import core
from core.errors import Misconfigured
from core.ladder import read_market
from core.policy import Audience, Rung, Step

POLICIES = Path(core.__file__).parent / "policies"
HOUR = 3_600
DAY = 24 * HOUR

SMALL = """
version = 1
window = "2d"
hush = "30m"
order_number = { pattern = '\\d+', example = "7" }

[[ladder]]
after = "24h"
to = "seller"
tell = "reminder"

[[ladder]]
after = "48h"
to = "buyer"
tell = "missed"

[[ladder]]
after = "48h"
to = "staff"
tell = "missed"

[[ladder]]
after = "3d"
to = "staff"
tell = "still_open"
every = "7d"
"""


def refused(content: str | bytes) -> str:
    """What is said about this file."""
    with pytest.raises(Misconfigured) as caught:
        read_market("tried", content if isinstance(content, bytes) else content.encode())
    assert caught.value.setting == "core/policies/tried.toml"
    return caught.value.problem


def changed(old: str, new: str) -> str:
    """The small file with the first of these replaced."""
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_every_policy_shipped_can_be_read() -> None:
    """Whatever stands in core/policies is a marketplace."""
    names = [path.stem for path in POLICIES.glob("*.toml")]
    assert "amazon-jp" in names
    for name in names:
        assert read_market(name, (POLICIES / f"{name}.toml").read_bytes()).policy.id == name


def test_amazon_as_shipped() -> None:
    """Amazon's ladder: reminders, the miss at 48 hours, the lead from 52 hours on, then a line every week."""
    policy = read_market("amazon-jp", (POLICIES / "amazon-jp.toml").read_bytes()).policy
    assert (policy.window, policy.hush) == (48 * HOUR, 12 * HOUR)
    assert policy.ladder == (
        Rung(after=24 * HOUR, to=Audience.SELLER, step=Step.REMINDER),
        Rung(after=42 * HOUR, to=Audience.SELLER, step=Step.LAST_CALL),
        Rung(after=42 * HOUR, to=Audience.STAFF, step=Step.HEADS_UP),
        Rung(after=48 * HOUR, to=Audience.BUYER, step=Step.MISSED),
        Rung(after=48 * HOUR, to=Audience.STAFF, step=Step.MISSED),
        Rung(after=52 * HOUR, to=Audience.LEAD, step=Step.ESCALATION),
        Rung(after=76 * HOUR, to=Audience.LEAD, step=Step.ESCALATION),
        Rung(after=100 * HOUR, to=Audience.LEAD, step=Step.ESCALATION),
        Rung(after=124 * HOUR, to=Audience.LEAD, step=Step.ESCALATION),
        Rung(after=292 * HOUR, to=Audience.STAFF, step=Step.STILL_OPEN, every=7 * DAY),
    )


def test_durations_are_minutes_hours_or_days() -> None:
    """A window may be written in days, a hush in minutes."""
    policy = read_market("tried", SMALL.encode()).policy
    assert (policy.window, policy.hush) == (48 * HOUR, 30 * 60)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version = 1\n", "", "version is missing"),
        ("version = 1", "version = true", "version has to be a whole number"),
        ("version = 1", "version = 0", "version has to be a whole number"),
        ('window = "2d"', 'window = "2 days"', "window has to be a duration"),
        ('window = "2d"', "window = 48", "window has to be a text in quotes"),
        ('hush = "30m"', 'hush = "2d"', "hush has to be shorter than the window"),
        ('hush = "30m"', 'hush = "30m"\nhusch = "1h"', "husch is no key that Henji knows"),
        (r"'\d+'", "'[0-9'", "order_number.pattern is no regular expression"),
        ('example = "7"', 'example = "seven"', "order_number.example does not fit the pattern"),
        ("{ pattern", "3 # { pattern", "order_number has to be a table"),
        ('to = "seller"', 'to = "vendor"', "ladder[1].to is 'vendor' and has to be one of seller, buyer"),
        ('tell = "reminder"', 'tell = "nudge"', "ladder[1].tell is 'nudge' and has to be one of reminder"),
        ('after = "24h"', 'after = "49h"', "ladder[1].after speaks to the seller when the window is closed"),
        ('after = "24h"', 'after = "24h"\nevery = "1h"', "ladder[1].every stands on a rung that is not the"),
        ('after = "48h"', 'after = "47h"', "ladder[2].after has to be the window"),
        ('after = "3d"', 'after = "1d"', "ladder[4].after is earlier than the rung above it"),
        ('every = "7d"\n', "", "ladder[4].every is missing: the last rung has to repeat"),
        ('to = "buyer"', 'to = "staff"', "ladder has to tell the miss to the buyer and to staff"),
        ('tell = "still_open"', 'tell = "still_open"\nwho = "me"', "ladder[4].who is no key"),
        ('after = "3d"\nto = "staff"\ntell = "still_open"', 'after = "2d"\nto = "staff"\ntell = "missed"',
         "ladder[4].every repeats the miss"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused(old: str, new: str, said: str) -> None:
    """Each mistake is said with the key that it stands under."""
    assert refused(changed(old, new)).startswith(said)


def test_a_file_without_rungs_is_refused() -> None:
    """There is always a ladder."""
    head = SMALL.partition("[[ladder]]")[0]
    assert refused(head).startswith("ladder is missing")
    assert refused("ladder = []\n" + head).startswith("ladder has to be one table or more")


def test_a_ladder_has_an_end() -> None:
    """A ladder with more rungs than a record can remember is refused."""
    rung = '[[ladder]]\nafter = "1h"\nto = "seller"\ntell = "reminder"\n'
    head, _, tail = SMALL.partition("[[ladder]]")
    assert refused(head + rung * 60 + "[[ladder]]" + tail).startswith("ladder has more than 60 rungs")


def test_what_is_no_toml_is_refused() -> None:
    """A file that can't be read says where."""
    assert "line 2" in refused("version = 1\nwindow =\n")
    assert refused(b"\xff").startswith("can't be read as TOML")
