"""Hands in a cluster, for tests: asking one master by itself, and giving slots to another."""

from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.crc import key_slot
from redis.exceptions import RedisError

from adapters.redis.connect import connect
from adapters.redis.slots import Slots
from adapters.redis.wire import ask
from core.errors import Unavailable
from tests.fleets import Fleet, nodes_of


async def at(fleet: Fleet, number: int, *command: str | int) -> Any:
    """What one master by itself answers."""
    client = connect(fleet.members[number].url)
    try:
        return await ask(client, *command)
    finally:
        await client.aclose()


async def id_of(fleet: Fleet, number: int) -> str:
    """What a master is called among the others."""
    return str((await at(fleet, number, "CLUSTER", "MYID")).decode())


async def give(fleet: Fleet, number: int, key: str) -> None:
    """Let another master hold a key's slot; nobody has keys in it but that one."""
    slot, there = key_slot(key.encode()), await id_of(fleet, number)
    if holder(await at(fleet, number, "CLUSTER", "SLOTS"), key, fleet) == number:
        return
    # Whoever takes a slot that it was importing is believed by all that have heard otherwise.
    await at(fleet, number, "CLUSTER", "SETSLOT", slot, "IMPORTING", await id_of(fleet, number - 1))
    for each in (number, *({0, 1, 2} - {number})):
        await at(fleet, each, "CLUSTER", "SETSLOT", slot, "NODE", there)


async def home(client: Redis, key: str, fleet: Fleet) -> int:
    """Which master holds a key's slot, as the cluster says."""
    return holder(await ask(client, "CLUSTER", "SLOTS"), key, fleet)


def holder(shards: Sequence[Any], key: str, fleet: Fleet) -> int:
    """Which master holds a key's slot, as one of them says."""
    owner = Slots(shards).owner(key_slot(key.encode()))
    assert owner is not None
    return [member.port for member in fleet.members].index(owner[1])


async def takes(client: Redis, key: str) -> bool:
    """Whether a key can be written."""
    try:
        return bool(await ask(client, "SET", key, "taken"))
    except Unavailable:
        return False


async def whole(client: Redis) -> bool:
    """Whether every master sees the whole cluster."""
    try:
        nodes = await nodes_of(client)
        return all([b"cluster_state:ok" in await ask(node, "CLUSTER", "INFO") for node in nodes])
    except (Unavailable, RedisError):
        return False
