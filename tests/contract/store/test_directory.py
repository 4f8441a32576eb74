"""What is kept outside the desks: workspaces, codes that join them, and whom a person has to do with."""

from core.ids import DeskId, LinkCode, PersonId, WorkspaceId
from tests.contract.store.conftest import Kept
from tests.contract.store.things import DESK

SLACK, GUILD = WorkspaceId("slack:T01"), WorkspaceId("discord:77")
HANA = PersonId("discord:users:5")
OTHER = DeskId("kitsune")
CODE = LinkCode("bcdf2345")
YEAR = 365 * 86_400


async def test_a_workspace_is_linked_once(kept: Kept) -> None:
    """The first link stays; whoever comes later is told which desk it is."""
    assert await kept.store.desk_of(SLACK) is None
    assert await kept.store.link(SLACK, DESK) == DESK
    assert await kept.store.link(SLACK, DESK) == DESK
    assert await kept.store.link(SLACK, OTHER) == DESK
    assert await kept.store.desk_of(SLACK) == DESK
    assert await kept.store.desk_of(GUILD) is None


async def test_a_workspace_is_taken_off_the_desk_it_belongs_to(kept: Kept) -> None:
    """Taken off another desk, nothing happens; off its own, it is free for any."""
    await kept.store.link(SLACK, DESK)
    await kept.store.unlink(SLACK, OTHER)
    kept.store.forget(SLACK)
    assert await kept.store.desk_of(SLACK) == DESK
    await kept.store.unlink(SLACK, DESK)
    assert await kept.store.desk_of(SLACK) is None
    assert await kept.store.link(SLACK, OTHER) == OTHER
    assert await kept.store.desk_of(SLACK) == OTHER


async def test_a_code_is_taken_once(kept: Kept) -> None:
    """Whoever is first has the desk; there is nothing for the next."""
    await kept.store.keep_code(CODE, DESK)
    assert await kept.store.take_code(LinkCode("bcdf2346")) is None
    assert await kept.store.take_code(CODE) == DESK
    assert await kept.store.take_code(CODE) is None


async def test_a_code_lasts_ten_minutes(kept: Kept) -> None:
    """Then it leads nowhere."""
    await kept.store.keep_code(CODE, DESK)
    await kept.age(599)
    await kept.store.keep_code(LinkCode("later"), DESK)
    await kept.age(2)
    assert await kept.store.take_code(CODE) is None
    assert await kept.store.take_code(LinkCode("later")) == DESK


async def test_guesses_are_counted_for_ten_minutes_from_the_first(kept: Kept) -> None:
    """Each workspace's by themselves; later guesses do not make it longer."""
    assert [await kept.store.guesses(SLACK) for _ in range(3)] == [1, 2, 3]
    assert await kept.store.guesses(GUILD) == 1
    await kept.age(400)
    assert await kept.store.guesses(SLACK) == 4
    await kept.age(201)
    assert await kept.store.guesses(SLACK) == 1


async def test_a_persons_desks_and_language_are_noted(kept: Kept) -> None:
    """The desks come together, each once; of languages the latest counts."""
    assert await kept.store.desks_of(HANA) == ()
    assert await kept.store.lang_of(HANA) is None
    await kept.store.remember(HANA, DESK, "ja")
    await kept.store.remember(HANA, OTHER, "en")
    await kept.store.remember(HANA, DESK, "en")
    assert await kept.store.desks_of(HANA) == (OTHER, DESK)
    assert await kept.store.lang_of(HANA) == "en"
    await kept.store.remember(HANA, DESK, "ja")
    assert await kept.store.lang_of(HANA) == "ja"


async def test_whoever_is_asked_about_is_kept_for_another_year(kept: Kept) -> None:
    """After a year without a question the note is gone, and can be made again."""
    await kept.store.remember(HANA, DESK, "ja")
    await kept.age(YEAR - 60)
    assert await kept.store.desks_of(HANA) == (DESK,)
    await kept.age(YEAR - 60)
    assert await kept.store.desks_of(HANA) == (DESK,)
    await kept.age(YEAR + 60)
    assert await kept.store.desks_of(HANA) == ()
    await kept.store.remember(HANA, DESK, "ja")
    assert await kept.store.desks_of(HANA) == (DESK,)
