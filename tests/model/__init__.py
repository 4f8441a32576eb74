"""What the ports promise, in memory: simple enough to be believed."""
