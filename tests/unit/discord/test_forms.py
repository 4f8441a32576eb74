"""Forms on Discord: within its limits, and read back as they were filled in."""

from typing import Any

import discord
import msgspec
import pytest

from adapters.discord import forms
from adapters.discord.inputs import Values
from adapters.discord.parse import FormId, Malformed, person_of, place_of, role_of
from adapters.discord.submitted import Submitted, read, values_in
from core import entries
from core.errors import Refused
from core.ids import LANGUAGES, Lang, PlaceId, SellerId
from core.markup import typed
from core.policy import Quiet
from core.records import Draft, Outcome, Party, ShownAs, Topic, Wish
from core.text import Foreign
from core.wording import Reader
from tests.contract.store.things import a_desk, a_draft, a_seller
from tests.emulators.discord.modals import fields, initial, modal_problems
from tests.unit.discord.payloads import CHANNEL, GUILD, HANAKO, ROLE, library
from tests.unit.discord.samples import HOSTILE, reader

ME, AGENTS = person_of(HANAKO), role_of(GUILD, ROLE)
ELSEWHERE = PlaceId("slack:T01:C01")
HERE = place_of(GUILD, CHANNEL)
DESK = a_desk(
    staff_place=HERE,
    staff=(ME, AGENTS, role_of(GUILD, 404), role_of(10, ROLE)),
    leads=(ME,),
    admins=(),
    languages={HERE: "en"},
    quiet=Quiet(start=22 * 60, end=7 * 60 + 5, zone="Asia/Tokyo"),
    shown_as=ShownAs.ROLE,
)
SELLER = a_seller(place=HERE, ping=(ME, AGENTS))


def guild() -> discord.Guild:
    """The guild, as the library knows it."""
    known = library().get_guild(GUILD)
    assert known is not None
    return known


def about(name: str, what: str = "") -> FormId:
    """A form somebody has just opened."""
    return FormId(name=name, about=what, opened="175928847299117099")


def all_forms(text: str, lang: Lang) -> list[discord.ui.Modal]:
    """Every form, with this text wherever one can stand."""
    to, where = reader(lang), guild()
    draft = a_draft(text, order_number=text, topic=Topic.RETURN, wish=Wish.REFUND, kept={7: Foreign(text)})
    named = msgspec.structs.replace(DESK, name=Foreign(text))
    listed = msgspec.structs.replace(SELLER, name=Foreign(text))
    filled: list[tuple[FormId, Values]] = [
        (about("new", "x" * 40), forms.of_draft(draft)),
        (about("setup"), forms.of_desk(named, ME, where)),
        (about("hours"), forms.of_hours(named, to)),
        (about("seller", "acme"), forms.of_seller(named, listed, to, where)),
        *((about(name, "7"), forms.of_message(draft, 7)) for name in sorted(forms.ABOUT_ONE)),
    ]
    built = [forms.build(to, which, values, example=text[:20]) for which, values in filled]
    built += [forms.build(to, which, {}) for which, _ in filled]
    return [form for form in built if form is not None]


def sent(form: discord.ui.Modal, **entered: Any) -> Submitted:
    """A form sent as it stands, but for what was entered."""
    body = form.to_dict()
    components, roles = [], set[str]()
    for field in fields(body):
        begun = initial(field)
        value = entered.get(field["custom_id"], begun)
        name = "value" if isinstance(value, str) else "values"
        component = {"type": field["type"], "custom_id": field["custom_id"], name: value}
        components.append({"type": 18, "component": component})
        roles |= {each["id"] for each in field.get("default_values") or () if each["type"] == "role"}
    resolved: dict[str, Any] = {"roles": {str(each): {} for each in roles}}
    data = {"custom_id": body["custom_id"], "components": components, "resolved": resolved}
    name, what = str(body["custom_id"]).split(":")[1:3]
    return read(about(name, what), values_in(data), GUILD)


async def built(which: FormId, values: Values, to: Reader | None = None) -> discord.ui.Modal:
    """One form."""
    form = forms.build(to or reader(), which, values)
    assert form is not None
    return form


@pytest.mark.parametrize("text", HOSTILE)
async def test_every_form_is_one_that_discord_opens(text: str) -> None:
    """All forms keep Discord's limits in both languages, whatever is filled in."""
    for lang in LANGUAGES:
        made = all_forms(text, lang)
        assert len(made) == 22
        for form in made:
            assert list(modal_problems(form.to_dict())) == [], form.to_dict()


async def test_the_library_keeps_nothing_of_a_form() -> None:
    """What is entered comes back by its names, after a restart too."""
    assert all(form.is_finished() for form in all_forms("x", "en"))


async def test_a_form_nobody_knows_is_none() -> None:
    """As one of another version may be."""
    assert forms.build(reader(), about("fly"), {}) is None


@pytest.mark.parametrize("text", [each for each in HOSTILE if 0 < len(each) <= 4_000])
async def test_a_new_inquiry_comes_back_as_it_was_entered(text: str) -> None:
    """What a draft held is in the form, and is read back unchanged when it is sent."""
    draft = a_draft(text, order_number=text, topic=Topic.RETURN, wish=Wish.REFUND)
    form = await built(about("new", "acme"), forms.of_draft(draft))
    assert sent(form) == entries.Opening(
        seller=SellerId("acme"), order_number=text, topic=Topic.RETURN, wish=Wish.REFUND, text=typed(text)
    )


async def test_a_desks_people_come_back_as_they_were() -> None:
    """Saving the unchanged form changes nothing of what this guild can show."""
    form = await built(about("setup"), forms.of_desk(DESK, ME, guild()))
    assert sent(form) == entries.Basics(
        name=DESK.name, staff_place=HERE, staff=(ME, AGENTS), leads=(ME,), admins=()
    )


