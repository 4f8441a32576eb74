"""Files of Slack's messages, as they are declared there.

Used by `parse`; `files` fetches them when their turn comes. A file is known by its workspace and id: its
address asks for a token and is read anew each time. Pure.
https://docs.slack.dev/reference/objects/file-object
"""

from collections.abc import Mapping
from typing import Any

from core.files import File, FileRef
from core.ids import WorkspaceId
from core.text import Foreign


def files_of(message: Mapping[str, Any], workspace: WorkspaceId) -> tuple[File, ...]:
    """A message's files. One shared from another organisation may say no more than its id."""
    files = message.get("files") or ()
    return tuple(file_of(each, workspace) for each in files if isinstance(each, Mapping) and each.get("id"))


def file_of(declared: Mapping[str, Any], workspace: WorkspaceId) -> File:
    """A file as Slack declares it."""
    size = declared.get("size")
    return File(
        name=Foreign(str(declared.get("name") or declared.get("title") or "")),
        size=size if isinstance(size, int) and size > 0 else 0,
        kind=str(declared.get("mimetype") or ""),
        source=FileRef(f"{workspace}:{declared['id']}"),
    )
