"""The same behaviours asked of every store, messenger and server."""