async def test_a_desks_hours_come_back_as_they_were() -> None:
    """Its language, what people see of each other, and quiet hours as people write them."""
    form = await built(about("hours"), forms.of_hours(DESK, reader("ja")))
    assert sent(form) == entries.Hours(
        lang="en", quiet_from=22 * 60, quiet_to=7 * 60 + 5, shown_as=ShownAs.ROLE
    )


async def test_a_seller_comes_back_as_they_were() -> None:
    """Name, channel, whom to ping, language."""
    form = await built(about("seller", SELLER.id), forms.of_seller(DESK, SELLER, reader(), guild()))
    assert sent(form) == entries.SellerEntry(
        seller=SELLER.id, name=SELLER.name, place=HERE, lang="en", ping=(ME, AGENTS)
    )


async def test_who_sets_up_a_new_desk_is_proposed() -> None:
    """As its staff, and as who may change it."""
    form = await built(about("setup"), forms.of_desk(None, ME, guild()))
    entered = sent(form, name="Tanuki", staff_place=[str(CHANNEL)])
    assert isinstance(entered, entries.Basics)
    assert (entered.staff, entered.admins, entered.leads) == ((ME,), (ME,), ())


async def test_what_is_elsewhere_may_stay_empty() -> None:
    """A staff place of another platform can't be shown here, and has not to be chosen anew."""
    for desk, needed in ((DESK, True), (a_desk(staff_place=ELSEWHERE, staff=()), False)):
        form = await built(about("setup"), forms.of_desk(desk, ME, guild()))
        (place,) = [each for each in fields(form.to_dict()) if each["custom_id"] == "staff_place"]
        assert place["required"] is needed


@pytest.mark.parametrize(
    ("name", "entered", "expected"),
    [
        ("reply", {"text": "x"}, entries.Writing(number=7, to=None, text=Foreign("x"))),
        ("write_buyer", {"text": "x"}, entries.Writing(number=7, to=Party.BUYER, text=Foreign("x"))),
        ("write_seller", {"text": "x"}, entries.Writing(number=7, to=Party.SELLER, text=Foreign("x"))),
        ("note", {"text": "x"}, entries.Noting(number=7, text=Foreign("x"))),
        ("close", {"outcome": ["solved"]}, entries.Closing(number=7, outcome=Outcome.SOLVED)),
        ("snooze", {"until": ["1h"]}, entries.Waiting(act="snooze", number=7, choice="1h")),
        ("mute", {"until": ["7d"]}, entries.Waiting(act="mute", number=7, choice="7d")),
    ],
)
async def test_a_form_about_an_inquiry_says_one_thing(
    name: str, entered: dict[str, Any], expected: Submitted
) -> None:
    """And which inquiry it is about."""
    assert sent(await built(about(name, "7"), {}), **entered) == expected


async def test_a_kept_message_begins_its_form() -> None:
    """Only the one for the same inquiry."""
    draft: Draft = a_draft(kept={7: Foreign("too fast")})
    for number, begins in ((7, "too fast"), (8, "")):
        entered = sent(await built(about("reply", str(number)), forms.of_message(draft, number)))
        assert isinstance(entered, entries.Writing)
        assert entered.text.raw == begins


@pytest.mark.parametrize("typed_time", ["24:00", "7:60", "noon", "7", "-1:00", "7:5", "٧:٠٠x"])
async def test_what_is_no_time_of_day_is_refused(typed_time: str) -> None:
    """It says what was typed."""
    form = await built(about("hours"), forms.of_hours(DESK, reader()))
    with pytest.raises(Refused) as caught:
        sent(form, quiet_from=typed_time)
    assert (caught.value.refusal.reason, caught.value.refusal.field) == ("time", "quiet_from")
    assert caught.value.refusal.text.raw == typed_time


@pytest.mark.parametrize(
    ("typed_time", "minutes"),
    [("7:00", 420), ("０７：３０", 450), (" 23:59 ", 1439), ("0:00", 0), ("", None)],
)
async def test_a_time_of_day_is_read_as_people_type_it(typed_time: str, minutes: int | None) -> None:
    """Full width and without a leading zero too; nothing is no time."""
    form = await built(about("hours"), forms.of_hours(DESK, reader()))
    entered = sent(form, quiet_from=typed_time)
    assert isinstance(entered, entries.Hours)
    assert entered.quiet_from == minutes


@pytest.mark.parametrize(
    ("which", "values"),
    [
        (about("fly"), {}),
        (about("close", "7"), {}),
        (about("close", "7"), {"outcome": ("eaten",)}),
        (about("note", "seven"), {"text": ("x",)}),
        (about("new", "acme"), {"topic": ("weather",), "wish": ("refund",)}),
        (about("seller"), {"lang": ("fr",)}),
        (about("setup"), {"staff_place": ("somewhere",)}),
        (about("hours"), {"lang": ("ja",), "shown_as": ("a king",)}),
    ],
)
def test_what_no_form_of_ours_holds_is_malformed(which: FormId, values: Values) -> None:
    """Forged, or of another version."""
    with pytest.raises(Malformed):
        read(which, values, GUILD)


@pytest.mark.parametrize(
    "data", [{}, {"components": [1]}, {"components": [{"component": {}}]}, {"components": None}]
)
def test_what_has_no_shape_is_malformed(data: dict[str, Any]) -> None:
    """Nothing breaks on what no client sends."""
    with pytest.raises(Malformed):
        values_in(data)
