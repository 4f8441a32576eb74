"""One suite for every platform's messenger: what delivery relies on, whoever speaks."""
