"""Every key there is: the table, and functions that give the names.

Used by all of this package; the tests hold what is in Redis against the table. A desk's keys all carry the
hash tag of its partition, so that one commit is one slot. Never reads or writes, but for the note of how many
partitions there are.
"""

from functools import lru_cache
from typing import Final, NamedTuple, NewType
from zlib import crc32

from redis.asyncio import Redis

from adapters.redis.wire import set_once
from core.errors import Misconfigured
from core.ids import DeskId, Key, LinkCode, MessageId, PersonId, PlaceId, WorkspaceId

PARTITIONS: Final = 64
DAY: Final = 86_400
SEEN_FOR: Final = 7 * DAY
PERSON_FOR: Final = DAY
KNOWN_FOR: Final = 365 * DAY
CODE_FOR: Final = 600
DRAFT_FOR: Final = 30 * DAY
TOLD_FOR: Final = 30 * DAY
CHANNEL: Final = "henji:queued"
"""Not a key: the channel on which a commit that queued something says so."""

Tag = NewType("Tag", str)
"""The hash tag of a partition: `{p07}`."""


class Kind(NamedTuple):
    """One kind of key. `lives` is in seconds, None for as long as what it belongs to."""

    pattern: str
    type: str
    lives: int | None
    writer: str
    holds: str


# Instants are microseconds since the epoch: alarms on the desk's clock, the other sorted sets on the store's.
TABLE: Final = (
    Kind("partitions", "string", None, "adopt_partitions", "how many partitions there are"),
    Kind("workspace:<workspace>", "string", None, "directory", "the desk a workspace belongs to"),
    Kind("code:<code>", "string", CODE_FOR, "directory", "the desk that another workspace joins by it"),
    Kind("guesses:<workspace>", "string", CODE_FOR, "directory", "how many codes were tried from there"),
    Kind("person:<person>", "hash", KNOWN_FOR, "directory", "lang -> their language; desk:<desk> -> nothing"),
    Kind(
        "gap:<platform>", "string", None, "directory", "when it was last out of hearing, on the desk's clock"
    ),
    Kind(
        "heard:<platform>", "string", None, "directory", "when it was last listened to, on the store's clock"
    ),
    Kind("<tag>:desks", "set", None, "commit", "the desks of the partition"),
    Kind("<tag>:alarms", "zset", None, "commit, ring", "desk.number by next alarm"),
    Kind("<tag>:ringing", "zset", None, "ring, commit", "desk.number by the end of its lease"),
    Kind(
        "<tag>:places",
        "zset",
        None,
        "commit, take, settle, wake",
        "desk:place with a queue, by its next turn",
    ),
    Kind(
        "<tag>:resting",
        "zset",
        None,
        "settle, commit, take",
        "desk:place with an empty queue, by its rest's end",
    ),
    Kind("<tag>:leases", "hash", None, "take, settle", "desk:place -> token|sent before"),
    Kind("<tag>:marks", "set", None, "commit, take", "desk.number.party whose card waits in a queue"),
    Kind("<tag>:desk:<desk>", "string", None, "commit", "version:record"),
    Kind("<tag>:sellers:<desk>", "hash", None, "commit", "seller -> version:record"),
    Kind("<tag>:count:<desk>", "string", None, "read, commit", "the last inquiry number given"),
    Kind("<tag>:index:<desk>:<index>", "zset", None, "commit", "inquiry numbers by the index's score"),
    Kind("<tag>:person:<desk>:<person>", "string", PERSON_FOR, "commit", "version:record"),
    Kind("<tag>:draft:<desk>:<person>", "string", DRAFT_FOR, "commit", "version:record"),
    Kind("<tag>:seen:<desk>:<key>", "string", SEEN_FOR, "commit", "what the command was answered"),
    Kind("<tag>:inquiry:<desk>.<number>", "string", None, "commit", "version:stamp:seller:record"),
    Kind("<tag>:log:<desk>.<number>", "list", None, "commit", "the inquiry's entries"),
    Kind(
        "<tag>:roots:<desk>.<number>", "hash", None, "settle", "party -> the message that is the line's card"
    ),
    Kind("<tag>:cards:<desk>:<place>", "hash", None, "settle", "a card's message -> number:party"),
    Kind(
        "<tag>:told:<desk>:<place>:<message>",
        "string",
        TOLD_FOR,
        "settle",
        "number:party of any other notice",
    ),
    Kind(
        "<tag>:queue:<desk>:<place>",
        "list",
        None,
        "commit, take, settle",
        "notices and card marks, see codec",
    ),
)


def tag_of(partition: int) -> Tag:
    """The hash tag of a partition by its number."""
    return Tag(f"{{p{partition:02d}}}")


TAGS: Final = tuple(tag_of(partition) for partition in range(PARTITIONS))


def partition_of(desk: DeskId) -> int:
    """The number of a desk's partition."""
    return crc32(desk.encode()) % PARTITIONS


