"""What was posted and not yet expected: a story reads everything, in order, or fails at its end.

Made by the town. Looks at the platforms only: what people saw is what counts, whatever Henji believes it has
sent.
"""

from collections.abc import Sequence

from tests.e2e.side import Client, Place, Post, Side


class Ledger:
    """Henji's posts on every platform in town, each to be read once."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self._sides = sides
        self._read: set[Post] = set()

    def next_in(self, side: Side, place: Place, reader: Client) -> Post:
        """The oldest of Henji's posts in a place that the story has not read yet."""
        unread = self.unread(side.posted(place))
        if not unread:
            msg = f"nothing new on {side.name} in {place} for {reader.name}"
            raise AssertionError(msg)
        self.mark(unread[0])
        return unread[0]

    def mark(self, post: Post) -> None:
        """This has been read."""
        self._read.add(post)

    def unread(self, posts: Sequence[Post]) -> list[Post]:
        """Those that have not been read."""
        return [post for post in posts if post not in self._read]

    def check(
        self, side: Side, post: Post, reader: Client, words: Sequence[str], pings: Sequence[Client]
    ) -> None:
        """A post says these words, and of those who aren't told of it anyway pings exactly these people."""
        text = reader.reads(post)
        missing = [word for word in words if word not in text]
        assert not missing, f"{missing} not in what {reader.name} read:\n{text}"
        pinged, anyway = side.rung(post), side.told_anyway(post)
        meant = {person.id for person in pings}
        assert pinged - anyway == meant - anyway, f"pinged {pinged}, meant {meant}:\n{text}"

    def left_over(self) -> list[str]:
        """What was posted and never expected."""
        found = []
        for side in self._sides:
            unread = self.unread([*side.posted(), *side.alone()])
            found += [f"{side.name}, {side.text(post)}" for post in unread]
            found += side.rung_by_edits()
        return found
