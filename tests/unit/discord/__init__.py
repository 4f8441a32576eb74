"""Discord's payloads, texts and blocks, made and read by pure functions."""
