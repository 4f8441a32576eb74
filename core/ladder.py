"""Reads a marketplace's rules from what stands in core/policies: the window, the ladder, the order number.

Called by bots with the file's content, once at the start. A file that would leave a running clock without
an alarm, or the miss untold, is refused with its name, the key and the reason. Opens no file itself.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from core.errors import Misconfigured
from core.policy import Audience, Marketplace, Policy, Rung, Step

_UNITS = {"m": 60, "h": 3_600, "d": 86_400}
_MOST_RUNGS = 60  # a bit of Inquiry.done each


def read_market(name: str, content: bytes) -> Marketplace:
    """The marketplace that a policy file describes; `name` is the file's, without `.toml`.

    Raises Misconfigured.
    """
    file = f"core/policies/{name}.toml"
    try:
        values = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Misconfigured(file, f"can't be read as TOML: {error}.", "Mend that line.") from error
    table = _Table(file, "", values)
    order = table.table("order_number")
    policy = Policy(
        id=name,
        version=table.whole("version"),
        window=table.seconds("window"),
        hush=table.seconds("hush"),
        ladder=tuple(_rung(each) for each in table.tables("ladder")),
    )
    market = Marketplace(
        policy=policy, order_number=order.text("pattern"), order_example=order.text("example")
    )
    order.end()
    table.end()
    _hold_order_number(order, market)
    _hold_window(table, policy)
    _hold_ladder(table, policy)
    return market


class _Table:
    """A table of the file: takes its keys one by one, and in the end refuses those that nobody asked for."""

    def __init__(self, file: str, path: str, values: Mapping[str, Any]) -> None:
        self._file = file
        self._path = path
        self._values = dict(values)

    def wrong(self, key: str, reason: str) -> NoReturn:
        """Refuse the file."""
        raise Misconfigured(self._file, f"{self._path}{key} {reason}.", "Change it there, and start again.")

    def text(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value:
            self.wrong(key, "has to be a text in quotes")
        return value

    def whole(self, key: str) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.wrong(key, "has to be a whole number from 1 on")
        return value

    def seconds(self, key: str) -> int:
        found = re.fullmatch(r"([1-9][0-9]*)([mhd])", self.text(key))
        if found is None:
            self.wrong(key, 'has to be a duration like "30m", "48h" or "7d"')
        return int(found[1]) * _UNITS[found[2]]

    def seconds_or_none(self, key: str) -> int | None:
        return self.seconds(key) if key in self._values else None

    def one_of(self, key: str, names: Sequence[str]) -> str:
        value = self.text(key)
        if value not in names:
            self.wrong(key, f"is {value!r} and has to be one of {', '.join(names)}")
        return value

    def table(self, key: str) -> "_Table":
        value = self._take(key)
        if not isinstance(value, dict):
            self.wrong(key, f"has to be a table, headed [{key}]")
        return _Table(self._file, f"{self._path}{key}.", value)

    def tables(self, key: str) -> list["_Table"]:
        value = self._take(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            self.wrong(key, f"has to be one table or more, each headed [[{key}]]")
        return [
            _Table(self._file, f"{self._path}{key}[{place}].", each) for place, each in enumerate(value, 1)
        ]

    def end(self) -> None:
        """Refuse what is left over: most likely a key that was meant otherwise."""
        for key in self._values:
            self.wrong(key, "is no key that Henji knows")

    def _take(self, key: str) -> object:
        if key not in self._values:
            self.wrong(key, "is missing")
        value: object = self._values.pop(key)
        return value


def _rung(table: _Table) -> Rung:
    rung = Rung(
        after=table.seconds("after"),
        to=Audience[table.one_of("to", [each.name.lower() for each in Audience]).upper()],
        step=Step(table.one_of("tell", [each.value for each in Step])),
        every=table.seconds_or_none("every"),
    )
    table.end()
    return rung


def _hold_order_number(table: _Table, market: Marketplace) -> None:
    try:
        fits = re.fullmatch(market.order_number, market.order_example)
    except re.error as error:
        table.wrong("pattern", f"is no regular expression: {error}")
    if fits is None:
        table.wrong("example", "does not fit the pattern")


def _hold_window(table: _Table, policy: Policy) -> None:
    if policy.hush >= policy.window:
        table.wrong("hush", "has to be shorter than the window")


def _hold_ladder(table: _Table, policy: Policy) -> None:
    """What must hold of a ladder, so that no running clock is left without an alarm and no miss untold."""
    if len(policy.ladder) > _MOST_RUNGS:
        table.wrong("ladder", f"has more than {_MOST_RUNGS} rungs")
    before = 0
    for place, rung in enumerate(policy.ladder, 1):
        key = f"ladder[{place}]"
        if rung.after < before:
            table.wrong(f"{key}.after", "is earlier than the rung above it")
        before = rung.after
        if place < len(policy.ladder) and rung.every is not None:
            table.wrong(f"{key}.every", "stands on a rung that is not the last; only the last one repeats")
        _hold_rung(table, key, rung, policy.window)
    if policy.ladder[-1].every is None:
        table.wrong(f"ladder[{len(policy.ladder)}].every", "is missing: the last rung has to repeat")
    told = {rung.to for rung in policy.ladder if rung.step is Step.MISSED}
    if told != {Audience.BUYER, Audience.STAFF}:
        table.wrong("ladder", "has to tell the miss to the buyer and to staff, and to nobody else")


def _hold_rung(table: _Table, key: str, rung: Rung, window: int) -> None:
    if rung.step is Step.MISSED:
        if rung.after != window:
            table.wrong(f"{key}.after", "has to be the window, since it tells that the window was missed")
        if rung.every is not None:
            table.wrong(f"{key}.every", "repeats the miss, which is told once")
    if rung.to is Audience.SELLER and rung.after >= window:
        table.wrong(f"{key}.after", "speaks to the seller when the window is closed already")
