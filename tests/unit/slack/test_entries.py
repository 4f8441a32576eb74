"""What was entered in a form, as a command: what the form can't show stays as it was."""

from datetime import UTC, datetime

import msgspec
import pytest

from adapters.slack.entries import Sender, command_in, seller_in, settings_in, waiting_in
from adapters.slack.submitted import (
    Closing,
    Noting,
    Opening,
    Removal,
    SellerEntry,
    Settings,
    Waiting,
    Writing,
)
from core import commands as do
from core.ids import DeskId, Key, PersonId, PlaceId, SellerId, WorkspaceId
from core.records import Outcome, Party, Topic, Wish
from core.text import Foreign
from tests.contract.store.things import a_desk, a_seller

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
DESK = DeskId("tanuki")
HERE, ELSEWHERE = PersonId("slack:T01:U1"), PersonId("discord:G1:5")
ACTOR = do.Actor(person=HERE, name=Foreign("Hana"), lang="ja", place=PlaceId("slack:T01:C01"))
SENDER = Sender(key=Key("v:V1"), actor=ACTOR, at=NOON, zone="Asia/Tokyo", workspace=WorkspaceId("slack:T01"))


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
    command = settings_in(settings(), SENDER, DESK, known)
    assert command.staff == (HERE, ELSEWHERE)
    assert command.leads == (ELSEWHERE,)
    assert command.admins == ()


def test_a_new_desk_has_only_whom_the_form_names() -> None:
    """Nothing is added where nothing was."""
    command = settings_in(settings(), SENDER, DESK, None)
    assert (command.staff, command.leads) == ((HERE,), ())
    assert command.languages == {command.staff_place: "ja"}


def test_quiet_hours_go_as_entered() -> None:
    """Both ends as entered, to be judged by the rules, in the sender's time zone for a new desk."""
    command = settings_in(settings(quiet_from=1320, quiet_to=None), SENDER, DESK, None)
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
