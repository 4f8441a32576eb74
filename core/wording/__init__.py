"""All that the desk says, by occasion; the words themselves are in core/locale.

Called by the adapters' `render` and `forms`, which turn the parts into their platform's text and add nothing of their
own. Pure, and without markup: which facts and which buttons somebody gets is decided here, never how it looks.
"""

from core.wording.answers import answered
from core.wording.dialogue import choices
from core.wording.faces import ACTS, face
from core.wording.forms import Field, Form, form, options
from core.wording.guide import greeting, help_on
from core.wording.lists import listed, sellers_listed
from core.wording.logs import log_lines
from core.wording.told import told
from core.wording.why import why_this_deadline

__all__ = [
    "ACTS",
    "Field",
    "Form",
    "answered",
    "choices",
    "face",
    "form",
    "greeting",
    "help_on",
    "listed",
    "log_lines",
    "options",
    "sellers_listed",
    "told",
    "why_this_deadline",
]
