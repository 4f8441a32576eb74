"""What the tests of the Redis adapter share."""

import pytest

from adapters.redis.binary import Binary
from tests.servers import binaries


@pytest.fixture(params=binaries(), ids=lambda binary: str(binary.version).replace(" ", "-"))
def binary(request: pytest.FixtureRequest) -> Binary:
    """Every server program on this machine in turn."""
    found: Binary = request.param
    return found
