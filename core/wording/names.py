"""Names and other single words: parties, outcomes, people and places as they stand within a sentence.

Used by the other modules of wording. Never a sentence.
"""

from core.ids import Lang, PersonId, PlaceId, platform_of
from core.phrasebook import Phrasebook
from core.records import Inquiry, Outcome, Party, ShownAs
from core.said import Mention, Said
from core.text import Foreign

WORDS: dict[Party, str] = {Party.BUYER: "buyer", Party.SELLER: "seller", Party.STAFF: "staff"}
"""How phrase ids name the parties."""


BESIDES: tuple[str, ...] = ("reply", "edit", "more", "choose")
"""Acts whose buttons an adapter adds where its platform needs them."""


def party_name(book: Phrasebook, lang: Lang, party: Party) -> str:
    """The party as a word."""
    return book.label(lang, f"party.{WORDS[party]}")


def outcome_name(book: Phrasebook, lang: Lang, outcome: Outcome | str) -> str:
    """How it ended, as a word."""
    return book.label(lang, f"outcome.{Outcome(outcome).value}")


def button(book: Phrasebook, lang: Lang, act: str) -> str:
    """The label of an act's button."""
    return book.label(lang, f"act.{act}")


def person_name(book: Phrasebook, lang: Lang, name: Foreign) -> Foreign | str:
    """A person's or seller's name, or a word for somebody without one."""
    return name or book.label(lang, "someone")


def name_shown(
    book: Phrasebook, lang: Lang, inquiry: Inquiry, of: Party, name: Foreign, *, to: Party
) -> Foreign | str:
    """A person's name as a party reads it: where the desk wants that, the role instead."""
    if inquiry.shown_as is ShownAs.ROLE and to not in {of, Party.STAFF}:
        return party_name(book, lang, of)
    return person_name(book, lang, name)


def who(book: Phrasebook, lang: Lang, party: Party | None, name: Foreign) -> Said:
    """A person with their role."""
    known = person_name(book, lang, name)
    return (known,) if party is None else book.say(lang, f"who.{WORDS[party]}", name=known)


def someone_elsewhere(book: Phrasebook, lang: Lang, who: Mention) -> Said:
    """A person of another platform, by the name they had there, if it is known."""
    platform = platform_of(who.person).capitalize()
    if not who.name:
        return book.say(lang, "someone_elsewhere", platform=platform)
    return book.say(lang, "someone_elsewhere.named", platform=platform, name=who.name)


def place_elsewhere(book: Phrasebook, lang: Lang, place: PlaceId) -> str:
    """A place of another platform."""
    return book.label(lang, "place_elsewhere", platform=platform_of(place).capitalize())


def place_dm(book: Phrasebook, lang: Lang, person: PersonId) -> Said:
    """The direct messages with a person."""
    return book.say(lang, "place_dm", person=Mention(person))
