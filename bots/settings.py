"""What Henji is started with: environment variables, or the same lines in `.env`.

The only reader of the environment, asked once by the command line. Says which setting is wrong, how, and how
to mend it; never repeats a secret. What only a platform or Redis can tell is for `henji check`.
"""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.files.shelf import Shelf
from core.errors import Misconfigured

LONGEST_PORT = 65_535


class _Wrong(ValueError):
    """A setting is wrong: which (empty for the field at hand), how, and what to do."""

    def __init__(self, problem: str, mend: str, setting: str = "") -> None:
        super().__init__(problem)
        self.problem, self.mend, self.setting = problem, mend, setting


_BOT = "On the app's page: OAuth & Permissions -> Bot User OAuth Token; it begins with xoxb-."
_APP = (
    "On the app's page: Basic Information -> App-Level Tokens -> Generate, with the scope connections:write; "
    "it begins with xapp-."
)
_SIGNING = "On the app's page: Basic Information -> App Credentials -> Signing Secret."

_DISCORD = "On the application's page: Bot -> Reset Token; it has three parts, parted by dots."

# What else people paste there, and where it belongs.
_OTHER_KINDS = {
    "xoxb-": "a bot token; it belongs into SLACK_BOT_TOKEN.",
    "xapp-": "an app-level token; it belongs into SLACK_APP_TOKEN.",
    "xoxp-": "a user's token, which would speak as that person.",
    "xoxe": "a token that expires (token rotation); Henji needs one that stays.",
}


def _kind(token: SecretStr, prefix: str, mend: str) -> SecretStr:
    value = token.get_secret_value().strip()
    if value.startswith(prefix):
        return SecretStr(value)
    other = next((said for start, said in _OTHER_KINDS.items() if value.startswith(start)), None)
    raise _Wrong(f"does not begin with {prefix}" + (f": it is {other}" if other else "."), mend)


def _bot_token(token: SecretStr) -> SecretStr:
    return _kind(token, "xoxb-", _BOT)


def _app_token(token: SecretStr) -> SecretStr:
    return _kind(token, "xapp-", _APP)


def _signing_secret(secret: SecretStr) -> SecretStr:
    if secret.get_secret_value().startswith(("xox", "xapp-")):
        raise _Wrong("is a token, not the app's signing secret.", _SIGNING)
    return secret


def _discord_token(token: SecretStr) -> SecretStr:
    value = token.get_secret_value().strip().removeprefix("Bot ")
    other = next((said for start, said in _OTHER_KINDS.items() if value.startswith(start)), None)
    if other is not None:
        raise _Wrong(f"is not Discord's but Slack's: {other}", _DISCORD)
    if [bool(part) for part in value.split(".")] != [True] * 3:
        kind = "the application's id" if value.isdecimal() else "perhaps its client secret or public key"
        raise _Wrong(f"is no bot's token: {kind}.", _DISCORD)
    return SecretStr(value)


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _Wrong("has to begin with https:// or http://.", "Leave it empty to call Slack itself.")
    return url.rstrip("/") + "/"


def _discord_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _Wrong("has to begin with https:// or http://.", "Leave it empty to call Discord itself.")
    return url.rstrip("/")


def _files(where: str) -> str:
    scheme, found, bucket = where.partition("://")
    if found and (scheme != "s3" or not bucket.strip("/")):
        raise _Wrong("is neither a folder nor s3://bucket.", "For instance s3://my-bucket/henji, or empty.")
    return where


def _said(secret: SecretStr | None) -> str:
    return "" if secret is None else secret.get_secret_value()


def _bind(address: str) -> str:
    host, colon, port = address.rpartition(":")
    if not (colon and host and port.isdecimal() and int(port) <= LONGEST_PORT):
        raise _Wrong(
            "has to be host:port.", "For instance 127.0.0.1:8048, or 0.0.0.0:8048 to be reached from outside."
        )
    return address


