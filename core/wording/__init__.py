"""All that the desk says, by occasion; the words themselves are in core/locale.

Called by the adapters' `render` and `forms`, which turn the parts into their platform's text and add nothing
of their own. Pure, and without markup: which facts and which buttons somebody gets is decided here, never how
it looks.
"""

from core.wording.answers import answered
from core.wording.commands import COMMANDS, OPTIONS, command_about, command_word
from core.wording.dialogue import choices, desk_chosen, which_desk
from core.wording.faces import ACTS, face
from core.wording.forms import LATER, Field, Form, FormName, form, options
from core.wording.guide import greeting, help_on
from core.wording.lists import latest, left_out, list_line, listed, seller_line, sellers_listed, shortened
from core.wording.logs import log_lines
from core.wording.names import (
    BESIDES,
    button,
    outcome_name,
    party_name,
    place_dm,
    place_elsewhere,
    someone_elsewhere,
)
from core.wording.reading import Reader, plain, spelled
from core.wording.refusals import refused
from core.wording.told import told
from core.wording.why import why_this_deadline

__all__ = [
    "ACTS",
    "BESIDES",
    "COMMANDS",
    "LATER",
    "OPTIONS",
    "Field",
    "Form",
    "FormName",
    "Reader",
    "answered",
    "button",
    "choices",
    "command_about",
    "command_word",
    "desk_chosen",
    "face",
    "form",
    "greeting",
    "help_on",
    "latest",
    "left_out",
    "list_line",
    "listed",
    "log_lines",
    "options",
    "outcome_name",
    "party_name",
    "place_dm",
    "place_elsewhere",
    "plain",
    "refused",
    "seller_line",
    "sellers_listed",
    "shortened",
    "someone_elsewhere",
    "spelled",
    "told",
    "which_desk",
    "why_this_deadline",
]
