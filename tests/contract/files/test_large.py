"""A large file takes no more memory than a piece of it: proven in a process of its own, by its peak."""

import asyncio
import sys
from pathlib import Path

from adapters.files.shelf import Shelf
from tests.contract.files.conftest import in_bucket
from tests.emulators.s3 import Bucket

MOST = 64
"""Megabytes: two parts of an upload, what is read ahead, and the library's threads; the file has 100."""


async def growth(shelf: Shelf) -> int:
    """By how many megabytes a process grew that brought a file of 100 and read it out again."""
    settings = (shelf.where, shelf.key, shelf.secret, shelf.endpoint, shelf.region)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.contract.files.large", *settings, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return int(out)


async def test_a_folder_is_written_a_piece_at_a_time(tmp_path: Path) -> None:
    """Into a folder and out of it, a large file is never in memory whole."""
    assert await growth(Shelf(where=str(tmp_path / "files"))) < MOST


async def test_a_bucket_is_written_a_part_at_a_time(bucket: Bucket) -> None:
    """Into a bucket and out of it, a large file is never in memory whole."""
    assert await growth(in_bucket(bucket)) < MOST
    assert bucket.parts > 10
