"""What was entered in a form, as a command: what the form can't show stays as it was."""

from datetime import UTC, datetime

import msgspec
import pytest

from core import commands as do
from core.entering import (
    Sender,
    act_in,
    asking_in,
    command_in,
    number_in,
    seller_in,
    settings_in,
    waiting_in,
)
from core.entries import (
    Basics,
    Closing,
    Hours,
    Noting,
    Opening,
    Removal,
    SellerEntry,
    Settings,
    Waiting,
    Writing,
)
from core.ids import DeskId, Key, PersonId, PlaceId, SellerId, WorkspaceId
from core.policy import Quiet
from core.records import Asking, Desk, Outcome, Party, Topic, Wish
from core.text import Foreign
from tests.contract.store.things import a_desk, a_seller

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
DESK = DeskId("tanuki")
HERE, ELSEWHERE = PersonId("slack:T01:U1"), PersonId("discord:G1:5")
ACTOR = do.Actor(person=HERE, name=Foreign("Hana"), lang="ja", place=PlaceId("slack:T01:C01"))
SENDER = Sender(
    key=Key("v:V1"),
    actor=ACTOR,
    at=NOON,
    zone="Asia/Tokyo",
    workspace=WorkspaceId("slack:T01"),
    shown=(WorkspaceId("slack:T01"),),
)


def settings(**changes: object) -> Settings:
    """A desk's settings as the form holds them."""
    entered = {
        "name": Foreign("Tanuki"),
        "staff_place": PlaceId("slack:T01:C01"),
        "staff": (HERE,),
        "leads": (),
        "admins": (),
        "lang": "ja",
        "quiet_from": None,
        "quiet_to": None,
    }
    return msgspec.convert(entered | changes, Settings)


def set_up(entered: Settings | Basics | Hours, known: Desk | None) -> do.SetUpDesk:
    """The command of a desk's settings."""
    command = settings_in(entered, SENDER, DESK, known)
    assert command is not None
    return command


@pytest.mark.parametrize(
    ("entered", "kind"),
    [
        (
            Opening(
                seller=SellerId("s"),
                order_number="",
                topic=Topic.OTHER,
                wish=Wish.ANSWER,
                text=Foreign("x"),
            ),
            do.OpenInquiry,
        ),
        (Writing(number=1, to=Party.BUYER, text=Foreign("x")), do.PostMessage),
        (Noting(number=1, text=Foreign("x")), do.AddNote),
        (Closing(number=1, outcome=Outcome.SOLVED), do.Close),
        (Removal(seller=SellerId("s")), do.RemoveSeller),
    ],
)
def test_a_form_is_a_command_of_its_sender(
    entered: Opening | Writing | Noting | Closing | Removal, kind: type[do.Command]
) -> None:
    """The form's key, the desk and who sent it are the command's."""
    command = command_in(entered, SENDER, DESK)
    assert type(command) is kind
    assert (command.key, command.desk, command.actor) == (SENDER.key, DESK, ACTOR)


def test_staff_of_other_workspaces_stay() -> None:
    """Who could not be shown in the form was not taken off it; who could be and is not was."""
    known = a_desk(staff=(ELSEWHERE, PersonId("slack:T01:U9")), leads=(ELSEWHERE,), admins=())
    command = set_up(settings(), known)
    assert command.staff == (HERE, ELSEWHERE)
    assert command.leads == (ELSEWHERE,)
    assert command.admins == ()


def test_a_new_desk_has_only_whom_the_form_names() -> None:
    """Nothing is added where nothing was."""
    command = set_up(settings(), None)
    assert (command.staff, command.leads) == ((HERE,), ())
    assert command.languages == {command.staff_place: "ja"}


