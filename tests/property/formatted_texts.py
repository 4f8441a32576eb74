"""Texts as people might format them, and how the emulated clients show them, character by character.

Used by the properties of formatting. `anything` holds whatever the platforms interpret, marked anywhere;
`by_words` is formatted as people do it, from the beginning of a word to the end of one.
"""

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from adapters.slack.mrkdwn import Json
from core.marks import tidy
from core.markup import runs
from core.text import Foreign, Mark, Style
from tests.emulators.discord.markdown import read_markdown
from tests.emulators.slack.rich import read_rich

INTERPRETED = "ab日 \n\n`*._~\\😀(:)/|<>#-+1@&;![]"
ADDRESSES = ("", "https://x.test/a(b)", "http://y.test/_a*b~~c", "https://a", "javascript:alert(1)")
WORDS = (
    *(
        "one",
        "two",
        "三つ",
        "*four*",
        "_5_",
        "~~6",
        "7.",
        "-",
        "•",
        "> x",
        "#",
        "-#",
        "a`b",
        "``",
        "\\",
        "\n",
    ),
    *("<@1>", "<!here>", "@everyone", "<#2>", "<:x:3>", ":smile:", "<t:0:R>", "&lt;", "||x||"),
    "https://z.test/_",
)
_NAMES = {
    "bold": Style.BOLD,
    "italic": Style.ITALIC,
    "strike": Style.STRIKE,
    "code": Style.CODE,
    "quote": Style.QUOTE,
    "code_block": Style.PRE,
}
_UNREADABLE_IN_CODE = frozenset("`*_~\\")

Shown = list[tuple[str, frozenset[Style | str]]]
"""Characters, each with its styles and the address it leads to; space is left out, as nobody sees it."""


@st.composite
def anything(draw: st.DrawFn) -> Foreign:
    """A text of what platforms interpret, with marks anywhere."""
    raw = draw(st.text(st.sampled_from(INTERPRETED), max_size=30)).strip()
    marks = st.builds(
        Mark, st.integers(0, 30), st.integers(1, 12), st.sampled_from(Style), st.sampled_from(ADDRESSES)
    )
    return tidy(raw, draw(st.lists(marks, max_size=7)))


@st.composite
def by_words(draw: st.DrawFn, languages: Sequence[str] = ("",)) -> Foreign:
    """A text with whole words formatted, and code in which nothing is anybody's sign."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    raw = " ".join(words).replace(" \n ", "\n").strip()
    edges = [at for at in range(len(raw) + 1) if not raw[max(at - 1, 0) : at].strip()]
    edges += [at for at in range(len(raw) + 1) if not raw[at : at + 1].strip()]
    marks = []
    for _ in range(draw(st.integers(0, 6))):
        start, end = sorted(draw(st.tuples(st.sampled_from(edges), st.sampled_from(edges))))
        style = draw(st.sampled_from(Style))
        readable = _UNREADABLE_IN_CODE.isdisjoint(raw[start:end]) or style not in {Style.CODE, Style.PRE}
        if readable:
            detail = draw(st.sampled_from(languages)) if style is Style.PRE else "https://x.test/a"
            marks.append(Mark(start, end - start, style, detail))
    return tidy(raw, marks)


def meant(text: Foreign) -> Shown:
    """What a text should look like."""
    return _shown((run.text, [*run.styles, *_address(run.detail, run.styles)]) for run in runs(text))


def on_discord(markdown: str) -> Shown:
    """What Discord's client shows of markdown."""
    return _shown((span.text, _named(span.styles)) for span in read_markdown(markdown))


def on_slack(elements: Sequence[Json]) -> Shown:
    """What Slack's client shows of the parts of a rich_text block."""
    spans = read_rich([{"type": "rich_text", "elements": list(elements)}])
    return _shown((span.text, _named(span.styles - {"bar"})) for span in spans)


def letters(shown: Shown) -> str:
    """The characters that are shown, but for space."""
    return "".join(character for character, _ in shown)


def _shown(pieces: Iterable[tuple[str, Iterable[Style | str]]]) -> Shown:
    return [(each, frozenset(styles)) for text, styles in pieces for each in text if not each.isspace()]


def _named(styles: Iterable[str]) -> list[Style | str]:
    """The emulators' words in ours; what has none of ours stays, so that it is noticed."""
    named: list[Style | str] = []
    for style in styles:
        kind, _, address = style.partition(":")
        named += [Style.LINK, address] if kind == "link" else [_NAMES.get(style, style)]
    return named


def _address(detail: str, styles: frozenset[Style]) -> list[str]:
    return [detail] if Style.LINK in styles else []
