"""Slack's forms: what they begin with, and what comes back from them."""

import json
from typing import Any

import msgspec
import pytest

from adapters.slack import forms, submitted
from adapters.slack.mrkdwn import Json
from adapters.slack.parse import Malformed
from adapters.slack.written import filled_in
from core import entries
from core.answers import Did
from core.ids import LANGUAGES, PersonId, PlaceId, SellerId
from core.policy import Quiet
from core.records import Outcome, Party, ShownAs, Topic, Wish
from core.refusal import Refusal
from core.text import Foreign
from tests.contract.store.things import a_desk, a_draft
from tests.emulators.slack.elements import initial_state, value_in
from tests.emulators.slack.methods_views import check_view
from tests.unit.drawn import HOSTILE, seller
from tests.unit.slack.samples import WORKSPACE, reader

ME = PersonId("slack:T01:U07")
ELSEWHERE = PersonId("discord:9:8")
FULL = a_desk(
    staff=(ME, ELSEWHERE),
    leads=(ME,),
    admins=(ME,),
    quiet=Quiet(start=22 * 60, end=7 * 60 + 30, zone="Asia/Tokyo"),
    languages={PlaceId("slack:T01:C01"): "en"},
    shown_as=ShownAs.ROLE,
)


def all_forms(text: Foreign, lang: Any) -> list[Json]:
    """Every form, empty and filled in with `text`."""
    eyes = reader(lang)
    draft = a_draft(text.raw, order_number=text.raw, topic=Topic.RETURN, wish=Wish.REFUND, kept={7: text})
    return [
        forms.opening(eyes, None, None),
        forms.opening(eyes, draft, seller(text)),
        forms.setup(eyes, None, ME),
        forms.setup(eyes, msgspec.structs.replace(FULL, name=text), ME),
        forms.seller(eyes, FULL, None),
        forms.seller(eyes, FULL, seller(text)),
        forms.removal(eyes),
        *(forms.write(eyes, 7, to, draft) for to in (Party.BUYER, Party.SELLER)),
        forms.note(eyes, 7),
        forms.close(eyes, 7),
        forms.snooze(eyes, 7),
        forms.mute(eyes, 7),
        forms.told(eyes, "seller", Did(act="seller_removed", name=text, count=1)),
    ]


def returned(view: Json, **entered: Json) -> Json:
    """The view as Slack sends it back: what it began with, and what somebody entered."""
    values = initial_state(view["blocks"])
    for field, state in entered.items():
        [action] = values[field]
        values[field][action] |= state
    return view | {"state": {"values": values}}


@pytest.mark.parametrize("text", HOSTILE)
def test_every_form_is_one_that_slack_opens(text: str) -> None:
    """All forms keep Slack's limits in both languages, whatever is filled in."""
    for lang in LANGUAGES:
        for view in all_forms(Foreign(text), lang):
            assert list(check_view(view, "modal")) == [], view


def test_a_forms_metadata_is_a_name_and_no_right() -> None:
    """A view says which inquiry or seller it is about, and nothing else."""
    assert json.loads(forms.close(reader(), 7)["private_metadata"]) == {"number": 7}
    assert json.loads(forms.seller(reader(), FULL, seller(Foreign("A")))["private_metadata"]) == {
        "seller": "acme"
    }
    assert json.loads(forms.opening(reader(), None, None)["private_metadata"]) == {}


@pytest.mark.parametrize("text", [each for each in HOSTILE if len(each) <= 3_000])
def test_a_new_inquiry_comes_back_as_it_was_entered(text: str) -> None:
    """What a draft held is in the form, and is read back unchanged when it is sent; named emoji are emoji."""
    draft = a_draft(text, order_number=text, topic=Topic.RETURN, wish=Wish.REFUND)
    view = forms.opening(reader(), draft, seller(Foreign(text)))
    assert submitted.read(returned(view), WORKSPACE) == entries.Opening(
        seller=SellerId("acme"), order_number=text, topic=Topic.RETURN, wish=Wish.REFUND, text=filled_in(text)
    )


