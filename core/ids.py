"""The names by which desks, people, places and messages are known.

Used everywhere; every platform's adapter makes them in `parse` and takes them apart in its messenger.
A platform's own id never travels without the platform and workspace before it.
"""

from typing import Literal, NewType

DeskId = NewType("DeskId", str)
"""A short random word, given when a desk is set up."""

WorkspaceId = NewType("WorkspaceId", str)
"""`platform:workspace`, for instance `slack:T01`."""

PlaceId = NewType("PlaceId", str)
"""`platform:workspace:channel`, or `platform:workspace:@person` for the DM between Henji and that person."""

PersonId = NewType("PersonId", str)
"""`platform:workspace:person`. Where a platform's people belong to no workspace, theirs is the word `users`.

A group of people (a Discord role) is named like a person of its workspace, with `&` before its own id.
"""

SellerId = NewType("SellerId", str)
"""A short word, unique within its desk."""

MessageId = NewType("MessageId", str)
"""What the platform calls a message, unique within its place."""

NoticeId = NewType("NoticeId", str)
"""`desk.number.version.n`, at most 25 characters, the length of Discord's nonce."""

Key = NewType("Key", str)
"""A command's idempotency key: the same act, delivered again, has the same one."""

LinkCode = NewType("LinkCode", str)
"""What joins a workspace to a desk, once and for ten minutes; as `core.linking` reads it, without dashes."""

Lang = Literal["ja", "en"]

LANGUAGES: tuple[Lang, ...] = ("ja", "en")


def platform_of(name: WorkspaceId | PlaceId | PersonId) -> str:
    """The platform a workspace, place or person belongs to."""
    return name.partition(":")[0]


def workspace_of(name: PlaceId | PersonId) -> WorkspaceId:
    """The workspace a place or person belongs to."""
    return WorkspaceId(name.rpartition(":")[0])


def has_workspace(name: PlaceId | PersonId) -> bool:
    """Whether it belongs to one workspace; people of a platform as a whole, and their DMs, belong to none."""
    return not workspace_of(name).endswith(":users")


def is_at(person: PersonId, place: PlaceId) -> bool:
    """Whether someone can be mentioned in a place: in their workspace, or anywhere on a platform without."""
    if has_workspace(person):
        return workspace_of(person) == workspace_of(place)
    return platform_of(person) == platform_of(place)


def dm_with(person: PersonId) -> PlaceId:
    """The place that is the DM between Henji and this person."""
    workspace, _, own = person.rpartition(":")
    return PlaceId(f"{workspace}:@{own}")


def is_group(person: PersonId) -> bool:
    """Whether this names a group of people, who have no DM."""
    return person.rpartition(":")[2].startswith("&")


def person_of_dm(place: PlaceId) -> PersonId | None:
    """The person whose DM this place is, or None for a shared place."""
    workspace, _, own = place.rpartition(":")
    return PersonId(f"{workspace}:{own[1:]}") if own.startswith("@") else None
