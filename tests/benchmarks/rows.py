"""What a benchmark found, as a row: the figure, the peer's beside it, and whether the target is met.

Made by the benchmarks, shown as a table and written as JSON by `__main__`. Every figure is the median of
several runs.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Final, Literal, NamedTuple

import msgspec
from rich.table import Table

RUNS: Final = 3
"""How often everything is measured at least."""

Say = Callable[[str], None]
"""Tells whoever waits what is being done."""


class Target(NamedTuple):
    """What a row's value, or its ratio to the peer's, has to be."""

    of: Literal["value", "ratio"]
    has_to_be: Literal["under", "at least", "exactly"]
    bound: float

    def met_by(self, value: float, ratio: float | None) -> bool:
        """Whether it is."""
        found = value if self.of == "value" else ratio
        if found is None:
            return False
        match self.has_to_be:
            case "under":
                return found < self.bound
            case "at least":
                return found >= self.bound
            case "exactly":
                return found == self.bound

    def said(self, unit: str) -> str:
        """The target in words."""
        signs = {"under": "<", "at least": ">=", "exactly": "="}
        measure = f" {unit}" if self.of == "value" else " x the peer"
        return f"{signs[self.has_to_be]} {self.bound:g}{measure}"


class Peer(NamedTuple):
    """Whom a figure stands beside, and theirs."""

    name: str
    values: Sequence[float]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One figure, as it is written to `.bench/latest.json`."""

    name: str
    value: float
    unit: str
    peer: str | None
    peer_value: float | None
    ratio: float | None
    target: str
    met: bool


def row(name: str, values: Sequence[float], unit: str, target: Target, peer: Peer | None = None) -> Row:
    """The row of what several runs measured."""
    value = median(values)
    beside = None if peer is None else median(peer.values)
    ratio = value / beside if beside else None
    return Row(
        name=name,
        value=_rounded(value),
        unit=unit,
        peer=None if peer is None else peer.name,
        peer_value=None if beside is None else _rounded(beside),
        ratio=None if ratio is None else _rounded(ratio),
        target=target.said(unit),
        met=target.met_by(value, ratio),
    )


def table(rows: Sequence[Row]) -> Table:
    """All rows, to be printed."""
    shown = Table(title=f"Henji's figures on this machine, each the median of {RUNS} runs or more")
    for heading in ("figure", "peer"):
        shown.add_column(heading, overflow="fold")
    for heading in ("value", "peer's", "ratio", "target"):
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("met", justify="center")
    for each in rows:
        shown.add_row(
            each.name,
            each.peer or "",
            f"{each.value:,g} {each.unit}",
            "" if each.peer_value is None else f"{each.peer_value:,g} {each.unit}",
            "" if each.ratio is None else f"{each.ratio:.2f}",
            each.target,
            "yes" if each.met else "NO",
        )
    return shown


def write(rows: Sequence[Row], path: Path) -> None:
    """Keep them for whoever compares."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(rows)) + b"\n")


def _rounded(value: float) -> float:
    """Three figures, or whole numbers: more would only look exact."""
    return float(f"{value:.3g}") if abs(value) < 1_000 else float(round(value))
