"""What people entered in forms that were refused, until they have mended it.

Discord closes a form when it is sent. A new inquiry and a message are kept by the rules as the person's
draft; this keeps in the process what no draft holds (settings, notes), and what the store could not take.
Used by `submissions`, which keeps, and by `acts`, which opens the form again.
"""

from collections import OrderedDict

from adapters.discord.inputs import Values
from adapters.discord.parse import FormId

_MOST = 1_000


class Kept:
    """The last entries of each person in each form."""

    def __init__(self) -> None:
        self._entered: OrderedDict[tuple[int, str, str], Values] = OrderedDict()

    def keep(self, user: int, form: FormId, values: Values) -> None:
        """What somebody entered."""
        self._entered[user, form.name, form.about] = values
        self._entered.move_to_end((user, form.name, form.about))
        if len(self._entered) > _MOST:
            self._entered.popitem(last=False)

    def of(self, user: int, name: str, about: str) -> Values:
        """What somebody entered last, and could not send."""
        return self._entered.get((user, name, about), {})

    def drop(self, user: int, form: FormId) -> None:
        """It was sent."""
        self._entered.pop((user, form.name, form.about), None)
