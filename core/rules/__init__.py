"""The desk's rules, a file for each part of an inquiry's life.

Called by `core.decide` only, each as `(snapshot, command, now) -> Decision`. Pure; what can't be done is
raised as Refused.
"""
