"""Order numbers as people type them: full-width digits, long dashes and spaces around are theirs to use.

Called by the rules for an opening and by the dialogue. The shape belongs to the marketplace
(`Marketplace.order_number`).
"""

import re
import unicodedata

from core.policy import Marketplace
from core.text import Foreign

_DASHES = re.compile(r"(?<=[0-9])\s*[‐-―−ー-]\s*(?=[0-9])")
_NONE = frozenset({"", "-", "none", "no", "なし", "無し", "ない"})


def normal(typed: str) -> str:
    """Width folded, and any dash between digits a plain one; a long vowel mark elsewhere is left alone."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", typed)).strip()


def order_number(market: Marketplace, typed: Foreign | str) -> str | None:
    """The order number someone typed, empty where they say that there is none, None where it isn't one."""
    plain = normal(typed if isinstance(typed, str) else typed.raw)
    if plain.casefold() in _NONE:
        return ""
    return plain if re.fullmatch(market.order_number, plain) else None
