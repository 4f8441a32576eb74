"""Which desk a command of setting up is for, where that has to be found out or made so first.

Called by `core.desk` before it reads. What is written here is the directory's: a code, its guesses, whose
workspace is whose; the commit that follows needs it. Decides nothing about a desk that is in use.
"""

import unicodedata
from dataclasses import replace
from typing import Final

from core.commands import SetUpDesk, UseLinkCode
from core.decision import Scope
from core.errors import Stale
from core.ids import DeskId, LinkCode, WorkspaceId
from core.permissions import may_set_up
from core.ports import Store
from core.records import Desk
from core.refusal import Refusal
from core.rules.linking import given_up
from core.text import Foreign

GUESSES: Final = 10
"""Codes that may be tried from one workspace within ten minutes."""

CODE_LENGTH: Final = 8


def code_in(typed: Foreign) -> LinkCode:
    """A code as people type it: in capitals or not, in full width, with dashes or spaces anywhere."""
    plain = unicodedata.normalize("NFKC", typed.raw).casefold()
    return LinkCode("".join(each for each in plain if each.isalnum())[: CODE_LENGTH + 1])


async def set_up_where(store: Store, command: SetUpDesk) -> SetUpDesk:
    """The workspace's desk; a first one is written to the directory before the commit that needs it."""
    known = await store.desk_of(command.workspace)
    desk = None if known is None else await store.desk(known)
    if known is not None and (desk is None or command.workspace in desk.workspaces):
        return replace(command, desk=known)
    if known is not None:  # it was taken off that desk
        await store.unlink(command.workspace, known)
    if command.actor is None or not may_set_up(None, command.actor):
        return command
    return replace(command, desk=await store.link(command.workspace, command.desk))


async def joining_where(store: Store, command: UseLinkCode) -> UseLinkCode | Refusal:
    """The desk whose code was typed, with the workspace linked to it and the code spent; or why not."""
    own = await _own(store, command.workspace)
    if own is not None and await _answered(store, own.id, command):
        return replace(command, desk=own.id)
    refusal = await _refusal(store, command, own)
    if refusal is not None:
        return refusal
    desk = await store.take_code(code_in(command.typed))
    if desk is None:
        return Refusal(reason="unknown_code")
    if own is not None and own.id == desk:
        return Refusal(reason="own_code")
    if own is not None:
        try:
            await store.commit(given_up(own, command))
        except Stale:
            return Refusal(reason="stale")
        await store.unlink(command.workspace, own.id)
    if await store.link(command.workspace, desk) != desk:
        return Refusal(reason="stale")
    return replace(command, desk=desk)


async def _own(store: Store, workspace: WorkspaceId) -> Desk | None:
    """The desk that a workspace has; an entry that leads to none is taken away."""
    known = await store.desk_of(workspace)
    if known is None:
        return None
    desk = await store.desk(known)
    if desk is not None and workspace in desk.workspaces:
        return desk
    await store.unlink(workspace, known)
    return None


async def _answered(store: Store, desk: DeskId, command: UseLinkCode) -> bool:
    """Whether this is the command that joined the workspace, delivered again."""
    return (await store.read(Scope(desk=desk, key=command.key))).answered is not None


async def _refusal(store: Store, command: UseLinkCode, own: Desk | None) -> Refusal | None:
    if command.actor is None or not may_set_up(own, command.actor):
        return Refusal(reason="not_allowed")
    if own is not None and (len(own.workspaces) > 1 or await _in_use(store, own.id)):
        return Refusal(reason="desk_in_use", text=own.name)
    if await store.guesses(command.workspace) > GUESSES:
        return Refusal(reason="too_many_codes")
    return None


async def _in_use(store: Store, desk: DeskId) -> bool:
    """Whether anything was ever asked there."""
    async for inquiries in store.stored(desk):
        if inquiries:
            return True
    return False
