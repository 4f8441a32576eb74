"""Where the file room keeps what it keeps: a folder, or any bucket that speaks S3.

Called by bots with what the settings say. One library (obstore) serves both, so there is one way to put, get
and list; its errors become the desk's own here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, ObjectStore, S3Store

from core.errors import Misconfigured, TryAgain

S3: Final = "s3://"
AWAY_FOR: Final = 5.0
"""Seconds after which a room that is away is asked again."""

_RETRIED_FOR: Final = timedelta(seconds=5)  # putting the same bytes under the same name twice does no harm
_SETTING: Final = "HENJI_FILES"
_MEND: Final = "Name a folder that Henji may write to, or s3://bucket with its key, secret and region."


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A folder's path, or `s3://bucket/prefix`; the rest is for buckets.

    Without key and secret the machine's own role is used, as AWS gives it one. `endpoint` is where another
    server than AWS is that speaks S3. `passing` is a folder on whose disk files stand while they pass.
    """

    where: str
    key: str = ""
    secret: str = ""
    endpoint: str = ""
    region: str = ""
    passing: Path | None = None


def open_shelf(shelf: Shelf) -> ObjectStore:
    """The store behind it; a folder is made, for us alone. Raises Misconfigured."""
    with translating():
        return _bucket(shelf) if shelf.where.startswith(S3) else _folder(Path(shelf.where))


def _folder(path: Path) -> ObjectStore:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(path.resolve())


def _bucket(shelf: Shelf) -> ObjectStore:
    bucket, _, prefix = shelf.where.removeprefix(S3).partition("/")
    given = {"access_key_id": shelf.key, "secret_access_key": shelf.secret, "region": shelf.region}
    store: S3Store = S3Store(
        bucket,
        prefix=prefix.strip("/") or None,
        client_options={"allow_http": shelf.endpoint.startswith("http://"), "timeout": "30s"},
        retry_config={"max_retries": 2, "retry_timeout": _RETRIED_FOR},
        virtual_hosted_style_request=False,
        **{name: value for name, value in {**given, "endpoint": shelf.endpoint}.items() if value},  # type: ignore[arg-type]
    )
    return store


@contextmanager
def translating() -> Iterator[None]:
    """Around whatever asks the store: what can be mended is Misconfigured, the rest is for later."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (PermissionDeniedError, UnauthenticatedError, OSError) as error:
        raise misconfigured(str(error).partition("\n")[0].rstrip(".")) from error
    except BaseError as error:
        raise TryAgain(AWAY_FOR) from error


def misconfigured(why: str) -> Misconfigured:
    """What whoever hosts the desk has to mend."""
    return Misconfigured(_SETTING, f"can't be used: {why}.", _MEND)
