"""Randomness: the only place where anything is left to chance.

Handed by bots to what gives names to new desks and sellers. Never guesses whether a name is taken: that is
the store's affair.
"""

import secrets

# Lower case, without what looks alike (0 and o, 1, l and i) and without vowels, so that no word comes of it.
_LETTERS = "bcdfghjkmnpqrstvwxyz23456789"
_LENGTH = 6


def word() -> str:
    """A short random id, of which there are 480 million."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
