"""A marketplace's rules as data: the window, the ladder, the limits.

Read from core/policies by bots, chosen by a desk, and frozen into each inquiry when it opens, so that a new
version of a policy never moves a running deadline. Holds values only; core/clock.py does the arithmetic.
"""

import enum

import msgspec


class Audience(enum.StrEnum):
    """Whom a rung speaks to."""

    SELLER = "s"
    BUYER = "b"
    STAFF = "t"
    LEAD = "l"


class Step(enum.StrEnum):
    """What a rung tells them. The value is part of a phrase's id."""

    REMINDER = "reminder"
    LAST_CALL = "last_call"
    HEADS_UP = "heads_up"
    MISSED = "missed"
    ESCALATION = "escalation"
    STILL_OPEN = "still_open"


class Rung(msgspec.Struct, frozen=True, array_like=True):
    """At `after` seconds from the anchor, tell `to` this; `every` repeats it, in seconds."""

    after: int
    to: Audience
    step: Step
    every: int | None = None


class Quiet(msgspec.Struct, frozen=True, array_like=True):
    """Hours in which nobody is pinged: minutes of the day in a time zone, `start` may lie after `end`."""

    start: int
    end: int
    zone: str


class Policy(msgspec.Struct, frozen=True, array_like=True):
    """One version of a marketplace's rules, as frozen into an inquiry.

    `window` and `hush` are seconds: how long the seller has, and how long a holding reply silences their
    reminders. The ladder's last rung repeats, so that a running clock is never without an alarm (checked by
    `core.ladder`).
    """

    id: str
    version: int
    window: int
    hush: int
    ladder: tuple[Rung, ...]
    quiet: Quiet | None = None


class Limits(msgspec.Struct, frozen=True, array_like=True):
    """What one person may do: open inquiries at a time, messages a minute, files a message, bytes a file.

    As shipped, what both platforms take from anybody: ten files in a message, 10 MiB each
    (https://docs.discord.com/developers/reference#uploading-files).
    """

    open_inquiries: int = 20
    messages_a_minute: int = 20
    files: int = 10
    file_size: int = 10 * 1024 * 1024


class Marketplace(msgspec.Struct, frozen=True):
    """A policy as shipped, with what only its intake needs.

    The order number's shape (a regular expression).
    """

    policy: Policy
    order_number: str
    order_example: str
