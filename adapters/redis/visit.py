"""The server of a desk that is running already, for those who only want to look.

Called by bots for `henji check` and `henji audit`, which would otherwise find the folder in use. Starts and
ends nothing.
"""

from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from adapters.redis.folder import SOCKET, Folder
from core.errors import Misconfigured


def running_on(path: Path) -> str | None:
    """The address of the server that another desk runs on this folder; None when no desk has it."""
    if not path.is_dir():
        return None
    folder = Folder(path)
    try:
        folder.hold()
    except Misconfigured:
        return _address(folder) if folder.served else None
    folder.release()
    return None


def _address(folder: Folder) -> str | None:
    """Where its socket is: in the folder, or in the directory on record where that path is too long."""
    rooms = [folder.path]
    with suppress(OSError):
        rooms.append(Path((folder.path / "server.address").read_text()))
    found = next((room / SOCKET for room in rooms if (room / SOCKET).is_socket()), None)
    return None if found is None else f"unix://{quote(str(found))}"
