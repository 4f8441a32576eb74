"""The least that storing could cost: the same commands again, as plain pipelines of a plain client.

The peer of the sweep. The commands are read from the server's append-only file, where they stand as they
were carried out, byte for byte; the scripts' own cost is not among them, nor any reading. What a commit
writes for a hundred inquiries in one command is taken apart again, since a plain client sends each by itself.
"""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import hiredis

from bots.clock import monotonic

A_PIPELINE: Final = 100
"""Inquiries written with one pipeline."""

_CHUNK: Final = 1 << 20
_NOT_WRITES: Final = {b"SELECT", b"MULTI", b"EXEC"}

_APART: Final = {
    (b"MSET", b"inquiry"): 0,
    (b"ZREM", b"ringing"): 1,
    (b"ZADD", b"alarms"): 1,
    (b"RPUSH", b"queue"): 1,
}
"""What a commit gathers, by command and kind of key, and how many arguments stand before what it gathers."""

_PAIRS: Final = {b"MSET", b"ZADD"}


class Pipeline(NamedTuple):
    """Commands as they go over the wire, and how many replies there will be."""

    sent: bytes
    replies: int


def recorded(file: Path) -> list[Pipeline]:
    """What was written, a pipeline for every hundred inquiries."""
    pipelines: list[Pipeline] = []
    commands: list[bytes] = []
    inquiries = 0
    for command in (each for gathered in _commands(file) for each in _apart(gathered)):
        commands.append(hiredis.pack_command(tuple(command)))  # type: ignore[arg-type]  # its stub allows one
        inquiries += command[0] == b"SET" and b":inquiry:" in command[1]
        if inquiries == A_PIPELINE:
            pipelines.append(Pipeline(b"".join(commands), len(commands)))
            commands, inquiries = [], 0
    if commands:
        pipelines.append(Pipeline(b"".join(commands), len(commands)))
    return pipelines


async def replayed(socket: Path, pipelines: Sequence[Pipeline]) -> float:
    """Send them one after another; how many seconds that took."""
    reader, writer = await asyncio.open_unix_connection(str(socket))
    replies = hiredis.Reader()
    begun = monotonic()
    for pipeline in pipelines:
        writer.write(pipeline.sent)
        waiting = pipeline.replies
        while waiting:
            replies.feed(await reader.read(1 << 16))
            while (reply := replies.gets()) is not False:
                if isinstance(reply, Exception):
                    raise reply
                waiting -= 1
    took = monotonic() - begun
    writer.close()
    await writer.wait_closed()
    return took


def _apart(command: list[bytes]) -> Iterator[list[bytes]]:
    """A command for each of the things that one command writes."""
    name, key = command[0].upper(), command[1]
    before = _APART.get((name, key.split(b":")[1] if b":" in key else b""))
    if before is None:
        yield command
        return
    head, each = [b"SET" if name == b"MSET" else name, *command[1 : 1 + before]], 1 + (name in _PAIRS)
    for at in range(1 + before, len(command), each):
        yield [*head, *command[at : at + each]]


def _commands(file: Path) -> Iterator[list[bytes]]:
    parser = hiredis.Reader()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            while (command := parser.gets()) is not False:
                if command[0].upper() not in _NOT_WRITES:
                    yield command
