"""Downloading a file from a platform's own hosts, a piece at a time.

Used by the chat platforms' couriers, who say which hosts those are. It follows no redirect and unpacks
nothing: a file comes as it is from where it has to be, or not at all. How much of it is read is up to whoever
reads.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

import aiohttp
from yarl import URL

from core.errors import NotCarried, TryAgain
from core.files import Why

PIECE: Final = 64 * 1024
"""Bytes of a piece at most."""

AGAIN: Final = 5.0
"""Seconds after which to try again what the network or the host did not give."""

_PATIENCE: Final = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=20)
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN})
_PLAIN: Final = {"Accept-Encoding": "identity"}


@asynccontextmanager
async def download(
    session: aiohttp.ClientSession, address: str, origins: frozenset[str], headers: Mapping[str, str]
) -> AsyncIterator[AsyncIterator[bytes]]:
    """The bytes at an address of one of these origins (`https://host`). Raises NotCarried or TryAgain."""
    require_origin(address, origins)
    try:
        async with session.get(
            URL(address),
            headers={**headers, **_PLAIN},
            allow_redirects=False,
            auto_decompress=False,
            timeout=_PATIENCE,
        ) as response:
            _require_plain(response)
            yield response.content.iter_chunked(PIECE)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TryAgain(AGAIN) from error


def require_origin(address: str, origins: frozenset[str]) -> None:
    """Refuse an address that is not one of the platform's own; raises NotCarried."""
    try:
        origin = origin_of(address)
    except ValueError as error:
        raise NotCarried(Why.ELSEWHERE) from error
    if origin not in origins:
        raise NotCarried(Why.ELSEWHERE)


def origin_of(address: str) -> str:
    """An address's scheme, host and port, as aiohttp will go there; raises ValueError for none."""
    return str(URL(address).origin())


def _require_plain(response: aiohttp.ClientResponse) -> None:
    status = response.status
    if status == HTTPStatus.OK:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise NotCarried(Why.UNAVAILABLE)  # packed although we asked for it as it is
        return
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise NotCarried(Why.ELSEWHERE)
    if status in _GONE:
        raise NotCarried(Why.GONE)
    raise TryAgain(AGAIN)
