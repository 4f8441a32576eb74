"""The log: in both shapes, without what people wrote and without secrets."""

import json
import subprocess
import sys

import pytest

SAID = """
import logging
import sys

import structlog

from bots import logs
from core.text import Foreign

logs.set_up(sys.argv[1], sys.stdout)
log = structlog.get_logger()
words = Foreign("my parcel came broken")
log.info("received", words=words, several=[words], number=7, token="xoxb-12-AbC", why=ValueError("no"))
logging.getLogger("library").warning("reconnecting to %s", "wss://x.slack.com/link?ticket=t0p&n=1")
logging.getLogger("slack_sdk").info("Sending a request with my parcel came broken")
logging.getLogger("library").error("redis://user:pa55@host and https://hooks.slack.com/T1/B1/s3cr3t")
logging.getLogger("library").error("https://discord.com/api/v10/interactions/123/s3cr3t/callback")
logging.getLogger("discord.gateway").info("For Shard ID 0: my parcel came broken")
try:
    raise RuntimeError("xapp-1-A1-s3cr3t MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.s3cr3t-s3cr3t_s3cr3t-s3cr3t-0123")
except RuntimeError:
    log.exception("failed")
"""


@pytest.mark.parametrize("shape", ["console", "json"])
def test_no_words_and_no_secrets(shape: str) -> None:
    """Neither what people wrote nor any token shows, from our own log nor from a library's."""
    said = logged(shape)
    for hidden in ("broken", "AbC", "t0p", "pa55", "s3cr3t"):
        assert hidden not in said
    for shown in ("received", "reconnecting to", "number", "RuntimeError", "redis://...@host", "<Foreign>"):
        assert shown in said


def test_json_is_one_object_a_line() -> None:
    """A machine can read each line by itself, the libraries' too."""
    lines = [json.loads(line) for line in logged("json").splitlines()]
    assert [line["event"].split()[0] for line in lines] == [
        "received",
        "reconnecting",
        "redis://...@host",
        "https://discord.com/api/v10/interactions/123/.../callback",
        "failed",
    ]
    assert all({"level", "timestamp"} <= line.keys() for line in lines)
    assert lines[0]["why"] == "ValueError: no"
    assert "Traceback" in lines[-1]["exception"]


def logged(shape: str) -> str:
    """What a process logs that says all this; one of its own, since logging is a process's."""
    done = subprocess.run(
        [sys.executable, "-c", SAID, shape], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout
