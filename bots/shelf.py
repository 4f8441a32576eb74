"""What stands on the shelf: the catalogues and policies that core's rules come in, read from beside them.

Used by `compose`. Core opens no file; it is handed what is in them.
"""

from functools import cache
from pathlib import Path

import core
from core.ids import LANGUAGES
from core.ladder import read_market
from core.phrasebook import Phrasebook
from core.policy import Marketplace

_CORE = Path(core.__file__).parent


@cache
def phrasebook() -> Phrasebook:
    """All wording, in every language."""
    return Phrasebook({lang: (_CORE / "locale" / f"{lang}.po").read_bytes() for lang in LANGUAGES})


def markets() -> dict[str, Marketplace]:
    """The marketplaces by name. Raises Misconfigured for a policy file that can't be used."""
    files = sorted((_CORE / "policies").glob("*.toml"))
    return {file.stem: read_market(file.stem, file.read_bytes()) for file in files}
