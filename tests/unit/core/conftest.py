"""Fixtures of the rules' tests."""

import pytest_asyncio

from tests.unit.core.office import Office


@pytest_asyncio.fixture
async def office() -> Office:
    """A desk that is open for business, with one seller."""
    office = Office()
    await office.open_for_business()
    return office
