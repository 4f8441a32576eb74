"""The fixtures that all tests share."""

from tests.servers import redis_client, redis_server

__all__ = ["redis_client", "redis_server"]
