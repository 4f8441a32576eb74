"""What was entered in a refused form, until it is sent."""

from adapters.discord.guest import Guest, at_desk
from adapters.discord.kept import Kept
from core.commands import Actor
from core.ids import DeskId, PersonId, PlaceId
from core.text import Foreign
from tests.unit.discord.samples import direct


def test_what_was_entered_in_direct_messages_is_for_one_desk() -> None:
    """Both desks of somebody have an inquiry #7: what was meant for one is not offered for the other."""
    me = PersonId("discord:users:7")
    actor = Actor(person=me, name=Foreign("花子"), lang="ja", place=PlaceId("discord:users:@7"))
    hanako = Guest(user=7, actor=actor, reader=direct(), workspace=None)
    tanuki, kitsune = at_desk(hanako, DeskId("tanuki")), at_desk(hanako, DeskId("kitsune"))
    kept = Kept()
    kept.keep(tanuki, "reply", "7", {"text": ("秘密",)})
    assert kept.of(kitsune, "reply", "7") == {}
    assert kept.of(tanuki, "reply", "7") == {"text": ("秘密",)}
    kept.drop(tanuki, "reply", "7")
    assert kept.of(tanuki, "reply", "7") == {}
