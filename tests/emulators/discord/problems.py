"""What is wrong with a body that was sent, in the words and the shape of Discord's error 50035.

Used by everything that checks components, forms and commands. It collects all problems, as Discord does, and
refuses nothing by itself. https://discord.com/developers/docs/reference#error-messages
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tests.emulators.discord.records import DiscordError, Json


class Problem(NamedTuple):
    """One field that is wrong; `path` leads to it: data.components.0.label."""

    path: str
    code: str
    message: str


def required(path: str) -> Problem:
    """A field that is missing."""
    return Problem(path, "BASE_TYPE_REQUIRED", "This field is required")


def one_of(path: str, values: Iterable[object]) -> Problem:
    """A field with a value that it cannot have."""
    listed = ", ".join(str(each) for each in values)
    return Problem(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")


def text(
    body: Json, path: str, field: str, most: int, *, least: int = 1, optional: bool = False
) -> Iterator[Problem]:
    """Whether a text is there and as long as it may be, counted in characters."""
    value = body.get(field)
    where = f"{path}.{field}"
    if value is None:
        if not optional:
            yield required(where)
    elif not isinstance(value, str):
        yield Problem(where, "STRING_TYPE_CONVERT", "Could not interpret as string.")
    elif not least <= len(value) <= most:
        yield length(where, least, most)


def length(path: str, least: int, most: int) -> Problem:
    """Something that is too short or too long."""
    return Problem(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def number(body: Json, path: str, field: str, least: int, most: int) -> Iterator[Problem]:
    """Whether a number, where there is one, is within its bounds."""
    value = body.get(field)
    if value is None:
        return
    where = f"{path}.{field}"
    if not isinstance(value, int):
        yield Problem(where, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
    elif not least <= value <= most:
        yield Problem(
            where, "NUMBER_TYPE_MAX", f"int value should be between {least} and {most}, both included."
        )


def as_errors(problems: Iterable[Problem]) -> Json:
    """The problems as the tree that Discord answers with; empty where there are none."""
    tree: Json = {}
    for each in problems:
        node = tree
        for step in filter(None, each.path.split(".")):
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": each.code, "message": each.message})
    return tree


def refuse(problems: Iterable[Problem]) -> None:
    """Raise the refusal of a body with problems."""
    errors = as_errors(problems)
    if errors:
        raise DiscordError(400, 50035, "Invalid Form Body", errors)
