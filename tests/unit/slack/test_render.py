"""What is told on Slack, as blocks: valid, readable, and deaf to what people write."""

import itertools

import msgspec
import pytest

from adapters.slack import render
from adapters.slack.render import Drawn
from core.answers import Nothing, Question
from core.ids import LANGUAGES, PersonId, PlaceId
from core.notices import Asked, Held, Missed, Relayed
from core.records import Asking, Party, Signed
from core.refusal import Refusal
from core.said import PlaceName, Told
from core.text import Foreign, one_line
from tests.unit.drawn import DUE, HOSTILE, answers, asked, everything, inquiry
from tests.unit.slack.samples import notice, reader
from tests.unit.slack.seeing import actions, kinds, pings, problems, seen

SAFE = {"rich_text", "rich_text_section", "rich_text_quote", "text", "date", "user", "channel"}
CONTROLS = {"actions", "button", "plain_text", "external_select", "static_select", "None"}


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_person_pings_formats_or_breaks_a_notice(text: str) -> None:
    """Whatever people write, every notice is accepted, mentions nobody but the named, and has no mrkdwn."""
    for what, party, lang in itertools.product(everything(Foreign(text)), Party, LANGUAGES):
        drawn = render.notice(reader(lang), notice(what, party, "slack:T01:U07"))
        assert problems(drawn["blocks"]) == [], what
        assert pings(drawn) <= {"U07", "U05"}, what  # U05 is the buyer whose closed DM is named
        assert kinds(drawn["blocks"]) <= SAFE | CONTROLS, what


@pytest.mark.parametrize("text", HOSTILE)
def test_a_relayed_message_reads_as_it_was_written(text: str) -> None:
    """What the reader sees of a message is what was typed, to the character."""
    drawn = render.notice(
        reader(), notice(Relayed(number=7, by=Party.BUYER, name=Foreign("A"), text=Foreign(text)))
    )
    quote = [
        each for block in drawn["blocks"] for each in block["elements"] if each["type"] == "rich_text_quote"
    ]
    assert "".join(each["text"] for each in quote[0]["elements"]) == text
    assert all(len(each["text"]) <= 3_000 for each in quote[0]["elements"])


@pytest.mark.parametrize("text", HOSTILE)
def test_cards_and_answers_take_any_name(text: str) -> None:
    """Cards of every party and all answers are accepted and ping nobody, whatever people are called."""
    foreign = Foreign(text)
    cards = [render.card(reader(), inquiry(foreign), party) for party in Party]
    for drawn in [*cards, *(render.answer(reader(), each) for each in answers(foreign))]:
        assert problems(drawn["blocks"]) == []
        assert pings(drawn) <= {"U05"}
        assert kinds(drawn["blocks"]) <= SAFE | CONTROLS


def test_a_notice_mentions_exactly_the_people_meant() -> None:
    """Each person named is mentioned once, before the sentence; those of other platforms can't be."""
    people = ("slack:T01:U07", "slack:T01:U08", "slack:T01:U07", "discord:9:8", "slack:T02:U09")
    drawn = render.notice(
        reader(), notice(Missed(number=7, seller=Foreign("Acme"), due_at=DUE), Party.STAFF, *people)
    )
    assert pings(drawn) == {"U07", "U08"}
    assert seen(drawn).startswith("@U07 @U08 ")


def test_an_instant_is_shown_in_each_readers_own_zone() -> None:
    """A deadline goes to Slack as an instant, with words in the desk's zone for where it can't be shown."""
    drawn = render.notice(reader("ja"), notice(Held(number=7, due_at=DUE), Party.BUYER))
    dates = [each for each in drawn["blocks"][0]["elements"][0]["elements"] if each["type"] == "date"]
    assert [each["timestamp"] for each in dates] == [1_775_185_200]
    assert "12:00" in dates[0]["fallback"]
    assert "<!date^1775185200^{date_short_pretty} {time}|" in drawn["text"]


def test_the_buttons_of_a_card_carry_the_number_and_nothing_else() -> None:
    """A button names its act, its value is the inquiry's number; no row has more than five."""
    for party in Party:
        drawn = render.card(reader(), inquiry(Foreign("A")), party)
        assert set(actions(drawn).values()) == {"7"}
        assert all(name.startswith("act:") for name in actions(drawn))
        assert all(len(each["elements"]) <= 5 for each in drawn["blocks"] if each["type"] == "actions")