def test_quiet_hours_go_as_entered() -> None:
    """Both ends as entered, to be judged by the rules, in the sender's time zone for a new desk."""
    command = set_up(settings(quiet_from=1320, quiet_to=None), None)
    assert (command.quiet_from, command.quiet_to, command.zone) == (1320, None, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("before", "entered", "after"),
    [
        ("discord:G1:7", None, "discord:G1:7"),
        ("discord:G1:7", "slack:T01:C02", "slack:T01:C02"),
        ("slack:T01:C02", None, None),
        (None, None, None),
    ],
)
def test_a_sellers_place_elsewhere_stays(before: str | None, entered: str | None, after: str | None) -> None:
    """An empty entry means no place only where the place could have been shown."""
    known = a_seller(place=before, ping=(ELSEWHERE,))
    entry = SellerEntry(
        seller=known.id,
        name=Foreign("Acme"),
        place=None if entered is None else PlaceId(entered),
        lang="ja",
        ping=(HERE,),
    )
    command = seller_in(entry, SENDER, DESK, known, SellerId("new"))
    assert (command.place, command.ping) == (after, (HERE, ELSEWHERE))


def test_tomorrow_is_nine_where_the_sender_is() -> None:
    """A choice of time is meant in the time zone of whoever chose."""
    command = waiting_in(Waiting(act="mute", number=1, choice="tomorrow"), SENDER, DESK)
    assert isinstance(command, do.Mute)
    assert command.until == datetime(2026, 4, 2, 0, tzinfo=UTC)
    assert waiting_in(Waiting(act="snooze", number=1, choice="a year"), SENDER, DESK) is None


BASICS = Basics(
    name=Foreign("Tanuki"), staff_place=PlaceId("slack:T01:C01"), staff=(HERE,), leads=(), admins=()
)


def test_a_staff_place_that_was_not_entered_stays() -> None:
    """It may be on another platform, where this form cannot choose it; without any there is no desk."""
    known = a_desk(staff_place=PlaceId("discord:G1:7"))
    assert set_up(settings(staff_place=None), known).staff_place == "discord:G1:7"
    assert settings_in(settings(staff_place=None), SENDER, DESK, None) is None


def test_a_form_of_the_people_leaves_the_hours() -> None:
    """Where settings take two forms, the first changes nothing of what the second is about."""
    known = a_desk(
        staff_place=BASICS.staff_place,
        languages={BASICS.staff_place: "en"},
        quiet=Quiet(start=1, end=2, zone="Asia/Tokyo"),
    )
    command = set_up(BASICS, known)
    assert (command.languages, command.quiet_from, command.quiet_to) == ({BASICS.staff_place: "en"}, 1, 2)
    assert set_up(BASICS, None).languages == {BASICS.staff_place: ACTOR.lang}


def test_a_form_of_the_hours_leaves_the_people() -> None:
    """And the second nothing of the first; before the first it is about nothing."""
    hours = Hours(lang="en", quiet_from=3, quiet_to=4)
    known = a_desk(staff=(ELSEWHERE, HERE))
    command = set_up(hours, known)
    assert (command.staff, command.name, command.quiet_to) == ((ELSEWHERE, HERE), known.name, 4)
    assert settings_in(hours, SENDER, DESK, None) is None


@pytest.mark.parametrize(("name", "kind"), [("hold", do.Hold), ("assign", do.Assign), ("reopen", do.Reopen)])
def test_a_button_is_a_command_of_whoever_pressed(name: str, kind: type[do.OnInquiry]) -> None:
    """Its name says which, its number about what."""
    command = act_in(name, 7, DESK, ACTOR, Key("i:1"))
    assert isinstance(command, kind)
    assert (command.number, command.actor, command.key) == (7, ACTOR, "i:1")


def test_a_button_nobody_knows_is_none() -> None:
    """As one of an older version may be."""
    assert act_in("teleport", 7, DESK, ACTOR, Key("i:1")) is None


@pytest.mark.parametrize(("name", "asking"), [("seller", Asking.SELLER), ("", None), ("weather", None)])
def test_a_question_is_known_by_its_name(name: str, asking: Asking | None) -> None:
    """And none by one of long ago."""
    assert asking_in(name) is asking


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("12", 12),
        ("#12", 12),
        ("１２", 12),
        ("＃１２", 12),
        (" 1042 ", 1042),
        ("007", 7),
        ("", None),
        ("#", None),
        ("-1", None),
        ("1.5", None),
        ("twelve", None),
        ("12 13", None),
        ("9" * 5000, None),
    ],
)
def test_a_number_is_read_as_people_type_it(word: str, number: int | None) -> None:
    """Full width and a number sign are fine; anything else is no number."""
    assert number_in(word) == number
