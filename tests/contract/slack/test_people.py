"""People as Slack tells about them, and what is made of it when Slack does not."""

import pytest

from adapters.slack.people import People, Profile
from core.text import Foreign
from tests.clocks import HandClock
from tests.emulators.slack import Kind, SlackEmulator

USERS_INFO = "users.info"


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("en-GB", "en"), ("de-DE", "en"), ("", "ja")])
async def test_people_are_spoken_to_in_their_language(
    slack: SlackEmulator, people: People, locale: str, lang: str
) -> None:
    """Japanese to who reads it, English to others, and the desk's language where Slack does not say."""
    person = slack.person("花子", locale=locale, tz="Asia/Tokyo")
    profile = await people.of(person.id)
    assert (profile.name, profile.lang, profile.zone) == (Foreign("花子"), lang, "Asia/Tokyo")


async def test_who_runs_the_workspace_is_known(slack: SlackEmulator, people: People) -> None:
    """Admins are told from the others."""
    assert (await people.of(slack.person("Boss", admin=True).id)).admin
    assert not (await people.of(slack.person("Taro").id)).admin


async def test_slack_is_asked_once_in_a_while(slack: SlackEmulator, people: People, clock: HandClock) -> None:
    """What is known is not asked again for a quarter of an hour; then a new name is learned."""
    person = slack.person("Taro")
    for _ in range(3):
        await people.of(person.id)
    assert len(slack.calls) == 1
    slack.world.users[person.id].name = "Taro Yamada"
    clock.advance(minutes=15)
    assert (await people.of(person.id)).name == Foreign("Taro Yamada")


async def test_someone_slack_will_not_tell_about_is_called_by_id(
    slack: SlackEmulator, people: People
) -> None:
    """Nobody is kept waiting for a name: the id serves, and the next time Slack is asked again."""
    person = slack.person("Taro")
    slack.faults.switch_on(Kind.REFUSED, USERS_INFO, times=1)
    assert await people.of(person.id) == Profile(name=Foreign(person.id), lang="ja", zone="Asia/Tokyo")
    assert people.known(person.id) is None
    assert (await people.of(person.id)).name == Foreign("Taro")
    assert people.known(person.id) == "Taro"


async def test_what_was_known_serves_while_slack_is_away(
    slack: SlackEmulator, people: People, clock: HandClock
) -> None:
    """An old profile is better than none."""
    person = slack.person("Taro")
    await people.of(person.id)
    clock.advance(hours=1)
    slack.faults.switch_on(Kind.RATE_LIMITED, USERS_INFO)
    assert (await people.of(person.id)).name == Foreign("Taro")
