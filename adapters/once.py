"""What a process does once, however often a platform delivers what it is about.

Used by the adapters for what they tell privately. It remembers the last ones only, and nothing beyond the
process: whether something was done is the store's to know.
"""

from collections import OrderedDict

from core.ids import Key

_REMEMBERED = 2_000


class Once:
    """The keys of what was done lately."""

    def __init__(self) -> None:
        self._done: OrderedDict[Key, None] = OrderedDict()

    def first_time(self, key: Key) -> bool:
        """Whether this is the first time, which it is then no more."""
        if key in self._done:
            return False
        self._done[key] = None
        if len(self._done) > _REMEMBERED:
            self._done.popitem(last=False)
        return True
