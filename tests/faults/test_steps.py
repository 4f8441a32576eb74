"""What takes several steps outside one commit is whole when it is done once more, wherever it broke off.

Setting up, joining and leaving write the directory beside the desk's record. Here the store dies after each
of their steps in turn; people were told nothing, and do the same again.
"""

import math

import pytest

from core.answers import AnyAnswer
from core.decision import Decision
from core.desk import FrontDesk
from core.ids import DeskId, LinkCode, WorkspaceId
from core.records import Desk
from tests.model.store import ModelStore
from tests.unit.core.office import DESK, MARKET, WORKSPACE, Office
from tests.unit.core.two_platforms import GUILD, OTHER_DESK, join, leave, set_up_another


class DiedError(Exception):
    """The process is no more."""


class MortalStore(ModelStore):
    """A store whose process dies after so many steps."""

    def __init__(self) -> None:
        super().__init__()
        self.left = math.inf

    async def commit(self, decision: Decision) -> AnyAnswer:
        """Commit, and perhaps die."""
        answer = await super().commit(decision)
        self._step()
        return answer

    async def link(self, workspace: WorkspaceId, desk: DeskId) -> DeskId:
        """Link, and perhaps die."""
        found = await super().link(workspace, desk)
        self._step()
        return found

    async def unlink(self, workspace: WorkspaceId, desk: DeskId) -> None:
        """Unlink, and perhaps die."""
        await super().unlink(workspace, desk)
        self._step()

    async def keep_code(self, code: LinkCode, desk: DeskId) -> None:
        """Keep the code, and perhaps die."""
        await super().keep_code(code, desk)
        self._step()

    async def take_code(self, code: LinkCode) -> DeskId | None:
        """Take the code, and perhaps die."""
        found = await super().take_code(code)
        self._step()
        return found

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise DiedError


class MortalOffice(Office):
    """An office on such a store."""

    def __init__(self) -> None:
        super().__init__()
        self.mortal = self.store = MortalStore()
        self.is_born()

    def is_born(self) -> None:
        """A new process, for which nothing is known but what is stored."""
        self.mortal.left = math.inf
        self.desk = FrontDesk(self.store, {"amazon-jp": MARKET}, lambda: self.now)

    async def workspaces(self, desk_id: DeskId) -> tuple[WorkspaceId, ...]:
        """Those of a desk."""
        desk = await self.store.desk(desk_id)
        assert isinstance(desk, Desk)
        return desk.workspaces


@pytest.mark.parametrize("steps", range(1, 5))
async def test_dies_while_a_desk_is_set_up(steps: int) -> None:
    """The desk that is set up then is the workspace's only one."""
    office = MortalOffice()
    office.mortal.left = steps
    try:
        await office.set_up()
    except DiedError:
        office.is_born()
        await office.set_up()
    found = await office.store.desk_of(WORKSPACE)
    assert found is not None
    assert await office.workspaces(found) == (WORKSPACE,)
    assert await office.store.desks() == [found]


@pytest.mark.parametrize("steps", range(1, 9))
@pytest.mark.parametrize("had_its_own", [False, True])
async def test_dies_while_a_workspace_joins(steps: int, *, had_its_own: bool) -> None:
    """It belongs to one desk only, which knows it; a desk of its own that was never used is given up."""
    office = MortalOffice()
    await office.set_up()
    if had_its_own:
        await set_up_another(office)
    office.mortal.left = steps
    try:
        await join(office)
    except DiedError:
        office.is_born()
        await join(office)
    assert await office.store.desk_of(GUILD) == DESK
    assert await office.workspaces(DESK) == (WORKSPACE, GUILD)
    if had_its_own:
        assert await office.workspaces(OTHER_DESK) == ()


@pytest.mark.parametrize("steps", range(1, 4))
async def test_dies_while_a_workspace_leaves(steps: int) -> None:
    """It belongs to no desk, and can join one again."""
    office = MortalOffice()
    await office.set_up()
    await join(office)
    office.mortal.left = steps
    try:
        await leave(office)
    except DiedError:
        office.is_born()
        await leave(office)
    office.is_born()
    assert await office.workspaces(DESK) == (WORKSPACE,)
    await join(office)
    assert await office.workspaces(DESK) == (WORKSPACE, GUILD)
    assert await office.store.desk_of(GUILD) == DESK
