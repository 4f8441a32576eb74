"""Random ids are short, easy to read out, and differ."""

from bots import chance


def test_codes_are_longer_than_words() -> None:
    """Eight characters of the same kind, so that nobody guesses one within ten minutes."""
    codes = {chance.code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert not set("".join(codes)) & set("0o1liaeu.:~ABC")


def test_words_are_short_and_read_out_easily() -> None:
    """Six characters, lower case, none that looks like another."""
    words = {chance.word() for _ in range(200)}
    assert len(words) == 200
    assert {len(word) for word in words} == {6}
    assert not set("".join(words)) & set("0o1liaeu.:~ABC")
