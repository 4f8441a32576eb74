"""Stories: people on emulated platforms, the real SDKs, a real Redis, and a clock that moves by hand.

`make stories` lists them, `make story STORY=...` plays one and prints what each person saw. pytest plays all
of them on every pairing of the buyer's, the seller's and the staff's platform; whatever nobody expected, on
any of them, fails the story.
"""
