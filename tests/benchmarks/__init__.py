"""How fast and how small: measured on this machine, each beside a peer doing the least that could be done.

Run by `make bench` (`python -m tests.benchmarks [name ...]`), never by the tests: a figure depends on the
machine and on what else it does.
"""
