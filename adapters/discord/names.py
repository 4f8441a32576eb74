"""What somebody on Discord is called: the first of their names in which there is something to see.

Used by `parse` and `people`. Pure.
"""

import unicodedata

import discord

from core.text import Foreign


def called(user: discord.User | discord.Member) -> Foreign:
    """Somebody's name where they are: in a guild the one they have there."""
    nick = user.nick if isinstance(user, discord.Member) else None
    return name_of(nick, user.global_name, user.name)


def name_of(*names: str | None) -> Foreign:
    """The first of somebody's names in which there is something to see; the last one always has."""
    return Foreign(next((name for name in names if name and any(map(_visible, name))), names[-1] or "?"))


def _visible(character: str) -> bool:
    """Letters, numbers, signs and pictures; not spaces, marks and what only fills a place."""
    return (
        unicodedata.category(character)[0] not in "ZCM" and character not in "\u115f\u1160\u2800\u3164\uffa0"
    )
