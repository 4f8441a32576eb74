"""The adapter to Redis, against real servers."""
