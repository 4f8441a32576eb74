"""A client of a cluster: every command goes to the master that holds its keys.

Made by `connect`; `wire` sends several commands through it. Why it is not redis-py's own: DECISIONS.md, 23.
Follows a redirection, since what was redirected was not carried out; whatever else goes wrong is the caller's
to decide. Never sends anything else twice, and never looks at values.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import Any, Final, TypeVar

from redis import exceptions
from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from adapters.redis import batch
from adapters.redis.address import Node
from adapters.redis.batch import Arg, Command
from adapters.redis.errors import REFUSED
from adapters.redis.slots import Slots, named, slot_of

T = TypeVar("T")

REDIRECTIONS: Final = 5
# A node that is lost, or that says the map is not what it was: look at the map again before the next command.
DOUBTFUL: Final = (exceptions.ConnectionError, exceptions.TimeoutError, exceptions.ClusterDownError)


class Cluster(Redis):
    """All masters of a cluster, behind the face of one server.

    A command without keys goes to one of them. Several in one round trip go through `each` and `at_once`, not
    through `pipeline`. Each node has a client of its own, made by `open_at`.
    """

    def __init__(self, seeds: Sequence[Node], open_at: Callable[[Node], Redis]) -> None:
        self._seeds = tuple(seeds)
        self._open_at = open_at
        self._clients: dict[Node, Redis] = {}
        self._asked = list(self._seeds)  # for the map, in this order
        self._slots = Slots()
        self._doubt = True
        self._looking = asyncio.Lock()
        self._turns = count()
        super().__init__(connection_pool=self._at(self._seeds[0]).connection_pool)

    async def execute_command(self, *args: Arg, **options: Any) -> Any:  # noqa: ANN401 (each command has replies of its own)
        """One command's reply, from the master that holds its first key."""
        try:
            return await self._with_owner(
                slot_of(args),
                lambda client: client.execute_command(*args, **options),  # type: ignore[no-untyped-call]
            )
        except exceptions.MovedError:
            raise
        except exceptions.AskError as asked:
            # The slot is on its way to another node, and this key is there already.
            return await _asking(self._at((asked.host, asked.port)), args)

    async def each(self, commands: Sequence[Command]) -> list[Any]:
        """Several commands' replies, each by itself, those of one master in one round trip."""
        shares: dict[Node, list[int]] = {}
        for place, command in enumerate(commands):
            shares.setdefault(await self._owner(slot_of(command)), []).append(place)
        found = await asyncio.gather(
            *(self._share(node, [commands[place] for place in places]) for node, places in shares.items()),
            return_exceptions=True,
        )
        replies: list[Any] = [None] * len(commands)
        for places, answers in zip(shares.values(), found, strict=True):
            if isinstance(answers, BaseException):
                raise answers
            for place, answer in zip(places, answers, strict=True):
                replies[place] = await self._settled(commands[place], answer)
        return replies

    async def at_once(self, commands: Sequence[Command]) -> list[Any]:
        """Several commands' replies, of one instant. Their keys have to be in one slot."""
        return await self._with_owner(slot_of(commands[0]), lambda client: batch.at_once(client, commands))

    async def masters(self) -> dict[str, Redis]:
        """A client of each master by the master's name, host:port."""
        await self._look()
        return {f"{host}:{port}": self._at((host, port)) for host, port in self._slots.masters}

    def pubsub(self, **options: Any) -> PubSub:  # noqa: ANN401 (redis-py's)
        """A subscription at one node, which hears what is published at any; the next time, at another."""
        return self._at(self._asked[next(self._turns) % len(self._asked)]).pubsub(**options)

    async def aclose(self, close_connection_pool: bool | None = None) -> None:  # noqa: FBT001 (redis-py's)
        """Close the connections to all nodes."""
        for client in self._clients.values():
            await client.aclose(close_connection_pool)

    def _at(self, node: Node) -> Redis:
        client = self._clients.get(node)
        if client is None:
            client = self._clients[node] = self._open_at(node)
        return client

    async def _owner(self, slot: int) -> Node:
        await self._look()
        owner = self._slots.owner(slot)
        if owner is None:
            self._doubt = True
            raise exceptions.ClusterDownError(f"nobody holds slot {slot}")
        return owner

    async def _with_owner(self, slot: int, act: Callable[[Redis], Awaitable[T]]) -> T:
        """What the slot's master answers, wherever that is by now."""
        for _ in range(REDIRECTIONS):
            try:
                return await self._with_known(slot, act)
            except exceptions.MovedError as moved:
                self._moved(moved)
        return await self._with_known(slot, act)

    async def _with_known(self, slot: int, act: Callable[[Redis], Awaitable[T]]) -> T:
        owner = await self._owner(slot)
        try:
            return await act(self._at(owner))
        except DOUBTFUL:
            self._doubted(owner)
            raise

    async def _share(self, owner: Node, commands: Sequence[Command]) -> list[Any]:
        try:
            return await batch.each(self._at(owner), commands)
        except DOUBTFUL:
            self._doubted(owner)
            raise

    async def _settled(self, command: Command, answer: object) -> object:
        """The answer, or what another node says where it is a redirection."""
        match answer:
            case exceptions.MovedError():
                self._moved(answer)
            case exceptions.AskError():
                pass
            case exceptions.ClusterDownError():
                self._doubt = True
                return answer
            case _:
                return answer
        try:
            return await self.execute_command(*command)
        except exceptions.ResponseError as error:
            return error

    def _moved(self, moved: exceptions.MovedError) -> None:
        """Look at the map again, as the node has it that is said to hold the slot now."""
        if moved.host:
            node = (moved.host, moved.port)
            self._asked = [node, *(each for each in self._asked if each != node)]
        self._doubt = True

    def _doubted(self, node: Node) -> None:
        """Ask it last, and look at the map before anything else is sent."""
        self._asked = [*(each for each in self._asked if each != node), node]
        self._doubt = True

    async def _look(self) -> None:
        """Have a map of the slots that nothing speaks against."""
        if not self._doubt:
            return
        async with self._looking:
            if self._doubt:
                slots = await self._map()
                gone = self._clients.keys() - {*slots.nodes, *self._seeds}
                self._slots, self._asked, self._doubt = slots, [*slots.nodes], False
                self._asked.extend(seed for seed in self._seeds if seed not in slots.nodes)
                for node in gone:
                    await self._clients.pop(node).aclose()

    async def _map(self) -> Slots:
        for node in tuple(self._asked):
            try:
                shards = await self._at(node).execute_command("CLUSTER", "SLOTS")  # type: ignore[no-untyped-call]
            except REFUSED:
                raise
            except (exceptions.ConnectionError, exceptions.TimeoutError):
                continue
            except exceptions.ResponseError as error:
                raise named(error) from error
            return Slots(shards, asked=node)
        raise exceptions.ConnectionError("no node of the cluster answers")


async def _asking(client: Redis, command: Command) -> Any:  # noqa: ANN401 (each command has replies of its own)
    """The reply of a node to which the command's slot is on its way; ASKING holds for one command."""
    _, reply = await batch.each(client, [("ASKING",), command])
    if isinstance(reply, exceptions.RedisError):
        raise reply
    return reply
