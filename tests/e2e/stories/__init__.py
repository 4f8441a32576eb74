"""All stories, by name: each an async function that takes a town, its docstring the story in a sentence.

A chapter whose stories are those of one platform says in `plays_on` where they can be played; all others are
told once and played on every pairing.
"""

from collections.abc import Awaitable, Callable
from types import ModuleType

from tests.e2e.pairing import Pairing
from tests.e2e.stories import answering, desk_work, ending, failing, files, missing, slack_alone
from tests.e2e.town import Town

Story = Callable[[Town], Awaitable[None]]

_CHAPTERS: tuple[ModuleType, ...] = (answering, missing, ending, desk_work, files, failing, slack_alone)

STORIES: dict[str, Story] = {story.__name__: story for chapter in _CHAPTERS for story in chapter.STORIES}
_CHAPTER_OF = {story.__name__: chapter for chapter in _CHAPTERS for story in chapter.STORIES}


def plays_on(name: str, pairing: Pairing) -> bool:
    """Whether a story can happen with the parties on these platforms."""
    chapter = _CHAPTER_OF[name]
    return not hasattr(chapter, "plays_on") or bool(chapter.plays_on(pairing))
