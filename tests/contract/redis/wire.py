"""A server that speaks just enough of Redis's protocol to answer what no real one answers on demand.

Used where a reply has to be lost, or a state shown that a healthy server never shows.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers import short_socket

Answer = Callable[[list[bytes]], bytes | None]


@asynccontextmanager
async def speaking(answer: Answer, socket: Path | None = None) -> AsyncIterator[str]:
    """Answer each command with the bytes that `answer` gives; None closes the connection without a word."""
    own = None if socket else short_socket()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while command := await _command(reader):
                said = b"+OK\r\n" if command[0] == b"CLIENT" else answer(command)
                if said is None:
                    break
                writer.write(said)
        finally:
            writer.close()

    server = await asyncio.start_unix_server(converse, own or socket)
    try:
        yield f"unix://{own or socket}"
    finally:
        server.close()
        if own:
            own.unlink(missing_ok=True)
            own.parent.rmdir()


def bulk(text: str) -> bytes:
    """A reply of one string."""
    data = text.encode()
    return b"$%d\r\n%b\r\n" % (len(data), data)


def array(*texts: str) -> bytes:
    """A reply of several strings."""
    return b"*%d\r\n" % len(texts) + b"".join(bulk(text) for text in texts)


async def _command(reader: asyncio.StreamReader) -> list[bytes]:
    head = await reader.readline()
    words = []
    for _ in range(int(head[1:] or 0)):
        length = int((await reader.readline())[1:])
        words.append((await reader.readexactly(length + 2))[:-2])
    return words
