"""Randomness: the only place where anything is left to chance.

Handed by bots to what gives names to new desks and sellers, and codes. Never guesses whether a name is taken:
that is the store's affair.
"""

import secrets

from core.linking import CODE_LENGTH

# Lower case, without what looks alike (0 and o, 1, l and i) and without vowels, so that no word comes of it.
_LETTERS = "bcdfghjkmnpqrstvwxyz23456789"
_LENGTH = 6


def word() -> str:
    """A short random id, of which there are 480 million."""
    return _letters(_LENGTH)


def code() -> str:
    """A code that people type, of which there are 378 thousand million."""
    return _letters(CODE_LENGTH)


def _letters(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))
