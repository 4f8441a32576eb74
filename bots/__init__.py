"""What runs: settings, composition and the command line.

Every other package is put together here. Started by `henji` and `python -m bots`.
Never decides anything about an inquiry: that is core's affair.
"""
