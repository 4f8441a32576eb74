"""What people type after a slash: the forms that open, the answers that only they see."""

from tests.contract.discord.listening.scene import Scene


async def test_an_inquiry_is_opened_by_the_form(scene: Scene) -> None:
    """The cards stand with all three, the seller's and the staff's each above a thread."""
    card = await scene.opened("まだ届きません")
    assert "まだ届きません" in scene.ada.reads(card)
    for channel in (scene.support, scene.hanako.inbox):
        assert "#1" in scene.tanaka.reads(scene.card(channel)) if channel is scene.support else True
