"""Buttons and selects: what Discord accepts of them, and the ids it gives them.

Asked for every message that carries some, and by `modals` for the selects of forms. Text inputs and labels
are in `modals`. https://discord.com/developers/docs/components/reference
"""

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from itertools import count
from typing import Any

from tests.emulators.discord.problems import Problem, as_errors, length, number, one_of, required, text
from tests.emulators.discord.records import Json


class Kind(IntEnum):
    """The numbers of the components that the emulator knows."""

    ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    TEXT_DISPLAY = 10
    LABEL = 18


SELECTS = frozenset(
    {
        Kind.STRING_SELECT,
        Kind.USER_SELECT,
        Kind.ROLE_SELECT,
        Kind.MENTIONABLE_SELECT,
        Kind.CHANNEL_SELECT,
    }
)
LINK_STYLE = 5
_MOST_ROWS, _MOST_BUTTONS, _MOST_OPTIONS = 5, 5, 25


def component_problems(components: list[Json]) -> Json:
    """What is wrong with a message's components, as the tree below `components` of an error 50035."""
    return as_errors(_rows(components))


def numbered(components: list[Json]) -> list[Json]:
    """The components with the ids that Discord gives to those that have none, and its other defaults."""
    fresh = count(1)
    return [_numbered(each, fresh) for each in components]


def walk(components: list[Json]) -> Iterator[Json]:
    """All components, those within others too."""
    for each in components:
        yield each
        yield from walk(each.get("components", []))
        if "component" in each:
            yield from walk([each["component"]])


def _numbered(component: Json, fresh: Iterator[int]) -> Json:
    body: Json = {name: _said(value) for name, value in component.items() if value is not None}
    body["id"] = body.get("id") or next(fresh)
    if body["type"] in SELECTS:
        body = {"min_values": 1, "max_values": 1} | body
    if "components" in body:
        body["components"] = [_numbered(each, fresh) for each in body["components"]]
    if "component" in body:
        body["component"] = _numbered(body["component"], fresh)
    return body


def _said(value: Any) -> Any:
    """A value without the fields that are null, which Discord leaves out."""
    if isinstance(value, list):
        return [_said(each) for each in value]
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items() if each is not None}
    return value


def _rows(components: list[Json]) -> Iterator[Problem]:
    if len(components) > _MOST_ROWS:
        yield length("", 0, _MOST_ROWS)
    for at, row in enumerate(components):
        if row.get("type") != Kind.ROW:
            yield one_of(f"{at}.type", [int(Kind.ROW)])
        else:
            yield from _row(row, f"{at}")
    yield from repeated_ids(components, "")


def _row(row: Json, path: str) -> Iterator[Problem]:
    inner = row.get("components") or []
    where = f"{path}.components"
    if not 1 <= len(inner) <= _MOST_BUTTONS:
        yield length(where, 1, _MOST_BUTTONS)
    if len(inner) > 1 and any(each.get("type") in SELECTS for each in inner):
        yield Problem(
            where, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )
    for at, each in enumerate(inner):
        here = f"{where}.{at}"
        if each.get("type") == Kind.BUTTON:
            yield from _button(each, here)
        elif each.get("type") in SELECTS:
            yield from select_problems(each, here)
        else:
            yield one_of(f"{here}.type", sorted({int(Kind.BUTTON), *map(int, SELECTS)}))


def _button(button: Json, path: str) -> Iterator[Problem]:
    style = button.get("style")
    if style not in range(1, LINK_STYLE + 1):
        yield one_of(f"{path}.style", range(1, LINK_STYLE + 1))
    yield from text(button, path, "label", 80, least=0, optional=True)
    if not button.get("label") and not button.get("emoji"):
        yield Problem(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or emoji")
    if style == LINK_STYLE:
        yield from text(button, path, "url", 512)
        if button.get("custom_id"):
            yield Problem(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_CONFLICT",
                "A custom id and url cannot both be specified",
            )
    else:
        yield from text(button, path, "custom_id", 100)


def select_problems(select: Json, path: str) -> Iterator[Problem]:
    """What is wrong with a select, in a message or in a form."""
    yield from text(select, path, "custom_id", 100)
    yield from text(select, path, "placeholder", 150, least=0, optional=True)
    yield from number(select, path, "min_values", 0, _MOST_OPTIONS)
    yield from number(select, path, "max_values", 1, _MOST_OPTIONS)
    if select.get("min_values", 1) > select.get("max_values", 1):
        yield Problem(f"{path}.max_values", "BASE_TYPE_MIN", "max_values must not be less than min_values")
    if select["type"] == Kind.STRING_SELECT:
        yield from _options(select, path)


def _options(select: Json, path: str) -> Iterator[Problem]:
    options, where = select.get("options"), f"{path}.options"
    if options is None:
        yield required(where)
        return
    if not 1 <= len(options) <= _MOST_OPTIONS:
        yield length(where, 1, _MOST_OPTIONS)
    for at, each in enumerate(options):
        yield from text(each, f"{where}.{at}", "label", 100)
        yield from text(each, f"{where}.{at}", "value", 100)
        yield from text(each, f"{where}.{at}", "description", 100, optional=True)
    values = Counter(each.get("value") for each in options)
    for at, each in enumerate(options):
        if values[each.get("value")] > 1:
            yield Problem(
                f"{where}.{at}.value",
                "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            )
    if sum(bool(each.get("default")) for each in options) > (select.get("max_values") or 1):
        yield Problem(
            where, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "There are more defaults than values can be chosen"
        )
    if not select.get("min_values", 1) <= len(options):
        yield length(where, select["min_values"], _MOST_OPTIONS)


def repeated_ids(components: list[Json], path: str) -> Iterator[Problem]:
    """Custom ids that stand twice."""
    ids = Counter(each["custom_id"] for each in walk(components) if each.get("custom_id"))
    for custom_id, times in ids.items():
        if times > 1:
            yield Problem(
                path,
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                f"Component custom id cannot be duplicated: {custom_id}",
            )
