"""The scheduler's parts that need no store."""