def test_a_draft_too_long_for_a_form_begins_it() -> None:
    """Of a text longer than Slack's entries hold, the form shows the beginning."""
    view = forms.write(reader(), 7, Party.SELLER, a_draft(kept={7: Foreign("a" * 5_000)}))
    entered = submitted.read(returned(view), WORKSPACE)
    assert entered == entries.Writing(number=7, to=Party.SELLER, text=Foreign("a" * 3_000))


def test_a_desks_settings_come_back_as_they_were() -> None:
    """Saving the unchanged form changes nothing of what this workspace can show."""
    view = forms.setup(reader(), FULL, ME)
    assert submitted.read(returned(view), WORKSPACE) == entries.Settings(
        name=FULL.name,
        staff_place=PlaceId("slack:T01:C01"),
        staff=(ME,),
        leads=(ME,),
        admins=(ME,),
        lang="en",
        quiet_from=22 * 60,
        quiet_to=7 * 60 + 30,
        shown_as=ShownAs.ROLE,
    )


def test_a_sellers_entry_comes_back_as_it_was() -> None:
    """Name, channel, people and language of a seller survive the form; an empty channel is none."""
    known = msgspec.structs.replace(seller(Foreign("Acme")), ping=(ME,))
    entry = submitted.read(returned(forms.seller(reader(), FULL, known)), WORKSPACE)
    assert entry == entries.SellerEntry(
        seller=SellerId("acme"), name=Foreign("Acme"), place=known.place, lang="en", ping=(ME,)
    )
    fresh = forms.seller(reader("ja"), FULL, None)
    entry = submitted.read(returned(fresh, name={"value": "New"}), WORKSPACE)
    assert entry == entries.SellerEntry(seller=None, name=Foreign("New"), place=None, lang="ja", ping=())


def test_what_is_decided_by_radio_buttons_is_read() -> None:
    """An outcome and an end of a snooze are the options chosen."""
    closing = returned(forms.close(reader(), 7), outcome={"selected_option": {"value": "refunded"}})
    assert submitted.read(closing, WORKSPACE) == entries.Closing(number=7, outcome=Outcome.REFUNDED)
    mute = returned(forms.mute(reader(), 7), until={"selected_option": {"value": "tomorrow"}})
    assert submitted.read(mute, WORKSPACE) == entries.Waiting(act="mute", number=7, choice="tomorrow")


def test_a_form_of_long_ago_is_refused_as_such() -> None:
    """A view that is not ours, or lacks what it should hold, is Malformed and not a crash."""
    view = returned(forms.close(reader(), 7))
    for broken in (view, view | {"callback_id": "form:gone"}, view | {"private_metadata": "{}"}):
        with pytest.raises(Malformed):
            submitted.read(broken, WORKSPACE)


def test_a_refusal_stands_below_the_entry_it_is_about() -> None:
    """Slack is told the block by the field's name; a refusal about no entry stands below the last one."""
    view = forms.opening(reader(), None, None)
    refusal = Refusal(
        reason="order_number", field="order_number", text=Foreign("<1>"), example="503-1234567-1234567"
    )
    errors = forms.refused(reader(), view, refusal)["errors"]
    assert list(errors) == ["order_number"]
    assert "<1>" in errors["order_number"]
    assert list(forms.refused(reader(), view, Refusal(reason="blocked"))["errors"]) == ["text"]


def test_sellers_are_offered_by_name() -> None:
    """The answer to typing is a list of sellers; a name with markup stays a name."""
    assert forms.offered([seller(Foreign("A & <B>"))]) == {
        "options": [
            {"text": {"type": "plain_text", "text": "A &amp; &lt;B&gt;", "emoji": False}, "value": "acme"}
        ]
    }


def test_people_of_other_platforms_are_not_shown() -> None:
    """A Slack form shows the staff of its own workspace only."""
    staff = next(
        each for each in forms.setup(reader(), FULL, ME)["blocks"] if each.get("block_id") == "staff"
    )
    assert value_in(initial_state([staff])["staff"]["form:staff"]) == ["U07"]
