"""Stories: people at an emulated Slack, the real SDK, a real Redis, and a clock that moves by hand.

`make stories` lists them, `make story STORY=...` plays one and prints what each person saw. pytest plays all
of them, in Socket Mode and over signed HTTP; whatever nobody expected fails the story.
"""
