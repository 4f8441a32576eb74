"""All stories, by name: each an async function that takes a town, its docstring the story in a sentence.

They are told once and played on every pairing of platforms, but for those that say themselves (`where`) on
which they can happen.
"""

from collections.abc import Awaitable, Callable
from types import ModuleType

from tests.e2e.stories import (
    answering,
    desk_work,
    discord_clicks,
    discord_people,
    discord_places,
    ending,
    failing,
    files,
    formatting,
    losing_touch,
    missing,
    one_desk,
    slack_alone,
)
from tests.e2e.town import Town

Story = Callable[[Town], Awaitable[None]]

_CHAPTERS: tuple[ModuleType, ...] = (
    answering,
    missing,
    ending,
    desk_work,
    files,
    formatting,
    failing,
    losing_touch,
    one_desk,
    discord_clicks,
    discord_people,
    discord_places,
    slack_alone,
)

STORIES: dict[str, Story] = {story.__name__: story for chapter in _CHAPTERS for story in chapter.STORIES}
