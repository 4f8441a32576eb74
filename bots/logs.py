"""The log: one line an event, for a person (console) or for a machine (json), on standard error.

Set up once by the command line, for structlog and for what the libraries log. Never holds what people wrote,
nor a token: values that are not plain are named by their type, and what looks like a secret is blotted out.
"""

import logging
import logging.config
import re
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_PLAIN = (str, int, float, bool, type(None), datetime, timedelta)
_OURS = frozenset({"exc_info", "_record", "_from_structlog"})
# These say more than they should below this level: whole events with what people wrote, and tokens.
_QUIET = ("aiohttp", "apscheduler", "asyncio", "discord", "redis", "slack_bolt", "slack_sdk")
_SECRETS = (
    (re.compile(r"\b(xox[a-z]|xapp)(?:-[\w-]+|\.[\w.-]+)"), r"\1-..."),
    (re.compile(r"(\w://)[^@/\s'\x22]*@"), r"\1...@"),
    (re.compile(r"(hooks\.slack\.com/)[^\s'\x22<>]+"), r"\1..."),
    (re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s'\x22]+"), r"\1..."),
    (re.compile(r"\b[\w-]{23,28}\.[\w-]{6}\.[\w-]{27,}"), "..."),  # a bot's token on Discord
    (re.compile(r"\b(ticket|token|secret)=[^&\s'\x22]+"), r"\1=..."),
)


def set_up(
    shape: Literal["console", "json"], stream: TextIO = sys.stderr, *, level: int = logging.INFO
) -> None:
    """Log to the stream in this shape from now on, what is at least that grave."""
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_text,
    ]
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=first,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_rendering(shape, stream),
                without_secrets,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_text(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Name what is not plain by its type: a record would show what people wrote."""
    return {key: value if key in _OURS else _plain(value) for key, value in event.items()}


def without_secrets(_logger: WrappedLogger, _method: str, line: Any) -> str:  # noqa: ANN401 -- a rendered line, which structlog's types don't know
    """Blot out what looks like a token, a password in an address, or an address that is a secret itself."""
    said = str(line)
    for pattern, blotted in _SECRETS:
        said = pattern.sub(blotted, said)
    return said


def _plain(value: object) -> object:
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        return [_plain(each) for each in value]
    return f"<{type(value).__name__}>"


def _rendering(shape: Literal["console", "json"], stream: TextIO) -> list[Processor]:
    if shape == "json":
        return [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    # The pretty traceback would print every local variable, and with them messages and tokens.
    return [
        structlog.dev.ConsoleRenderer(
            colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]
