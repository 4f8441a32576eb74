"""The Redis store and the model, told the same, answer the same, whatever is told in whatever order."""

import asyncio

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from adapters.redis.connect import connect
from tests.property.two_stores import TwoStores

BOUNDED = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_redis_does_what_the_model_does(redis_server: str) -> None:
    """No sequence of events is found in which the two differ."""
    with asyncio.Runner() as runner:
        client = connect(redis_server)
        machine = type("TwoStores", (TwoStores,), {"runner": runner, "client": client})
        try:
            run_state_machine_as_test(machine, settings=BOUNDED)
        finally:
            runner.run(client.aclose())
