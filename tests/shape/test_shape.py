"""What the repository has to look like, whoever changes it.

Reads the tracked files and the two configuration files; run by `make check` as well as `make test`. Whatever
fails here is mended in the repository, never by a list of exceptions.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"bots", "core", "adapters", "scheduler"}
FREE = {"msgspec", "structlog"}
EXPECTED = {
    ".ci", ".editorconfig", ".env.example", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md",
    "LICENSE", "Makefile", "README.ja.md", "README.md", "SECURITY.md", "pyproject.toml", "requirements.lock",
    "tests", *PACKAGES,
}  # fmt: skip


def tracked(*patterns: str) -> list[Path]:
    """Give the files git tracks and that are there, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).exists()]


def parsed(*patterns: str) -> Iterator[tuple[Path, ast.Module]]:
    """Give each tracked Python file with its syntax tree."""
    for path in tracked(*patterns):
        yield path, ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Name the top-level packages a module imports, wherever in it."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name.split(".")[0] for name in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.split(".")[0]
            case _:
                pass


def test_files_are_short() -> None:
    """No Python or Lua file is longer than 300 lines."""
    lengths = {path: len((ROOT / path).read_bytes().splitlines()) for path in tracked("*.py", "*.lua")}
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_top_level_holds_only_what_is_expected() -> None:
    """Whoever opens the repository finds at its root what they expect there and nothing else."""
    assert {path.parts[0] for path in tracked()} - EXPECTED == set()


def test_modules_say_what_they_are() -> None:
    """Every module begins with a docstring."""
    assert [path for path, tree in parsed("*.py") if not ast.get_docstring(tree)] == []


def test_tests_say_what_they_hold() -> None:
    """Every test has a docstring that says the behaviour."""
    silent = [
        f"{path}::{node.name}"
        for path, tree in parsed("tests/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_layers_hold() -> None:
    """Imports go downwards only, and every module of core has been given its layer."""
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_third_party_libraries_have_a_home() -> None:
    """A library that is imported has a `protected` contract naming its home, unless it is free to all."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    housed = {library for contract in contracts for library in contract.get("protected_modules", [])}
    known = housed | FREE | PACKAGES | set(sys.stdlib_module_names)
    homeless = {
        f"{path}: {library}"
        for path, tree in parsed(*(f"{package}/*.py" for package in PACKAGES))
        for library in imported(tree)
        if library not in known
    }
    assert homeless == set()


def test_lock_pins_with_hashes_and_names_no_address() -> None:
    """The lock file pins every package to one version and its hashes, wherever it may be fetched from."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    pins = [pin for pin in text.replace("\\\n", " ").splitlines() if pin and not pin.lstrip().startswith("#")]
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert [word for word in ("://", "--index-url", "--find-links", " @ ", " /") if word in text] == []
