"""What stands in the golden files, in format 1: every field with a value that is not its default."""

from datetime import UTC, datetime

from core.answers import Opened
from core.ids import DeskId, MessageId, NoticeId, PersonId, PlaceId, SellerId, WorkspaceId
from core.notices import Card, Notice, Reminded
from core.policy import Audience, Limits, Policy, Quiet, Rung, Step
from core.records import (
    Asking,
    Desk,
    Draft,
    Entered,
    Entry,
    Inquiry,
    Line,
    Outcome,
    Party,
    Person,
    Seller,
    Signed,
    Topic,
    Wish,
)
from core.text import Foreign

AT = datetime(2026, 7, 1, 12, 30, 15, 123_456, tzinfo=UTC)
HANA, REN = PersonId("slack:T01:U05"), PersonId("slack:T01:U06")
OFFICE = PlaceId("slack:T01:C01")
RUNG = Rung(86_400, Audience.SELLER, Step.REMINDER, 7)
QUIET = Quiet(22 * 60, 7 * 60, "Asia/Tokyo")

DESK = Desk(
    version=7,
    id=DeskId("tanuki"),
    name=Foreign("たぬき"),
    workspaces=(WorkspaceId("slack:T01"),),
    staff_place=OFFICE,
    staff=(REN,),
    leads=(REN,),
    admins=(REN,),
    languages={OFFICE: "en"},
    zone="Europe/Berlin",
    market="amazon-jp",
    quiet=QUIET,
    limits=Limits(3, 4),
    blocked=(HANA,),
)
SELLER = Seller(
    version=2,
    id=SellerId("acme"),
    desk=DeskId("tanuki"),
    name=Foreign("アクメ"),
    place=OFFICE,
    ping=(REN,),
    removed=True,
)
PERSON = Person(version=3, id=HANA, desk=DeskId("tanuki"), recent=(AT,))
DRAFT = Draft(
    version=4,
    person=HANA,
    desk=DeskId("tanuki"),
    asking=Asking.ORDER,
    seller=SellerId("acme"),
    order_number="503-1234567-1234567",
    topic=Topic.DAMAGED,
    wish=Wish.REPLACE,
    text=Foreign("割れていました"),
    files=2,
    kept={1042: Foreign("kept")},
)
INQUIRY = Inquiry(
    version=12,
    desk=DeskId("tanuki"),
    number=1042,
    buyer=HANA,
    buyer_name=Foreign("花"),
    seller=SellerId("acme"),
    seller_name=Foreign("アクメ"),
    order_number="503-1234567-1234567",
    topic=Topic.DAMAGED,
    wish=Wish.REPLACE,
    excerpt=Foreign("割れて…"),
    lines={Party.STAFF: Line(OFFICE, "en", MessageId("1700000000.000100"))},
    policy=Policy("amazon-jp", 1, 172_800, 43_200, (Rung(86_400, Audience.SELLER, Step.REMINDER, 7),), QUIET),
    opened_at=AT,
    anchor=AT,
    done=5,
    repeats=2,
    missed_at=AT,
    held_at=AT,
    answered_at=AT,
    acknowledged=Signed(REN, AT),
    assigned=REN,
    snoozed_until=AT,
    muted_until=AT,
    solved_asked_at=AT,
    outcome=Outcome.OTHER,
    closed_at=AT,
    messages=5,
)
ENTRY = Entry(
    kind=Entered.MESSAGE,
    at=AT,
    role=Party.BUYER,
    by=HANA,
    name=Foreign("花"),
    to=Party.SELLER,
    text=Foreign("割れていました"),
    detail="missed",
    files=1,
)
ANSWER = Opened(number=1042, seller=Foreign("アクメ"), due_at=AT)
NOTICE = Notice(
    id=NoticeId("tanuki.1042.12.0"),
    desk=DeskId("tanuki"),
    place=OFFICE,
    lang="ja",
    what=Reminded(number=1042, step=Step.REMINDER, due_at=AT, late=3),
    number=1042,
    party=Party.SELLER,
    mentions=(REN,),
    stamp="1782909015123",
)
CARD = Card(desk=DeskId("tanuki"), place=OFFICE, number=1042, party=Party.SELLER)
