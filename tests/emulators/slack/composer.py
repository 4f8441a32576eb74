"""What Slack's composer makes of what a person types: rich_text blocks, and the text that says the same.

Called by `people`. As in the client, `*bold*`, `_italic_`, `~strike~`, `` `code` ``, fences, lists, quotes
and `[label](address)` turn into what they mean while they are typed, addresses into links. It knows no app.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from tests.emulators.slack.mrkdwn import BROADCASTS, escape
from tests.emulators.slack.records import Json

_STYLED = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|(?<!\w)\*(?P<bold>\S|\S[^*\n]*\S)\*(?!\w)"
    r"|(?<!\w)_(?P<italic>\S|\S[^_\n]*\S)_(?!\w)"
    r"|(?<!\w)~(?P<strike>\S|\S[^~\n]*\S)~(?!\w)"
)
_SIGNS = {"bold": "*", "italic": "_", "strike": "~", "code": "`"}
_LINE = re.compile(r"(?P<quote>> ?)|(?P<indent> *)(?:(?P<bullet>[-*•] )|(?P<ordered>\d+\. ))")
_FENCED = re.compile(r"\n?```\n?(.*?)\n?```\n?", re.DOTALL)
_LABELLED = re.compile(r"\[([^\]\n]+)\]\((https?://[^\s()]+)\)")
_ADDRESS = r"https?://[^\s<>|*~`]+"
_UNICODE = {"smile": "1f604", "+1": "1f44d", "pray": "1f64f", "tada": "1f389", "white_check_mark": "2705"}
_INDENT = 2

Piece = tuple[str, Json]
"""Part of a line: as mrkdwn, and as an element."""


def as_typed(text: str, ids: dict[str, str]) -> tuple[str, list[Json]]:
    """What Slack makes of text that a person types: the escaped text and its rich_text block.

    `ids` maps what can be written ("@花子", "#general") to ids.
    """
    texts: list[str] = []
    elements: list[Json] = []
    for count, part in enumerate(_FENCED.split(text)):
        parts = [_fenced(part)] if count % 2 else list(_unfenced(part, ids))
        texts += [each[0] for each in parts]
        elements += [each[1] for each in parts]
    for section in elements[:-1]:
        if section["type"] == "rich_text_section":
            section["elements"].append({"type": "text", "text": "\n"})
    return "\n".join(texts), [{"type": "rich_text", "block_id": "typed", "elements": elements}]


def _fenced(code: str) -> Piece:
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": code}]}
    return f"```{escape(code)}```", element


def _unfenced(text: str, ids: dict[str, str]) -> Iterator[Piece]:
    lines = [(line, _LINE.match(line)) for line in text.split("\n")] if text else []
    for kind, group in groupby(lines, key=lambda each: _kind(each[1])):
        some = list(group)
        first = some[0][1]
        if not first:
            yield _section("rich_text_section", "", "\n".join(line for line, _ in some), ids)
        elif kind[0] == "quote":
            yield _section("rich_text_quote", "&gt; ", "\n".join(_rest(each) for each in some), ids)
        else:
            yield _list(kind[0], kind[1], [_rest(each) for each in some], first, ids)


def _kind(match: re.Match[str] | None) -> tuple[str, int]:
    if not match:
        return "section", 0
    return str(match.lastgroup), len(match["indent"] or "") // _INDENT


def _rest(line: tuple[str, re.Match[str] | None]) -> str:
    return line[0][line[1].end() :] if line[1] else line[0]


def _section(kind: str, sign: str, text: str, ids: dict[str, str]) -> Piece:
    pieces = list(_pieces(text, ids, {}))
    said = "".join(each[0] for each in pieces)
    return sign + said.replace("\n", f"\n{sign}"), {"type": kind, "elements": [each[1] for each in pieces]}


def _list(kind: str, indent: int, items: list[str], first: re.Match[str], ids: dict[str, str]) -> Piece:
    sections = [_section("rich_text_section", "", item, ids) for item in items]
    start = int(first["ordered"].rstrip(". ")) if kind == "ordered" else 1
    signs = [f"{start + n}. " if kind == "ordered" else "• " for n in range(len(items))]
    said = "\n".join("    " * indent + sign + each[0] for sign, each in zip(signs, sections, strict=True))
    element: Json = {"type": "rich_text_list", "style": kind, "indent": indent, "border": 0}
    element |= {"offset": start - 1} if start > 1 else {}
    return said, element | {"elements": [each[1] for each in sections]}


def _pieces(text: str, ids: dict[str, str], style: Json) -> Iterator[Piece]:
    """A line's pieces: what is styled, in it what is styled otherwise, and in that what has a meaning."""
    at = 0
    for match in _STYLED.finditer(text):
        yield from _meant(text[at : match.start()], ids, style)
        name = str(match.lastgroup)
        inner = match[name]
        within = style | {name: True}
        sign = _SIGNS[name]
        if name == "code":
            inside: list[Piece] = [(escape(inner), {"type": "text", "text": inner, "style": within})]
        else:
            inside = list(_pieces(inner, ids, within))
        for count, (said, element) in enumerate(inside, 1):
            yield f"{sign if count == 1 else ''}{said}{sign if count == len(inside) else ''}", element
        at = match.end()
    yield from _meant(text[at:], ids, style)


def _meant(text: str, ids: dict[str, str], style: Json) -> Iterator[Piece]:
    names = [
        *(re.escape(name) for name in sorted(ids, key=len, reverse=True)),
        "@here",
        "@channel",
        "@everyone",
    ]
    spoken = "|".join([*names, r"\[[^\]\n]+\]\(https?://[^\s()]+\)", _ADDRESS, r":[a-z0-9_+-]+:"])
    for part in re.split(f"({spoken})", text):
        if part:
            said, element = _typed_part(part, ids)
            yield said, element | ({"style": style} if style else {})


def _typed_part(part: str, ids: dict[str, str]) -> Piece:
    if part in ids and part.startswith("@"):
        return f"<@{ids[part]}>", {"type": "user", "user_id": ids[part]}
    if part in ids:
        return f"<#{ids[part]}|{part[1:]}>", {"type": "channel", "channel_id": ids[part]}
    if part[1:] in BROADCASTS and part.startswith("@"):
        return f"<!{part[1:]}>", {"type": "broadcast", "range": part[1:]}
    if labelled := _LABELLED.fullmatch(part):
        return f"<{labelled[2]}|{escape(labelled[1])}>", {
            "type": "link",
            "url": labelled[2],
            "text": labelled[1],
        }
    if part.startswith(("http://", "https://")):
        return f"<{part}>", {"type": "link", "url": part}
    if re.fullmatch(r":[a-z0-9_+-]+:", part):
        known = _UNICODE.get(part[1:-1])
        return part, {"type": "emoji", "name": part[1:-1]} | ({"unicode": known} if known else {})
    return escape(part), {"type": "text", "text": part}
