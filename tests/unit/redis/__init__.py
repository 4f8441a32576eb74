"""The Redis adapter's pure parts: bytes, keys, turns."""
