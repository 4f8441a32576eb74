"""What touches the outside, one package per outside thing.

Put together by bots, called through core's ports. No adapter ever imports another,
nor the scheduler; each is the only home of the libraries it speaks through.
"""
