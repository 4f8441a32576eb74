"""What Discord would make of what was drawn: whether it takes it, whom it tells, what a reader sees.

Used by the tests of the drawing. The judgement is the emulator's, which knows Discord and nothing of Henji.
"""

from datetime import UTC, datetime

from discord.http import handle_message_parameters

from adapters.discord.blocks import Button, Drawn, sending
from tests.emulators.discord.components import component_problems
from tests.emulators.discord.markdown import read_markdown
from tests.emulators.discord.mentions import allowed, written
from tests.emulators.discord.reading import Reader, read
from tests.emulators.discord.records import Json

_EYES = Reader(name_of=lambda some_id: some_id, now=datetime(2026, 4, 1, tzinfo=UTC))


def body(drawn: Drawn) -> Json:
    """The message as discord.py sends it."""
    payload = handle_message_parameters(**sending(drawn)).payload
    assert payload is not None
    return payload


def problems(drawn: Drawn) -> list[str]:
    """What Discord would refuse about it: https://docs.discord.com/developers/resources/message#create-message."""
    sent = body(drawn)
    found = (
        [str(component_problems(sent["components"]))]
        if component_problems(sent.get("components", []))
        else []
    )
    embeds = sent["embeds"]
    texts = [text for each in embeds for text in _texts(each)]
    found += ["content"] if len(sent["content"]) > 2_000 else []
    found += ["embeds"] if len(embeds) > 10 or not all(list(_texts(each)) for each in embeds) else []
    found += ["description"] if any(len(each.get("description", "")) > 4_096 for each in embeds) else []
    found += ["total"] if sum(map(len, texts)) > 6_000 else []
    found += ["blank"] if not all(text.strip() for text in texts) else []
    return found


def told(drawn: Drawn) -> set[str]:
    """Everybody and every role whom it tells."""
    sent = body(drawn)
    found = allowed(written(sent["content"]), sent["allowed_mentions"])
    return {*found.users, *found.roles, *found.broadcasts}


def seen(drawn: Drawn) -> str:
    """What a reader sees of its text."""
    return "\n".join(read(text, _EYES) for text in _marked(drawn))


def styles(drawn: Drawn) -> set[str]:
    """Every style that something in it is shown in."""
    return {style for text in _marked(drawn) for span in read_markdown(text) for style in span.styles}


def buttons(drawn: Drawn) -> list[str]:
    """The ids of its buttons."""
    return [each.custom_id for row in drawn.components for each in row if isinstance(each, Button)]


def _marked(drawn: Drawn) -> list[str]:
    fields = [each for embed in drawn.embeds for each in embed.fields]
    texts = [drawn.content, *(each.description for each in drawn.embeds), *(each.value for each in fields)]
    return [text for text in texts if text]


def _texts(embed: Json) -> list[str]:
    fields = [each[part] for each in embed.get("fields", []) for part in ("name", "value")]
    footer = embed.get("footer", {}).get("text")
    return [text for text in (embed.get("description"), *fields, footer) if text is not None]
