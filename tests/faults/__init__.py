"""Henji killed at random instants under load, restarted, and held against what people had been told.

`pytest tests/faults` kills it a few times; HENJI_KILLS=200 kills it often, HENJI_SEED chooses other instants.
"""
