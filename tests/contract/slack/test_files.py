"""Files on Slack, where it is unlike other platforms: what is posted, and how it is known where it stands."""

from tempfile import TemporaryFile

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.channels import notice_in
from adapters.slack.files import SlackCourier
from adapters.slack.parse import heard
from core.files import File, FileRef
from core.filing import Kept, Parcel
from core.ids import DeskId, NoticeId, PlaceId, WorkspaceId
from core.notices import Carried, Notice
from core.records import Party
from core.text import Foreign
from tests.emulators.samples import PNG
from tests.emulators.slack import Channel, Kind, Message, SlackEmulator
from tests.emulators.slack.wire import message_json
from tests.unit.wording.samples import BOOK

NOTICE = NoticeId("tanuki.7.2.0")


async def carry(slack: SlackEmulator, client: AsyncWebClient) -> tuple[str | None, list[Message]]:
    """A photo for a channel: what the courier says of it, and what stands there."""
    taro = slack.person("Taro")
    channel: Channel = slack.channel("support", members=[taro])
    files = (File(Foreign("a.png"), 1, "", FileRef("slack:T01:F01")),)
    notice = Notice(
        id=NOTICE,
        desk=DeskId("tanuki"),
        place=PlaceId(f"slack:{slack.team}:{channel.id}"),
        lang="en",
        what=Carried(number=7, by=Party.SELLER, name=Foreign("Acme"), files=files, limit=1),
        number=7,
        party=Party.STAFF,
    )
    with TemporaryFile() as content:
        content.write(PNG)
        content.seek(0)
        kept = Kept(digest="d", size=len(PNG), kind="image/png", name="a.png")
        courier = SlackCourier(client, BOOK, api=slack.base_url)
        said = await courier.carry(notice, [Parcel(kept=kept, content=content)], None, None)
    return said, list(channel.messages.values())


async def test_what_is_posted_is_not_asked_for_twice(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """Files that were posted are posted, also where Slack does not say as which message."""
    slack.faults.switch_on(Kind.RATE_LIMITED, "files.info")
    said, there = await carry(slack, client)
    assert said is None
    assert len(there) == 1


async def test_our_own_files_are_not_somebodys_words(slack: SlackEmulator, client: AsyncWebClient) -> None:
    """Slack has our user post the files, and no bot: they are known as ours by the notice they carry."""
    said, [message] = await carry(slack, client)
    body = message_json(slack.world, message)
    assert (said, notice_in(body)) == (message.ts, NOTICE)
    assert "bot_id" not in body
    assert heard(body, WorkspaceId(f"slack:{slack.team}"), PlaceId("slack:T01:C01")) is None
