"""Settings: what is read from .env, and what is said about wrong values."""

import re
from pathlib import Path

import pytest

from bots.settings import Settings, read, read_all
from core.errors import Misconfigured

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Start in an empty folder, with nothing set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


def wrong(folder: Path, *lines: str) -> tuple[Misconfigured, ...]:
    """What is said about a .env with these lines."""
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    found = read_all()
    assert not isinstance(found, Settings)
    return found


def test_everything_may_be_empty() -> None:
    """Without any setting there is a private server, and a port on loopback."""
    settings = read()
    assert settings.slack_bot_token is None
    assert settings.redis_url is None
    assert settings.bind == ("127.0.0.1", 8048)


def test_an_empty_line_is_no_value(empty_folder: Path) -> None:
    """The example, copied and not filled in, is the same as nothing."""
    (empty_folder / ".env").write_bytes((ROOT / ".env.example").read_bytes())
    assert read() == Settings()


def test_example_names_exactly_the_settings() -> None:
    """A setting is in .env.example, and what is there is a setting."""
    example = (ROOT / ".env.example").read_text("utf-8")
    names = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_is_explained() -> None:
    """Each field says what it is."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_tokens_are_read_and_kept_hidden(empty_folder: Path) -> None:
    """A token with space around it is taken as it was meant, and shows nowhere."""
    (empty_folder / ".env").write_text("SLACK_BOT_TOKEN=' xoxb-1-q7 '\nSLACK_APP_TOKEN=xapp-1-q7\n")
    settings = read()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1-q7"
    assert "q7" not in repr(settings)


def test_a_discord_token_is_taken_however_it_was_copied(empty_folder: Path) -> None:
    """With the word that goes before it in requests, and with space around it."""
    (empty_folder / ".env").write_text("DISCORD_BOT_TOKEN=' Bot a.b.c '\n")
    settings = read()
    assert settings.discord_bot_token is not None
    assert settings.discord_bot_token.get_secret_value() == "a.b.c"


@pytest.mark.parametrize(
    ("line", "setting", "said"),
    [
        ("SLACK_BOT_TOKEN=xapp-1-q7", "SLACK_BOT_TOKEN", "belongs into SLACK_APP_TOKEN"),
        ("SLACK_BOT_TOKEN=xoxp-1-q7", "SLACK_BOT_TOKEN", "a user's token"),
        ("SLACK_BOT_TOKEN=xoxe.xoxb-1-q7", "SLACK_BOT_TOKEN", "token rotation"),
        ("SLACK_BOT_TOKEN=q7", "SLACK_BOT_TOKEN", "does not begin with xoxb-."),
        ("SLACK_APP_TOKEN=xoxb-1-q7", "SLACK_APP_TOKEN", "belongs into SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_SECRET=xoxb-1-q7", "SLACK_SIGNING_SECRET", "is a token"),
        ("DISCORD_BOT_TOKEN=xoxb-1-q7", "DISCORD_BOT_TOKEN", "belongs into SLACK_BOT_TOKEN"),
        ("DISCORD_BOT_TOKEN=7777", "DISCORD_BOT_TOKEN", "the application's id"),
        ("DISCORD_BOT_TOKEN=q7..q7", "DISCORD_BOT_TOKEN", "is no bot's token"),
        ("HENJI_DISCORD_API=discord.com/q7", "HENJI_DISCORD_API", "https://"),
        ("HENJI_SLACK_API=slack.com/q7", "HENJI_SLACK_API", "https://"),
        ("HENJI_BIND=8048", "HENJI_BIND", "host:port"),
        ("HENJI_BIND=localhost:80480", "HENJI_BIND", "host:port"),
        ("HENJI_ACCEPT_LOSS=perhaps", "HENJI_ACCEPT_LOSS", "can't be understood"),
        ("HENJI_LOG=xml", "HENJI_LOG", "'console' or 'json'"),
    ],
)
def test_a_wrong_value_is_said_with_its_setting(
    empty_folder: Path, line: str, setting: str, said: str
) -> None:
    """The setting, what is wrong with it and what to do; never what was typed, which may be a secret."""
    [error] = wrong(empty_folder, line)
    assert error.setting == setting
    assert said in error.problem
    assert error.mend
    assert "q7" not in str(error)


def test_all_that_is_wrong_is_said_at_once(empty_folder: Path) -> None:
    """Nobody has to mend one line to hear of the next."""
    said = wrong(empty_folder, "SLACK_BOT_TOKEN=no", "SLACK_APP_TOKEN=no", "HENJI_BIND=no")
    assert [error.setting for error in said] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "HENJI_BIND"]
    with pytest.raises(Misconfigured, match="SLACK_BOT_TOKEN"):
        read()


def test_a_bot_token_needs_a_way_in(empty_folder: Path) -> None:
    """With the bot's token alone Slack could not reach Henji."""
    [error] = wrong(empty_folder, "SLACK_BOT_TOKEN=xoxb-1")
    assert error.setting == "SLACK_APP_TOKEN"
    assert "SLACK_SIGNING_SECRET" in error.problem


@pytest.mark.parametrize("line", ["SLACK_APP_TOKEN=xapp-1", "SLACK_SIGNING_SECRET=abc"])
def test_a_way_in_needs_a_bot_token(empty_folder: Path, line: str) -> None:
    """What is missing is named, not what is there."""
    [error] = wrong(empty_folder, line)
    assert error.setting == "SLACK_BOT_TOKEN"


def test_an_ipv6_address_can_be_bound(empty_folder: Path) -> None:
    """It is written in brackets, and used without."""
    (empty_folder / ".env").write_text("HENJI_BIND=[::1]:9000\n")
    assert read().bind == ("::1", 9000)


def test_other_programs_lines_do_no_harm(empty_folder: Path) -> None:
    """A .env that is shared holds other names too."""
    (empty_folder / ".env").write_text("DATABASE_URL=postgres://x\nHENJI_LOG=json\n")
    assert read().henji_log == "json"


def test_an_api_address_ends_with_a_slash(empty_folder: Path) -> None:
    """Slack's SDK wants it so."""
    (empty_folder / ".env").write_text("HENJI_SLACK_API=http://127.0.0.1:1/api\n")
    assert read().henji_slack_api == "http://127.0.0.1:1/api/"
