"""Instants as Discord's client shows them to a reader: `<t:seconds:style>` in their zone and language.

Called by `reading`. Japanese for readers of Japanese, American English for all others, as the client has it.
https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_UNITS = (("year", 31_536_000), ("month", 2_592_000), ("day", 86_400), ("hour", 3600), ("minute", 60))
_IN_JAPANESE = {"year": "年", "month": "か月", "day": "日", "hour": "時間", "minute": "分", "second": "秒"}


def shown(token: str, *, tz: str, locale: str, now: datetime) -> str:
    """What stands in place of a timestamp's token; it is relative to `now` where the style is R."""
    seconds, _, style = token.strip("<>").removeprefix("t:").partition(":")
    at = datetime.fromtimestamp(int(seconds), UTC)
    if style == "R":
        return _relative((at - now).total_seconds(), japanese=locale == "ja")
    return _absolute(at.astimezone(ZoneInfo(tz)), style or "f", japanese=locale == "ja")


def _absolute(at: datetime, style: str, *, japanese: bool) -> str:
    match style:
        case "t":
            return _time(at, japanese=japanese)
        case "T":
            return f"{at:%H:%M:%S}" if japanese else f"{at:%I:%M:%S %p}".lstrip("0")
        case "d":
            return f"{at:%Y/%m/%d}" if japanese else f"{at.month}/{at.day}/{at.year}"
        case "s":
            return f"{_absolute(at, 'd', japanese=japanese)} {_time(at, japanese=japanese)}"
        case "D":
            return f"{at.year}年{at.month}月{at.day}日" if japanese else f"{at:%B} {at.day}, {at.year}"
        case "F":
            day = _absolute(at, "D", japanese=japanese)
            week = "月火水木金土日"[at.weekday()]
            long = f"{day} {week}曜日 " if japanese else f"{at:%A}, {day} at "
            return long + _time(at, japanese=japanese)
        case _:
            between = " " if japanese else " at "
            return f"{_absolute(at, 'D', japanese=japanese)}{between}{_time(at, japanese=japanese)}"


def _time(at: datetime, *, japanese: bool) -> str:
    return f"{at:%H:%M}" if japanese else f"{at:%I:%M %p}".lstrip("0")


def _relative(seconds: float, *, japanese: bool) -> str:
    size = round(abs(seconds))
    unit, length = next(((unit, length) for unit, length in _UNITS if size >= length), ("second", 1))
    count = size // length
    if japanese:
        return f"{count}{_IN_JAPANESE[unit]}{'前' if seconds < 0 else '後'}"
    spoken = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{spoken} ago" if seconds < 0 else f"in {spoken}"
