"""Slack's mrkdwn as runs: the text of messages that came without blocks.

Called by `written`. Styles need a space or a sign on their outer side and a letter on their inner one, as in
Slack's client; mentions, links and dates become the words their writer saw. It passes over a text once,
however that is made. Pure. https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adapters.slack import emoji
from core.markup import Run, linked
from core.text import Style

Names = Callable[[str], str | None]

_FENCE = "```"
_QUOTE = re.compile(r"(?:&gt;|>)(?!(?:&gt;|>)) ?")
_PIECE = re.compile(r"<[^<>]+>|`[^`\n]+`|[*_~]|\n|[^<`*_~\n]+|.")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_MARKERS = {"*": Style.BOLD, "_": Style.ITALIC, "~": Style.STRIKE}


@dataclass(slots=True)
class _Piece:
    """Runs of one line, or a marker that may yet turn out to open or close a style."""

    runs: list[Run]
    marker: str = ""


def runs_of(text: str, names: Names) -> Iterator[Run]:
    """What a message's text says."""
    *fenced, last = text.split(_FENCE)
    inside = False
    for part in fenced:
        if inside:
            yield Run(f"{unescaped(part).strip(chr(10))}\n", frozenset({Style.PRE}))
        else:
            yield from _lines(part, names)
            if part and not part.endswith("\n"):
                yield Run("\n")
        inside = not inside
    yield from _lines(_FENCE + last if inside else last.removeprefix("\n") if fenced else last, names)


def unescaped(text: str) -> str:
    """Text with Slack's three entities turned back."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _lines(text: str, names: Names) -> Iterator[Run]:
    for count, line in enumerate(text.split("\n")):
        if count:
            yield Run("\n")
        quoted = _QUOTE.match(line)
        for run in _line(line[quoted.end() :] if quoted else line, names):
            yield run._replace(styles=run.styles | {Style.QUOTE}) if quoted else run


def _line(line: str, names: Names) -> Iterator[Run]:
    pieces: list[_Piece] = []
    opened: dict[str, int] = {}
    for found in _PIECE.finditer(line):
        piece = found[0]
        if piece not in _MARKERS:
            pieces.append(_Piece(_read(piece, names)))
            continue
        before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
        pieces.append(_Piece([Run(piece)], piece))
        if piece in opened and _inner(before) and _outer(after):
            _style(pieces, opened, piece)
        elif piece not in opened and _outer(before) and _inner(after) and after != piece:
            opened[piece] = len(pieces) - 1
    for piece_ in pieces:
        yield from piece_.runs


def _style(pieces: list[_Piece], opened: dict[str, int], marker: str) -> None:
    """Close a style: its markers go, what stands between them has it, what was opened within stays open."""
    start = opened.pop(marker)
    for each in [other for other, at in opened.items() if at > start]:
        del opened[each]
    for at in range(start + 1, len(pieces) - 1):
        pieces[at].runs = [run._replace(styles=run.styles | {_MARKERS[marker]}) for run in pieces[at].runs]
    pieces[start].runs, pieces[-1].runs = [], []


def _outer(character: str) -> bool:
    return not character.isalnum()


def _inner(character: str) -> bool:
    return bool(character.strip())


def _read(piece: str, names: Names) -> list[Run]:
    if piece.startswith("`") and len(piece) > 1:
        return [Run(unescaped(piece[1:-1]), frozenset({Style.CODE}))]
    if piece.startswith("<") and len(piece) > 1:
        return _token(piece[1:-1], names)
    return [Run(unescaped(emoji.spelled_out(piece)))]


def _token(token: str, names: Names) -> list[Run]:
    target, _, label = (unescaped(part) for part in token.partition("|"))
    match target[:1]:
        case "@":
            return [Run(f"@{label or names(target[1:]) or target[1:]}")]
        case "#":
            return [Run(f"#{label or target[1:]}")]
        case "!":
            return [Run(_special(target[1:], label))]
        case _:
            return linked([Run(label)], target)


def _special(name: str, label: str) -> str:
    """A broadcast, a user group or a date: the name stays a word, the date its fallback."""
    if name.startswith("date^"):
        return label
    word = label or name.removeprefix("subteam^")
    return word if word.startswith("@") else f"@{word}"
