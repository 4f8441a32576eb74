"""What goes wrong between Henji and Redis, in the desk's own words.

`translating()` stands around every call to Redis in this package. The only place that knows redis-py's
exceptions by name. An error that is in no table is a fault of ours and passes through unchanged.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from redis import exceptions

from core.errors import DeskError, Misconfigured, Unavailable

# Who we are, or what we may do, is not as the server wants it: no repetition helps.
REFUSED: Final = (
    exceptions.AuthenticationError,
    exceptions.AuthenticationWrongNumberOfArgsError,
    exceptions.AuthorizationError,
    exceptions.NoPermissionError,
)
# Away, failing over, loading or full: whoever called may come back.
AWAY: Final = (
    exceptions.ConnectionError,
    exceptions.TimeoutError,
    exceptions.ReadOnlyError,
    exceptions.ClusterDownError,
    exceptions.TryAgainError,
    exceptions.AskError,  # and MovedError: the slot is on its way
    exceptions.OutOfMemoryError,
)
# The same, where redis-py has no class for the code that the server answers with.
AWAY_CODES: Final = ("BUSY ", "MISCONF ", "NOREPLICAS ", "UNBLOCKED ")


@contextmanager
def translating() -> Iterator[None]:
    """Around a call to Redis: raises Unavailable or Misconfigured in place of redis-py's exceptions."""
    try:
        yield
    except exceptions.RedisError as error:
        ours = translate(error)
        if ours is None:
            raise
        raise ours from error


def translate(error: exceptions.RedisError) -> DeskError | None:
    """Our word for one of redis-py's exceptions; None where it is a fault of ours."""
    # What the server answers to a greeting, redis-py wraps as a lost connection.
    answer = error.__cause__ if isinstance(error.__cause__, exceptions.RedisError) else error
    # Those refused come first: they too are counted among the lost connections.
    if isinstance(answer, REFUSED):
        return Misconfigured(
            "REDIS_URL",
            f"the server turned Henji away ({error}).",
            "Put the user and the password into the address (redis://user:password@host:6379), and let that "
            "user run all commands on all keys and channels: ACL SETUSER <user> on ><password> ~* &* +@all",
        )
    if isinstance(error, AWAY) or str(error).startswith(AWAY_CODES):
        return Unavailable(f"Redis: {error}")
    return None
