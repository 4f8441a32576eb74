"""The room the contract is held in: one on a folder, one in a bucket."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.files.room import StoredFiles, room_on
from adapters.files.shelf import Shelf
from tests.emulators.s3 import BUCKET, KEY, REGION, SECRET, Bucket


@dataclass
class Kept:
    """A room, and how to look at what it keeps."""

    shelf: Shelf
    bucket: Bucket | None

    def room(self) -> StoredFiles:
        """The room, as a process that has just started has it."""
        return room_on(self.shelf)

    def names(self) -> list[str]:
        """All that is kept, by name."""
        if self.bucket is not None:
            return sorted(self.bucket.objects)
        root = Path(self.shelf.where)
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())

    def halve(self, name: str) -> None:
        """Only the first half of something is there."""
        if self.bucket is not None:
            self.bucket.objects[f"desk/{name}"] = b"half"
        else:
            Path(self.shelf.where, name).write_bytes(b"half")

    def lose(self, name: str) -> None:
        """Something is there no more."""
        if self.bucket is not None:
            del self.bucket.objects[f"desk/{name}"]
        else:
            Path(self.shelf.where, name).unlink()


@pytest.fixture
async def bucket() -> AsyncIterator[Bucket]:
    """A bucket on loopback."""
    async with Bucket() as made:
        yield made


@pytest.fixture(params=["folder", "bucket"])
async def kept(request: pytest.FixtureRequest, bucket: Bucket, tmp_path: Path) -> Kept:
    """A room's shelf, of either kind."""
    if request.param == "folder":
        return Kept(Shelf(where=str(tmp_path / "files")), None)
    return Kept(in_bucket(bucket), bucket)


def in_bucket(bucket: Bucket, secret: str = SECRET) -> Shelf:
    """A shelf in the bucket, below a prefix."""
    return Shelf(where=f"s3://{BUCKET}/desk", key=KEY, secret=secret, endpoint=bucket.endpoint, region=REGION)
