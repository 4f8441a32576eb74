"""Which servers Henji runs on: Redis 7.0 and newer, Valkey 8.0 and newer.

Read by `binary` (what a server's binary says of itself) and by `health` (what a running server says).
Never decides what to do about one that is too old.
"""

import re
from typing import Final, Literal, NamedTuple

Product = Literal["Redis", "Valkey"]

OLDEST: Final[dict[Product, tuple[int, int]]] = {"Redis": (7, 0), "Valkey": (8, 0)}
SERVED: Final = " or ".join(
    f"{product} {major}.{minor} or newer" for product, (major, minor) in OLDEST.items()
)


class Version(NamedTuple):
    """A server's product and release; `text` is the release as it was given."""

    product: Product
    text: str

    @property
    def served(self) -> bool:
        """Whether Henji runs on it."""
        numbers = re.match(r"(\d+)\.(\d+)", self.text)
        return numbers is not None and (int(numbers[1]), int(numbers[2])) >= OLDEST[self.product]

    def __str__(self) -> str:
        return f"{self.product} {self.text}"


def announced(line: str) -> Version | None:
    """What a binary answered to `--version`; None where that isn't Redis or Valkey."""
    found = re.match(r"(Redis|Valkey) server v=(\S+)", line)
    if found is None:
        return None
    return Version("Valkey" if found[1] == "Valkey" else "Redis", found[2])
