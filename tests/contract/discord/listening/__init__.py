"""Discord's listeners, on a desk whose store is on a real server."""
