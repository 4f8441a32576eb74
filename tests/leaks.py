"""What is in Redis, held against the table of keys.

Called after every test of the Redis store. A key that the table does not know, or that is of another
type, or lives longer or shorter than promised, is a leak.
"""

import re

from redis.asyncio import Redis

from adapters.redis.keys import TABLE, Kind

_HOLES = {"tag": r"\{p\d\d\}", "desk": r"[^:.]+", "number": r"\d+", "index": r"open|(?:buyer|seller):[^:].*"}


def _pattern(kind: Kind) -> re.Pattern[str]:
    parts = re.split(r"<(\w+)>", kind.pattern)
    return re.compile(
        "".join(f"(?:{_HOLES.get(part, '[^:].*')})" if i % 2 else part for i, part in enumerate(parts))
    )


_PATTERNS = [(_pattern(kind), kind) for kind in TABLE]


async def check_keys(client: Redis) -> None:
    """Fail on the first key that is not as the table says."""
    async for name in client.scan_iter(count=1_000):
        known = next((kind for pattern, kind in _PATTERNS if pattern.fullmatch(name.decode())), None)
        assert known is not None, f"{name!r} is in no table"
        assert await client.type(name) == known.type.encode(), f"{name!r} is of another type"
        left = await client.ttl(name)
        if known.lives is None:
            assert left == -1, f"{name!r} expires"
        else:
            assert 0 < left <= known.lives, f"{name!r} lives for {left} s"
