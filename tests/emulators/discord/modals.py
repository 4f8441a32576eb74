"""Forms ("modals"): what Discord accepts of them, and what they hold before anybody touched them.

Asked by `interactions` when an app answers with one; `forms` is how a person uses it. Labels with text inputs
and selects, and the rows with text inputs that came before them; nothing else.
https://discord.com/developers/docs/components/reference#label
"""

from collections.abc import Iterator

from tests.emulators.discord.components import SELECTS, Kind, repeated_ids, select_problems
from tests.emulators.discord.problems import Problem, length, number, one_of, text
from tests.emulators.discord.records import Json

_MOST_COMPONENTS, _LONGEST_TEXT = 5, 4000
_FIELDS = SELECTS | {Kind.TEXT_INPUT}


def modal_problems(data: Json) -> Iterator[Problem]:
    """What is wrong with a form."""
    yield from text(data, "data", "title", 45)
    yield from text(data, "data", "custom_id", 100)
    components = data.get("components") or []
    if not 1 <= len(components) <= _MOST_COMPONENTS:
        yield length("data.components", 1, _MOST_COMPONENTS)
    for at, each in enumerate(components):
        yield from _component(each, f"data.components.{at}")
    yield from repeated_ids(components, "data.components")


def fields(body: Json) -> list[Json]:
    """The parts of a form that can be filled in, from the top, each with the label that stands over it."""
    found: list[Json] = []
    for each in body["components"]:
        if each["type"] == Kind.LABEL:
            found.append(each["component"] | {"label": each["label"]})
        elif each["type"] == Kind.ROW:
            found += each["components"]
    return found


def initial(field: Json) -> str | list[str]:
    """What a part holds at first: text, or the values that are chosen."""
    if field["type"] == Kind.TEXT_INPUT:
        return str(field.get("value") or "")
    if field["type"] == Kind.STRING_SELECT:
        return [each["value"] for each in field["options"] if each.get("default")]
    return [str(each["id"]) for each in field.get("default_values") or ()]


def _component(component: Json, path: str) -> Iterator[Problem]:
    match component.get("type"):
        case Kind.LABEL:
            yield from text(component, path, "label", 45)
            yield from text(component, path, "description", 100, optional=True)
            yield from _field(component.get("component") or {}, f"{path}.component", labelled=True)
        case Kind.ROW:
            for at, each in enumerate(component.get("components") or ()):
                yield from _field(each, f"{path}.components.{at}", labelled=False)
        case Kind.TEXT_DISPLAY:
            yield from text(component, path, "content", _LONGEST_TEXT)
        case _:
            yield one_of(f"{path}.type", [int(Kind.ROW), int(Kind.TEXT_DISPLAY), int(Kind.LABEL)])


def _field(field: Json, path: str, *, labelled: bool) -> Iterator[Problem]:
    allowed = _FIELDS if labelled else {Kind.TEXT_INPUT}
    if field.get("type") not in allowed:
        yield one_of(f"{path}.type", sorted(map(int, allowed)))
    elif field["type"] == Kind.TEXT_INPUT:
        yield from _text_input(field, path, labelled=labelled)
    else:
        yield from select_problems(field, path)
        if field.get("disabled"):
            yield Problem(
                f"{path}.disabled", "COMPONENT_DISABLED_IN_MODAL", "Selects in modals cannot be disabled"
            )
        if field.get("min_values") == 0 and field.get("required", True):
            yield Problem(f"{path}.min_values", "BASE_TYPE_MIN", "A required select needs at least one value")


def _text_input(field: Json, path: str, *, labelled: bool) -> Iterator[Problem]:
    if field.get("style") not in (1, 2):
        yield one_of(f"{path}.style", [1, 2])
    yield from text(field, path, "custom_id", 100)
    yield from text(field, path, "placeholder", 100, least=0, optional=True)
    yield from number(field, path, "min_length", 0, _LONGEST_TEXT)
    yield from number(field, path, "max_length", 1, _LONGEST_TEXT)
    yield from text(field, path, "value", field.get("max_length") or _LONGEST_TEXT, least=0, optional=True)
    if not labelled:
        yield from text(field, path, "label", 45)
    elif field.get("label") is not None:
        yield Problem(f"{path}.label", "COMPONENT_LABEL_IN_LABEL", "A text input within a label has no label")
