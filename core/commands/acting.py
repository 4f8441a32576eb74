"""Who acts, and what every command carries.

Used by the commands beside it and by everything that makes or decides one. Holds no act itself.
"""

from dataclasses import dataclass

from core.ids import DeskId, Key, Lang, PersonId, PlaceId
from core.text import Foreign


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, from where.

    Their name and language as the platform tells them, whether they run the workspace, and the groups they
    belong to there. `left` tells that they are in none of the desk's workspaces any more.
    """

    person: PersonId
    name: Foreign
    lang: Lang
    place: PlaceId
    admin: bool = False
    groups: tuple[PersonId, ...] = ()
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What every command carries. `actor` is None for what the clock and the machinery do."""

    key: Key
    desk: DeskId
    actor: Actor | None = None
