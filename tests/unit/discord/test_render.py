"""What is told on Discord: accepted, readable, and deaf to what people write."""

import itertools

import pytest

from adapters.discord import render
from adapters.discord.blocks import Drawn, Select, editing, pieces_of, sending
from core.answers import Nothing, Question
from core.ids import LANGUAGES, NoticeId, PersonId
from core.notices import Asked, Held, Missed, Relayed
from core.records import Asking, Party
from core.refusal import Refusal
from core.said import Told
from core.text import Foreign
from core.wording import Reader
from tests.unit.discord.samples import HANAKO, HOSTILE, STAFF, TARO, direct, notice, reader
from tests.unit.discord.seeing import buttons, problems, seen, styles, told
from tests.unit.drawn import DUE, answers, asked, everything, inquiry

OURS = {"bold", "quote", "mention", "timestamp"}
AS_CODE = OURS | {"code_block"}


def relayed(text: str) -> Relayed:
    """A message of the buyer's."""
    return Relayed(number=7, by=Party.BUYER, name=Foreign("A"), text=Foreign(text))


def characters(text: str) -> str:
    """What can be seen of a text, without the marks of its quotes and with what looks alike made alike."""
    return "".join(text.replace("\u200b", "").replace("\u02cb", "`").replace("> ", "").split())


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_text_of_a_person_pings_formats_or_breaks_a_notice(text: str) -> None:
    """Whatever people write, every notice is accepted, tells only the named, and is drawn by us alone."""
    for what, party, lang in itertools.product(everything(Foreign(text)), Party, LANGUAGES):
        drawn = render.notice(reader(lang), notice(what, party, HANAKO))
        assert problems(drawn) == [], what
        assert told(drawn) == {"7"}, what
        assert styles(drawn) <= AS_CODE, what


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_relayed_message_reads_as_it_was_written(text: str) -> None:
    """No word of a message is lost, however long its escaping makes it."""
    shown = seen(render.notice(reader(), notice(relayed(text))))
    assert characters(text) in characters(shown)


async def test_a_long_message_is_one_message() -> None:
    """4,000 plain characters are quoted in one embed; with much to escape, in two; with more, as code."""
    plain, some, most = ("x" * 4_000, "snake_case words " * 235, "*" * 4_000)
    assert [len(render.notice(reader(), notice(relayed(text))).embeds) for text in (plain, some, most)] == [
        1,
        2,
        1,
    ]
    assert "code_block" not in styles(render.notice(reader(), notice(relayed(some))))
    assert "code_block" in styles(render.notice(reader(), notice(relayed(most))))


@pytest.mark.parametrize("text", HOSTILE)
async def test_cards_and_answers_take_any_name(text: str) -> None:
    """Cards of every party and all answers are accepted and tell nobody, whatever people are called."""
    foreign = Foreign(text)
    cards = [render.card(reader(), inquiry(foreign), party) for party in Party]
    for drawn in [*cards, *(render.answer(reader(), each) for each in answers(foreign) if each != Nothing())]:
        assert problems(drawn) == []
        assert told(drawn) == set()
        assert styles(drawn) <= AS_CODE


async def test_a_notice_tells_exactly_the_people_meant() -> None:
    """Each person and role named is mentioned once, before the sentence; those who are not here can't be."""
    people = (HANAKO, STAFF, HANAKO, PersonId("discord:4:&3"), PersonId("slack:T02:U09"), TARO)
    drawn = render.notice(
        reader(), notice(Missed(number=7, seller=Foreign("Acme"), due_at=DUE), Party.STAFF, *people)
    )
    assert told(drawn) == {"7", "5", "6"}
    assert drawn.content.startswith("<@7> <@&5> <@6> ")


async def test_a_crowd_is_named_as_far_as_a_message_goes() -> None:
    """Of two hundred people the first are told, and the message is not too long."""
    crowd = tuple(PersonId(f"discord:users:{100_000_000_000_000_000 + n}") for n in range(200))
    drawn = render.notice(reader(), notice(Held(number=7, due_at=DUE), Party.BUYER, *crowd))
    assert problems(drawn) == []
    assert len(told(drawn)) > 70


