"""All stories, by name: each an async function that takes a town, its docstring the story in a sentence."""

from collections.abc import Awaitable, Callable
from types import ModuleType

from tests.e2e.stories import answering, desk_work, ending, failing, missing
from tests.e2e.town import Town

Story = Callable[[Town], Awaitable[None]]

_CHAPTERS: tuple[ModuleType, ...] = (answering, missing, ending, desk_work, failing)

STORIES: dict[str, Story] = {story.__name__: story for chapter in _CHAPTERS for story in chapter.STORIES}
