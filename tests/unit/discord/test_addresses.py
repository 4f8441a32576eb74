"""Where a message goes on Discord, and by what it is known there."""

from adapters.discord.channels import private_root, private_thread
from adapters.discord.posting import nonce_of
from core.ids import MessageId, NoticeId


def test_a_private_thread_is_told_from_a_card() -> None:
    """The root of a line is a card's id, or names the private thread that stands for a DM."""
    assert private_thread(private_root(123)) == 123
    assert private_thread(MessageId("123")) is None


def test_a_nonce_is_one_notices_in_one_channel() -> None:
    """It is the same whenever it is made, and no longer than Discord takes."""
    notice = NoticeId("tanuki.1042.17.0")
    assert nonce_of(1, notice) == nonce_of(1, notice)
    assert len({nonce_of(1, notice), nonce_of(2, notice), nonce_of(1, NoticeId("tanuki.1042.17.1"))}) == 3
    assert len(nonce_of(2**63, NoticeId("x" * 25))) <= 25
