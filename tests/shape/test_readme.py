"""What the two READMEs say has to be so: the settings, the targets of make, the commands, the files.

Reads both files as text; run by `make check` as well as `make test`. Says nothing about how well they read.
"""

import re
from pathlib import Path

import pytest

from bots.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.ja.md")

each = pytest.mark.parametrize("name", READMES)


def text_of(name: str) -> str:
    """Give a file of the root as text."""
    return (ROOT / name).read_text(encoding="utf-8")


def headings(name: str) -> list[int]:
    """Give the levels of the headings, in order; a comment in a code block is none."""
    prose = re.sub(r"^```.*?^```", "", text_of(name), flags=re.DOTALL | re.MULTILINE)
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]


@each
def test_settings_are_those_there_are(name: str) -> None:
    """Every setting is in the table, and what is named like one is one."""
    settings = {field.upper() for field in Settings.model_fields}
    first_cells = re.findall(r"^\| (`[A-Z_]+`[^|]*) \|", text_of(name), flags=re.MULTILINE)
    assert set(re.findall(r"`([A-Z_]+)`", " ".join(first_cells))) == settings
    assert set(re.findall(r"\b(?:HENJI|REDIS|SLACK|DISCORD)_[A-Z_]+", text_of(name))) == settings


@each
def test_make_targets_exist(name: str) -> None:
    """What the reader is told to make can be made."""
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", text_of(name)))
    assert {"run", "test", "check"} <= named <= targets


@each
def test_files_exist(name: str) -> None:
    """A link within the repository leads somewhere."""
    links = set(re.findall(r"\]\(([^):]+)\)", text_of(name)))
    assert "CONTRIBUTING.md" in links
    assert {link for link in links if not (ROOT / link).exists()} == set()


def test_both_have_the_same_headings() -> None:
    """Whoever reads one in the other language finds the same parts in the same order."""
    english, japanese = (headings(name) for name in READMES)
    assert english == japanese