def test_a_notice_that_asks_something_has_its_buttons() -> None:
    """A refusal that offers to reopen has the button for it, about that inquiry."""
    drawn = render.answer(reader(), Refusal(reason="closed", number=7, offer="reopen"))
    assert actions(drawn) == {"act:reopen": "7"}


def test_the_seller_is_chosen_by_typing() -> None:
    """The question for the seller has a select with type-ahead, and a way out."""
    question = next(each for each in asked(Foreign("A")) if each.asking is Asking.SELLER)
    drawn = render.notice(reader(), notice(question, None))
    select = next(
        each for block in drawn["blocks"] for each in block["elements"] if each["type"] == "external_select"
    )
    assert select["action_id"] == "ask:seller"
    assert select["min_query_length"] == 0
    assert actions(drawn)["ask:seller:cancel"] == "cancel"


def test_few_choices_are_buttons_and_many_are_a_list() -> None:
    """Two inquiries to choose from are buttons; twenty are one select."""
    few = Asked(
        number=0,
        asking=Asking.WHICH,
        seller=Foreign(""),
        order_number="",
        text=Foreign(""),
        choices=(("7", Foreign("A")),),
    )
    many = Asked(
        number=0,
        asking=Asking.WHICH,
        seller=Foreign(""),
        order_number="",
        text=Foreign(""),
        choices=tuple((str(number), Foreign("A")) for number in range(20)),
    )
    assert actions(render.answer(reader(), Question(ask=few))) == {
        "ask:which:7": "7",
        "ask:which:new": "new",
        "ask:which:cancel": "cancel",
    }
    drawn = render.answer(reader(), Question(ask=many))
    assert list(actions(drawn)) == ["ask:which"]
    assert "static_select" in kinds(drawn["blocks"])


def test_nothing_to_say_is_nothing() -> None:
    """An answer without words draws neither text nor blocks."""
    assert render.answer(reader(), Nothing()) == Drawn(text="", blocks=[])


def test_a_name_cannot_turn_the_sentence_around_it() -> None:
    """A right-to-left name is isolated, and can't end the isolation itself."""
    closed = Relayed(number=7, by=Party.BUYER, name=Foreign("\u202eevil\u2069"), text=Foreign("hello"))
    drawn = render.notice(reader(), notice(closed, Party.SELLER))
    assert "\u2068\u202eevil\u2069" in seen(drawn)


def test_places_are_named_as_far_as_slack_knows_them() -> None:
    """A channel is linked, a DM named by its person, a place on Discord by its platform."""
    head = tuple(PlaceName(PlaceId(each)) for each in ("slack:T01:C05", "slack:T01:@U06", "discord:9:8"))
    drawn = render.draw(reader(), Told(head=head))
    assert "#C05" in seen(drawn)
    assert "@U06" in seen(drawn)
    assert "Discord" in seen(drawn)


def test_the_greeting_and_the_help_can_be_read() -> None:
    """A channel is greeted in two lines; what was typed after a command comes back as it was typed."""
    assert len(seen(render.welcome(reader())).splitlines()) == 2
    assert "/inquiry new" in seen(render.instructions(reader(), "inquiry"))
    assert "<!channel>" in seen(render.instructions(reader(), "inquiry", Foreign("<!channel>")))


@pytest.mark.parametrize("name", HOSTILE)
def test_staff_of_another_platform_are_named(name: str) -> None:
    """Whoever took it, or has seen it, on Discord: their name stands on Slack's card, and formats nothing."""
    person = PersonId("discord:users:5")
    taken = msgspec.structs.replace(
        inquiry(Foreign("Hana")),
        assigned=person,
        assigned_name=Foreign(name),
        acknowledged=Signed(person, DUE, Foreign(name)),
    )
    drawn = render.card(reader(), taken, Party.STAFF)
    assert problems(drawn["blocks"]) == []
    assert kinds(drawn["blocks"]) <= SAFE | CONTROLS
    assert seen(drawn).count(f"{one_line(Foreign(name))} (Discord)") == 2
