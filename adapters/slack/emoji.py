"""Slack's short names of emoji as the characters they stand for. The home of the emoji library.

Called by what reads messages and forms. Slack names nearly all as the library does; flags, skin tones and
people have forms of their own. A name that is no emoji of Unicode's is a workspace's own. Pure.
"""

import re
from functools import lru_cache

import emoji

# Not within words and numbers: 1:100:2 is a ratio.
_NAMED = re.compile(r"(?<![0-9A-Za-z]):([a-z0-9_+'-]{1,100})(?:::skin-tone-([2-6]))?:(?![0-9A-Za-z])")
_FLAG = re.compile(r"flag-([a-z]{2})")
_FIRST_LETTER = ord("a")
_FIRST_REGIONAL = 0x1F1E6
_FIRST_TONE = 0x1F3FB - 2
_VARIATION = "\ufe0f"


def spelled_out(text: str) -> str:
    """A text with the names of emoji as their characters; other words between colons stay."""
    return _NAMED.sub(lambda match: character(match[1], int(match[2] or 0)) or match[0], text)


@lru_cache(maxsize=4_096)
def character(name: str, tone: int = 0) -> str:
    """The emoji of a short name, in skin tone 2 to 6 where there is one; empty where Unicode has none."""
    flag = _FLAG.fullmatch(name)
    if flag is not None:
        return "".join(chr(ord(letter) - _FIRST_LETTER + _FIRST_REGIONAL) for letter in flag[1])
    plain = next(filter(None, map(_known, (name, name.replace("-", "_")))), "")
    if not plain or not tone:
        return plain
    return plain[0] + chr(_FIRST_TONE + tone) + plain[1:].removeprefix(_VARIATION)


def of_code_points(written: str) -> str:
    """The emoji that Slack writes as code points (`1f44b-1f3fb`); empty where it is none."""
    try:
        return "".join(chr(int(point, 16)) for point in written.split("-")) if written else ""
    except (ValueError, OverflowError):
        return ""


def _known(name: str) -> str:
    found = emoji.emojize(f":{name}:", language="alias")
    return "" if found == f":{name}:" else found
