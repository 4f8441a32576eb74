"""What people entered in forms that were refused, until they have mended it.

Discord closes a form when it is sent. A new inquiry and a message are kept by the rules as the person's
draft; this keeps in the process what no draft holds (settings, notes), and what the store could not take.
Used by `submissions`, which keeps, and by `acts`, which opens the form again.
"""

from collections import OrderedDict

from adapters.discord.guest import Guest
from adapters.discord.inputs import Values
from core.ids import DeskId, WorkspaceId

_MOST = 1_000

_Name = tuple[int, WorkspaceId | None, DeskId | None, str, str]


class Kept:
    """The last entries of each person in each form of each guild, in direct messages of each desk."""

    def __init__(self) -> None:
        self._entered: OrderedDict[_Name, Values] = OrderedDict()

    def keep(self, guest: Guest, name: str, about: str, values: Values) -> None:
        """What somebody entered."""
        key = _name(guest, name, about)
        self._entered[key] = values
        self._entered.move_to_end(key)
        if len(self._entered) > _MOST:
            self._entered.popitem(last=False)

    def of(self, guest: Guest, name: str, about: str) -> Values:
        """What somebody entered last, and could not send."""
        return self._entered.get(_name(guest, name, about), {})

    def drop(self, guest: Guest, name: str, about: str) -> None:
        """It was sent."""
        self._entered.pop(_name(guest, name, about), None)


def _name(guest: Guest, name: str, about: str) -> _Name:
    return guest.user, guest.workspace, guest.desk, name, about
