"""What wording is made of: parts that an adapter turns into its platform's text.

Made by the phrasebook and core/wording, flattened by each adapter's `render`: our own words, foreign text to
be escaped, instants for the reader's time zone, people and places. It holds no markup, and no rules.
"""

from dataclasses import dataclass
from datetime import datetime

from core.ids import PersonId, PlaceId
from core.text import Foreign


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, by name as their platform shows it. Whether it pings them is up to the adapter.

    `name` is what they were called when it was noted, for a platform that they are not on.
    """

    person: PersonId
    name: Foreign | None = None


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place, by name as its platform shows it."""

    place: PlaceId


Part = str | Foreign | datetime | Mention | PlaceName
"""A piece of a sentence. A `str` is our own wording; an instant is aware, in UTC."""

Said = tuple[Part, ...]
"""A sentence or two, without line breaks of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing told: what happened, what follows from it, what somebody wrote, and what can be done.

    `head` is empty where there is nothing to say. `acts` are names of acts (`act.<name>` is the button's).
    """

    head: Said
    body: tuple[Said, ...] = ()
    quote: Foreign | None = None
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A card as one party sees it: what it is about, where it stands, the facts (label, value), the acts."""

    title: Said
    state: Said
    fields: tuple[tuple[Said, Said], ...] = ()
    quote: Foreign | None = None
    acts: tuple[str, ...] = ()