async def test_a_message_carries_the_id_by_which_it_is_found() -> None:
    """In its small print, after the inquiry's number; an answer in its place keeps it."""
    drawn = render.notice(reader(), notice(Held(number=7, due_at=DUE), Party.BUYER))
    assert drawn.embeds[-1].footer.text == "#7 · tanuki.7.2.0"
    assert render.notice_of("#7 · tanuki.7.2.0") == "tanuki.7.2.0"
    card = render.card(reader(), inquiry(Foreign("A")), Party.STAFF)
    assert render.notice_of(str(card.embeds[-1].footer.text)).endswith(".7.ct")
    kept = render.answer(reader(), Question(ask=asked(Foreign("A"))[0]), notice=NoticeId("tanuki..1.0"))
    assert kept.embeds[-1].footer.text == "tanuki..1.0"


async def test_the_buttons_of_a_card_carry_the_number_and_nothing_else() -> None:
    """A button names its act and the inquiry's number."""
    for party in Party:
        for each in buttons(render.card(reader(), inquiry(Foreign("A")), party)):
            kind, act, number = each.split(":")
            assert (kind, number) == ("act", "7")
            assert act


async def test_a_notice_that_asks_something_has_its_buttons() -> None:
    """A refusal that offers to reopen has the button for it, about that inquiry."""
    drawn = render.answer(reader(), Refusal(reason="closed", number=7, offer="reopen"))
    assert buttons(drawn) == ["act:reopen:7"]


async def test_few_choices_are_buttons_and_many_are_a_list() -> None:
    """Two inquiries to choose from are buttons; a hundred are one list, with what can always be chosen."""

    def which(count: int) -> Drawn:
        choices = tuple((str(number), Foreign("A")) for number in range(count))
        ask = Asked(
            number=0,
            asking=Asking.WHICH,
            seller=Foreign(""),
            order_number="",
            text=Foreign(""),
            choices=choices,
        )
        return render.answer(reader(), Question(ask=ask))

    assert buttons(which(1)) == ["ask:which:0", "ask:which:new", "ask:which:cancel"]
    many = which(100)
    assert problems(many) == []
    [[select]] = many.components
    assert isinstance(select, Select)
    assert select.custom_id == "ask:which"
    assert [value for value, _ in select.options] == [*map(str, range(23)), "new", "cancel"]


async def test_nothing_to_say_is_nothing() -> None:
    """An answer without words draws nothing."""
    assert not render.answer(reader(), Nothing())


async def test_an_edit_tells_nobody_and_leaves_nothing_of_what_was_there() -> None:
    """Mentions are not parsed anew, and buttons that are not drawn any more are taken away."""
    drawn = render.draw(reader(), Told(head=("Done.",)), mentions=(HANAKO,))
    edit = editing(drawn)
    assert edit["view"] is None
    assert edit["embeds"] == []
    silent = edit["allowed_mentions"]
    assert (silent.everyone, silent.users, silent.roles) == (False, False, False)


async def test_the_library_keeps_no_state_of_buttons() -> None:
    """The controls are finished when they are sent: what they do is known by their ids alone."""
    view = sending(render.card(reader(), inquiry(Foreign("A")), Party.BUYER))["view"]
    assert view.is_finished()


@pytest.mark.parametrize("person", [reader(), direct()])
async def test_the_greeting_and_the_help_can_be_read(person: Reader) -> None:
    """Henji greets in two lines; what was typed after a command comes back as it was typed."""
    assert len(seen(render.welcome(person)).splitlines()) == 2
    assert "/inquiry new" in seen(render.instructions(person, "inquiry"))
    assert "@everyone" in seen(render.instructions(person, "inquiry", Foreign("@everyone")))


def test_a_text_is_parted_where_a_line_or_a_word_ends() -> None:
    """Else anywhere, but never between a backslash and what it takes the meaning from."""
    assert pieces_of("aaaa bbbb cccc", 10) == ["aaaa bbbb", "cccc"]
    assert pieces_of("aaaa\nbbbb cccc", 8) == ["aaaa", "bbbb", "cccc"]
    assert pieces_of("\\*" * 5, 5) == ["\\*\\*", "\\*\\*", "\\*"]
    assert pieces_of("\\\\" * 3, 3) == ["\\\\", "\\\\", "\\\\"]
