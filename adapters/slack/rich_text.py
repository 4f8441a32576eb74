"""Slack's rich_text blocks as runs: what people's own clients send of what they wrote and how it looked.

Called by `written`. Mentions come out as names, emoji as characters, lists as lines with their bullets; all
that formats comes out as styles. It takes any shape, and leaves out what it does not know. Pure.
https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from adapters.slack import emoji
from core.markup import PLAIN, Run, linked
from core.text import Style

Element = Mapping[str, Any]
Names = Callable[[str], str | None]

_STYLES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "underline": Style.ITALIC,  # emphasis too; nobody else has it
    "strike": Style.STRIKE,
    "code": Style.CODE,
}
_MOST_INDENT = 8
_DEEPEST = 4
_MOST_LISTED = 1_000_000


def runs_of(blocks: Sequence[Element], names: Names, labels: Mapping[str, str]) -> list[Run]:
    """What rich_text blocks say; `names` tells people's, `labels` those of channels and groups by id."""
    found: list[Run] = []
    reading = _Reading(names, labels)
    for block in blocks:
        for element in _elements(block):
            runs = reading.block(element)
            if found and runs and not found[-1].text.endswith("\n"):
                found.append(Run("\n"))
            found += runs
    return found


class _Reading:
    """Reads elements, knowing what ids are called."""

    def __init__(self, names: Names, labels: Mapping[str, str]) -> None:
        self._names = names
        self._labels = labels

    def block(self, element: Element) -> list[Run]:
        """A section, a list, a quote or a code block."""
        match element.get("type"):
            case "rich_text_list":
                return list(self._list(element))
            case "rich_text_quote":
                return [run._replace(styles=run.styles | {Style.QUOTE}) for run in self._inlines(element)]
            case "rich_text_preformatted":
                text = "".join(run.text for run in self._inlines(element))
                return [Run(text, frozenset({Style.PRE}), str(element.get("language") or ""))] if text else []
            case _:
                return list(self._inlines(element))

    def _list(self, element: Element) -> Iterator[Run]:
        quoted = frozenset({Style.QUOTE}) if element.get("border") else PLAIN
        indent = "  " * min(_number(element, "indent"), _MOST_INDENT)
        first = min(_number(element, "offset"), _MOST_LISTED) + 1
        for count, item in enumerate(_elements(element), first):
            if count > first:
                yield Run("\n", quoted)
            yield Run(f"{indent}{count}. " if element.get("style") == "ordered" else f"{indent}• ", quoted)
            for run in self._inlines(item):
                yield run._replace(styles=run.styles | quoted)

    def _inlines(self, element: Element, depth: int = 0) -> Iterator[Run]:
        # What is behind one link may come in several, one for each style.
        for address, some in groupby(_elements(element), key=_address):
            if address:
                yield from linked([Run(str(each.get("text") or ""), _styles(each)) for each in some], address)
                continue
            for each in some:
                if "elements" in each and depth < _DEEPEST:
                    yield from self._inlines(each, depth + 1)
                elif text := self._said(each):
                    yield Run(text, _styles(each))

    def _said(self, element: Element) -> str:
        match element.get("type"):
            case "user":
                user = str(element.get("user_id") or "")
                return f"@{self._names(user) or user}"
            case "usergroup":
                group = str(element.get("usergroup_id") or "")
                return f"@{self._labels.get(group, group).removeprefix('@')}"
            case "channel":
                channel = str(element.get("channel_id") or "")
                return f"#{self._labels.get(channel, channel)}"
            case "broadcast":
                return f"@{element.get('range') or 'here'}"
            case "emoji":
                return _emoji(element)
            case _:
                return str(element.get("text") or element.get("fallback") or element.get("value") or "")


def _address(element: Element) -> str:
    return str(element.get("url") or "") if element.get("type") == "link" else ""


def _emoji(element: Element) -> str:
    name = str(element.get("name") or "")
    drawn = emoji.of_code_points(str(element.get("unicode") or ""))
    return drawn or emoji.spelled_out(f":{name}:")


def _styles(element: Element) -> frozenset[Style]:
    given = element.get("style")
    if not isinstance(given, Mapping):
        return PLAIN
    return frozenset(style for name, style in _STYLES.items() if given.get(name))


def _elements(element: Element) -> list[Element]:
    inner = element.get("elements")
    return [each for each in inner if isinstance(each, Mapping)] if isinstance(inner, list) else []


def _number(element: Element, name: str) -> int:
    value = element.get(name)
    return value if isinstance(value, int) and value > 0 else 0
