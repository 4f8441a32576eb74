"""Pure parts, tested by calling them."""
