"""Whose turn it is among the partitions."""

from adapters.redis.keys import PARTITIONS
from adapters.redis.rounds import CHUNK, LOOK_AFTER, MOST, Rounds


def _rounds(due: dict[int, int]) -> Rounds:
    rounds = Rounds()
    rounds.looked([due.get(partition, 0) for partition in range(PARTITIONS)])
    return rounds


def test_nobody_is_asked_for_what_is_not_due() -> None:
    """A partition is asked for as much as it has, and one without anything is not asked."""
    assert _rounds({3: 2, 7: 1}).shares(100) == {3: 2, 7: 1}
    assert _rounds({}).shares(100) == {}


def test_a_limit_is_shared_out_in_chunks() -> None:
    """Nobody is given a second chunk before all others have had their first."""
    rounds = _rounds({1: 1_000, 2: 1_000, 3: 10})
    assert rounds.shares(2 * CHUNK + 10) == {1: CHUNK, 2: CHUNK, 3: 10}
    assert rounds.shares(4 * CHUNK) == {1: 2 * CHUNK, 2: 2 * CHUNK}


def test_the_next_share_begins_where_the_last_one_ended() -> None:
    """With a small limit, all partitions have their turn one after the other."""
    rounds = _rounds(dict.fromkeys(range(PARTITIONS), 2))
    asked = [partition for _ in range(PARTITIONS) for partition in rounds.shares(1)]
    assert asked == list(range(PARTITIONS))


def test_one_partition_is_not_asked_for_more_than_lua_can_hand_on() -> None:
    """However large the limit."""
    assert _rounds({5: 50_000}).shares(20_000) == {5: MOST}


def test_what_is_expected_needs_no_look() -> None:
    """What somebody has put there is asked for at once, also where a look of before had not seen it."""
    rounds = _rounds({})
    rounds.expect(4, 2)
    assert not rounds.need_look()
    rounds.looked([0] * PARTITIONS)
    assert rounds.shares(100) == {4: 2}
    rounds.gave(4, asked=2, given=1)
    assert rounds.need_look()


def test_a_look_is_needed_when_nothing_is_left_and_from_time_to_time() -> None:
    """At first, when all has been given, when a partition gave less than it said, and after some shares."""
    rounds = Rounds()
    assert rounds.need_look()
    rounds.looked([10] + [0] * (PARTITIONS - 1))
    assert not rounds.need_look()
    rounds.shares(10)
    assert rounds.need_look()
    rounds.looked([100] + [0] * (PARTITIONS - 1))
    rounds.shares(10)
    rounds.gave(0, asked=10, given=10)
    assert not rounds.need_look()
    rounds.gave(0, asked=10, given=9)
    assert rounds.need_look()
    rounds.looked([100_000] + [0] * (PARTITIONS - 1))
    for _ in range(LOOK_AFTER):
        assert not rounds.need_look()
        rounds.shares(10)
    assert rounds.need_look()
