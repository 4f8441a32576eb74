"""What is true: the rules of the desk.

Called by bots, scheduler and adapters, which hand in the time and whatever was read.
Never does any I/O, and has no clock and no randomness of its own.
"""