@lru_cache(maxsize=65_536)
def tag(desk: DeskId) -> Tag:
    """The hash tag of a desk's partition."""
    return TAGS[partition_of(desk)]


async def adopt_partitions(client: Redis) -> None:
    """Write the number of partitions down at the first start; raises Misconfigured when it differs."""
    written = await set_once(client, "partitions", PARTITIONS)
    if int(written) != PARTITIONS:
        raise Misconfigured(
            "REDIS_URL",
            f"leads to a database whose desks are spread over {int(written)} partitions, not {PARTITIONS}.",
            "Run the release of Henji that wrote it, or name another database.",
        )


def workspace(workspace_id: WorkspaceId) -> str:
    """The directory's entry for a workspace."""
    return f"workspace:{workspace_id}"


def code(link_code: LinkCode) -> str:
    """A code by which a workspace joins a desk."""
    return f"code:{link_code}"


def guesses(workspace_id: WorkspaceId) -> str:
    """How many codes were tried from a workspace."""
    return f"guesses:{workspace_id}"


def known_person(person_id: PersonId) -> str:
    """The directory's entry for a person: their language, and the desks they have to do with."""
    return f"person:{person_id}"


def gap(platform: str) -> str:
    """The note of a platform's last gap."""
    return f"gap:{platform}"


def heard(platform: str) -> str:
    """The note of when a platform was last listened to."""
    return f"heard:{platform}"


def desks(tagged: Tag) -> str:
    """The desks of a partition."""
    return f"{tagged}:desks"


def alarms(tagged: Tag) -> str:
    """The alarms that wait."""
    return f"{tagged}:alarms"


def ringing(tagged: Tag) -> str:
    """The alarms leased to a sweep."""
    return f"{tagged}:ringing"


def places(tagged: Tag) -> str:
    """The places whose queue has items."""
    return f"{tagged}:places"


def resting(tagged: Tag) -> str:
    """The places that rest with an empty queue."""
    return f"{tagged}:resting"


def leases(tagged: Tag) -> str:
    """The leases of places, and what is known of attempts that ended otherwise."""
    return f"{tagged}:leases"


def marks(tagged: Tag) -> str:
    """The cards that wait in a queue."""
    return f"{tagged}:marks"


def desk(desk_id: DeskId) -> str:
    """A desk's record."""
    return f"{tag(desk_id)}:desk:{desk_id}"


def sellers(desk_id: DeskId) -> str:
    """All sellers of a desk."""
    return f"{tag(desk_id)}:sellers:{desk_id}"


def count(desk_id: DeskId) -> str:
    """A desk's counter of inquiries."""
    return f"{tag(desk_id)}:count:{desk_id}"


def index(desk_id: DeskId, name: str) -> str:
    """One of a desk's indexes."""
    return f"{tag(desk_id)}:index:{desk_id}:{name}"


def person(desk_id: DeskId, person_id: PersonId) -> str:
    """A person as a desk knows them."""
    return f"{tag(desk_id)}:person:{desk_id}:{person_id}"


def draft(desk_id: DeskId, person_id: PersonId) -> str:
    """A person's draft at a desk."""
    return f"{tag(desk_id)}:draft:{desk_id}:{person_id}"


def seen(desk_id: DeskId, key: Key) -> str:
    """What a command was answered."""
    return f"{tag(desk_id)}:seen:{desk_id}:{key}"


def inquiry(desk_id: DeskId, number: int | str) -> str:
    """An inquiry's record; with an empty number what all of the desk's begin with."""
    return f"{tag(desk_id)}:inquiry:{desk_id}.{number}"


def log(desk_id: DeskId, number: int) -> str:
    """An inquiry's log."""
    return f"{tag(desk_id)}:log:{desk_id}.{number}"


def roots(desk_id: DeskId, number: int) -> str:
    """The cards of an inquiry's lines."""
    return f"{tag(desk_id)}:roots:{desk_id}.{number}"


def cards(desk_id: DeskId, place: PlaceId) -> str:
    """The cards in a place."""
    return f"{tag(desk_id)}:cards:{desk_id}:{place}"


def told(desk_id: DeskId, place: PlaceId, message: MessageId) -> str:
    """Which line a delivered notice belongs to."""
    return f"{tag(desk_id)}:told:{desk_id}:{place}:{message}"


def queue(desk_id: DeskId, place: PlaceId) -> str:
    """What waits to be said in a place."""
    return f"{tag(desk_id)}:queue:{desk_id}:{place}"


def member(desk_id: DeskId, place: PlaceId) -> str:
    """A place as it stands in places, resting and leases; a desk's id holds no colon."""
    return f"{desk_id}:{place}"


def place_of(name: str) -> tuple[DeskId, PlaceId]:
    """The desk and place of a member."""
    desk_id, _, place = name.partition(":")
    return DeskId(desk_id), PlaceId(place)