class Settings(BaseSettings):
    """Each setting with what it is and how to get it; all of them may be empty."""

    model_config = SettingsConfigDict(
        env_file=".env",  # in the folder Henji is started in
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",  # .env may hold other programs' lines
        frozen=True,
        hide_input_in_errors=True,
    )

    slack_bot_token: Annotated[SecretStr, AfterValidator(_bot_token)] | None = Field(
        default=None, description=f"The bot's token. {_BOT}"
    )
    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)] | None = Field(
        default=None, description=f"For Socket Mode, which needs no public address. {_APP}"
    )
    slack_signing_secret: Annotated[SecretStr, AfterValidator(_signing_secret)] | None = Field(
        default=None, description=f"For HTTP, where Slack calls /slack/events on HENJI_BIND. {_SIGNING}"
    )
    discord_bot_token: Annotated[SecretStr, AfterValidator(_discord_token)] | None = Field(
        default=None, description=f"The Discord bot's token. {_DISCORD}"
    )
    henji_slack_api: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None, description="Where Slack's Web API is, for tests and for a proxy that stands before it."
    )
    henji_discord_api: Annotated[str, AfterValidator(_discord_address)] | None = Field(
        default=None, description="Where Discord's REST API is (it ends in /api/v10), for tests."
    )
    redis_url: SecretStr | None = Field(
        default=None,
        description="redis:// or rediss://, redis+sentinel://host:26379/name-of-the-master or "
        "redis+cluster://host:6379. Empty: Henji runs a private server of its own, and keeps the data in "
        "HENJI_DATA_DIR.",
    )
    henji_data_dir: Path = Field(default=Path(".henji"), description="The folder of Henji's own server.")
    henji_files: Annotated[str, AfterValidator(_files)] | None = Field(
        default=None,
        description="Where the files of inquiries are: a folder, or s3://bucket/prefix. "
        "Empty: the folder files in HENJI_DATA_DIR.",
    )
    henji_files_key: SecretStr | None = Field(
        default=None, description="For a bucket: the access key's id. Empty: the machine's own role, on AWS."
    )
    henji_files_secret: SecretStr | None = Field(
        default=None, description="For a bucket: the access key's secret."
    )
    henji_files_region: str | None = Field(default=None, description="For a bucket: its region.")
    henji_files_endpoint: Annotated[str, AfterValidator(_address)] | None = Field(
        default=None, description="For a bucket on another server than AWS that speaks S3: its address."
    )
    henji_accept_loss: bool = Field(
        default=False,
        description="1: run on a server that may lose the last acts in a crash "
        "(no append-only file, or not fsynced at each write).",
    )
    henji_bind: Annotated[str, AfterValidator(_bind)] = Field(
        default="127.0.0.1:8048",
        description="Where /healthz, /readyz, /metrics and Slack's HTTP route listen.",
    )
    henji_log: Literal["console", "json"] = Field(
        default="console", description="The log's shape: console or json."
    )

    @model_validator(mode="after")
    def _slack_is_whole(self) -> "Settings":
        others = self.slack_app_token or self.slack_signing_secret
        if others and not self.slack_bot_token:
            raise _Wrong("is empty, but Slack's other setting is there.", _BOT, "SLACK_BOT_TOKEN")
        if self.slack_bot_token and not others:
            raise _Wrong(
                "is empty, and so is SLACK_SIGNING_SECRET: Slack has no way to reach Henji.",
                f"For Socket Mode, which needs no public address: {_APP}",
                "SLACK_APP_TOKEN",
            )
        return self

    @property
    def shelf(self) -> Shelf:
        """Where the files of inquiries are."""
        return Shelf(
            where=self.henji_files or str(self.henji_data_dir / "files"),
            key=_said(self.henji_files_key),
            secret=_said(self.henji_files_secret),
            endpoint=(self.henji_files_endpoint or "").rstrip("/"),
            region=self.henji_files_region or "",
            passing=self.henji_data_dir,
        )

    @property
    def bind(self) -> tuple[str, int]:
        """Where to listen: host (an IPv6 address without its brackets) and port."""
        host, _, port = self.henji_bind.rpartition(":")
        return host.strip("[]"), int(port)


def read() -> Settings:
    """The settings as they are. Raises Misconfigured for the first that is wrong."""
    found = read_all()
    if isinstance(found, Settings):
        return found
    raise found[0]


def read_all() -> Settings | tuple[Misconfigured, ...]:
    """The settings as they are, or all that is wrong with them. The environment comes before the file."""
    try:
        return Settings()
    except ValidationError as error:
        return tuple(
            _misconfigured(dict(each)) for each in error.errors(include_url=False, include_input=False)
        )


def _misconfigured(found: dict[str, Any]) -> Misconfigured:
    path = found["loc"]
    name = str(path[0]).upper() if path else ""
    wrong = found.get("ctx", {}).get("error")
    if isinstance(wrong, _Wrong):
        return Misconfigured(wrong.setting or name, wrong.problem, wrong.mend)
    described = Settings.model_fields[name.lower()].description or ""
    return Misconfigured(name, f"can't be understood: {found['msg']}.", described)
