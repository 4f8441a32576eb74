"""A refusal: what was not done, and what the person can change about it.

Raised by the rules inside `core.errors.Refused`, told as an answer or beside a dialogue's question.
"""

from datetime import datetime

import msgspec

from core.files import Left
from core.text import Foreign


class Refusal(msgspec.Struct, frozen=True, tag_field="k", tag="refusal"):
    """It was not done, and this is what to change.

    `field` names the entry of a form it is about; `offer` an act that would help (`reopen`, `edit`); `kept`
    tells that what was written is in the draft; `left` are files that were left behind.
    """

    reason: str
    field: str = ""
    number: int | None = None
    limit: int | None = None
    got: int | None = None
    text: Foreign = Foreign("")
    until: datetime | None = None
    offer: str = ""
    example: str = ""
    kept: bool = False
    left: tuple[Left, ...] = ()
