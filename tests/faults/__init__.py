"""Henji killed at the named points of its way and at random, restarted, and held against what people know.

`pytest tests/faults` kills it a few times; HENJI_KILLS=200 kills it often, HENJI_POINT=after_send there alone
(`points` names them all), HENJI_SEED chooses other turns and instants.
"""
