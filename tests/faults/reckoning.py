"""The reckoning: what stands on the screens, held against what people were told.

Called once everything has been delivered. Goes by the screens, by what people were told when they acted, and
by what `/inquiry show` tells staff; gives a sentence for everything that should not be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from core.ids import PlaceId
from tests.faults.crowd import CLOSE, WITHDRAW
from tests.faults.record import TOKEN, Act, Kind, Outcome, Record
from tests.faults.scene import Scene
from tests.faults.sides import Post
from tests.faults.waiting_inquiries import RUNGS, Waiting

FAILED = ("届けられませんでした", "届けられません", "滞っています", "遅れています", "設定に問題")
"""Words of notices that nothing gave cause for."""

ENDED = (CLOSE.words, WITHDRAW.words)

MANY = 20
"""Messages of one buyer, of which the desk takes no more in a minute."""

Shown = Mapping[int, str]
"""What `/inquiry show` tells staff, by number."""


class Reckoning:
    """One test's."""

    def __init__(self, scene: Scene, record: Record, waiting: Sequence[Waiting], shown: Shown) -> None:
        self.scene = scene
        self.record = record
        self.waiting = waiting
        self.shown = shown
        self.places = scene.everywhere()
        self._posts = {place: list(scene.posts(place)) for place in self.places}
        self._texts = {post: scene.text(post) for place in self.places for post in self._posts[place]}
        self._cards: defaultdict[int, dict[PlaceId, list[Post]]] = defaultdict(lambda: defaultdict(list))
        for place in self.places:
            for number, _, card in scene.cards(place):
                self._cards[number][place].append(card)
        self._roots = {
            (place, card.id): number
            for number, there in self._cards.items()
            for place, cards in there.items()
            for card in cards
        }
        self._replies: defaultdict[str, list[Post]] = defaultdict(list)
        for post in (post for posts in self._posts.values() for post in posts if post.root):
            for token in TOKEN.findall(self._texts[post]):
                self._replies[token].append(post)
        self._acts: defaultdict[str, list[Act]] = defaultdict(list)
        for act in record.acts:
            for token in act.tokens:
                self._acts[token].append(act)

    def problems(self) -> list[str]:
        """Everything that should not be."""
        return [
            *self.of_cards(),
            *self.of_texts(),
            *self.of_files(),
            *self.of_talk(),
            *self.of_silence(),
            *self.of_logs(),
            *self.of_presses(),
            *self.of_order(),
            *self.of_repetition(),
            *self.of_reminders(),
        ]

    def of_cards(self) -> Iterator[str]:
        """An inquiry has one card in each of its three places; one that was told of is there, told once."""
        openings = [act for act in self.record.acts if act.kind is Kind.OPENING and act.number]
        told = {act.number for act in openings if act.number}
        for number in told:
            same = [act for act in openings if act.number == number]
            if len({act.by for act in same}) > 1 or not set.intersection(*(set(act.tokens) for act in same)):
                yield f"#{number} is told to be several: {_told(same)}"
        shops, inboxes = (set(group.values()) for group in (self.scene.shops, self.scene.inboxes))
        for number in sorted({*told, *self._cards}):
            there = Counter({place: len(cards) for place, cards in self._cards[number].items()})
            found = (
                sum(there[place] for place in shops),
                sum(there[place] for place in inboxes),
                there[self.scene.support],
            )
            if found != (1, 1, 1):
                yield f"#{number} has {found} cards with its seller, its buyer and staff"

    def of_texts(self) -> Iterator[str]:
        """What was sent is read once on the other side, what was refused nowhere, the rest once at most."""
        for token, acts in self._acts.items():
            outcomes = {act.outcome for act in acts}
            for place in self.places:
                wanted = self._wanted(acts, place)
                count = self._read(token, place)
                if Outcome.DONE in outcomes:
                    fine = count == wanted
                elif Outcome.UNTOLD in outcomes:
                    fine = count <= (wanted or (1 if acts[0].kind is Kind.MESSAGE else 0))
                else:
                    fine = count == 0
                if not fine:
                    yield f"{_told(acts)}: read {count} times in {place}"

    def of_files(self) -> Iterator[str]:
        """A file is found once where its message is, and nowhere else."""
        for act in (act for act in self.record.acts if act.file):
            for place in self.places:
                count = sum(f"[file: {act.file}]" in self._texts[post] for post in self._posts[place])
                most = int(place == act.to)
                least = most if act.outcome is Outcome.DONE else 0
                if not least <= count <= (0 if act.outcome is Outcome.REFUSED else most):
                    yield f"{_told([act])}: its file is found {count} times in {place}"

    def of_talk(self) -> Iterator[str]:
        """What was said to Henji in a DM went nowhere, into an opening, or to the only inquiry: once."""
        for token in self.record.born.keys() - self._acts.keys():
            read = sum(self._read(token, shop) for shop in self.scene.shops.values())
            logged = sum(text.count(token) for text in self.shown.values())
            if read > 1 or logged > 1:
                yield f"{token}, said to Henji: read {read} times, {logged} times in logs"

    def of_silence(self) -> Iterator[str]:
        """What was written under a card, and never answered, is read back in the end.

        It may have been refused then, where the inquiry was closed, or where its writer wrote very much.
        """
        closed = {act.number for act in self.record.acts if act.words in ENDED}
        wrote = Counter(act.by for act in self.record.acts if act.kind is Kind.MESSAGE)
        for act in self.record.acts:
            if act.said is None or act.kind is not Kind.MESSAGE or act.outcome is not Outcome.UNTOLD:
                continue
            known = any(act.tokens[0] in text for text in self.shown.values())
            excused = act.number in closed or wrote[act.by] >= MANY or self._cut({act.number})
            if not (known or excused):
                yield f"{_told([act])}: it was never taken"

    def of_logs(self) -> Iterator[str]:
        """What staff are shown of an inquiry has each message once, in its inquiry, as the others read it."""
        for token, acts in self._acts.items():
            logged = {number: text.count(token) for number, text in self.shown.items() if token in text}
            count = sum(logged.values())
            outcomes = {act.outcome for act in acts}
            numbers = {act.number for act in acts if act.outcome is Outcome.DONE}
            if len(logged) > 1 or count > 1:
                yield f"{_told(acts)}: stands in the logs {logged}"
            if Outcome.DONE in outcomes and set(logged) != numbers and not self._cut(numbers):
                yield f"{_told(acts)}: stands in the logs {logged}, not in {numbers}"
            if outcomes == {Outcome.REFUSED} and logged:
                yield f"{_told(acts)}: stands in the logs {logged}"
            under = self._numbers_of(token)
            if under != set(logged) and acts[0].kind is not Kind.SLIP and not self._cut(under):
                yield f"{_told(acts)}: in the logs {logged}, read under {under}"

    def of_presses(self) -> Iterator[str]:
        """What a button does is told as often as somebody was told that it was done; or not told at all."""
        presses = [act for act in self.record.acts if act.kind is Kind.PRESS and act.words]
        for number, words in {(act.number, act.words) for act in presses}:
            same = [act for act in presses if (act.number, act.words) == (number, words)]
            done = sum(act.outcome is Outcome.DONE for act in same)
            perhaps = done + sum(act.outcome is Outcome.UNTOLD for act in same)
            for place in same[0].places:
                count = sum(words in text for text in self._under(number, place))
                if not done <= count <= perhaps:
                    yield f"#{number}: {words!r} is told {count} times, was done {done} to {perhaps} times"

    def of_order(self) -> Iterator[str]:
        """In a place nothing comes before what had been accepted when somebody thought of it first.

        Of a dialogue, more may be sent than the question showed that was answered.
        """
        for place in self.places:
            soonest = float("inf")
            for post in reversed([each for each in self._posts[place] if each.root]):
                for token in TOKEN.findall(self._texts[post]):
                    acts = self._acts.get(token, [])
                    if self.record.born[token] > soonest:
                        yield f"{_told(acts)}: stands too early in {place}"
                    soonest = min([soonest, *(act.ended for act in acts if act.result is Outcome.DONE)])

    def of_repetition(self) -> Iterator[str]:
        """Nothing is posted twice, and nothing is told that went wrong."""
        said: Counter[str] = Counter()
        for place in self.places:
            for post in self._posts[place]:
                text = self._texts[post]
                said[post.notice or f"no id: {text}"] += 1
                if any(words in text for words in FAILED):
                    yield f"in {place}: {text}"
        yield from (f"{name} was posted {times} times" for name, times in said.items() if times > 1)

    def of_reminders(self) -> Iterator[str]:
        """Every rung that has come is told once to each whom it is for."""
        for one in self.waiting:
            for hours in RUNGS:
                for words, place in self._rung(hours, one):
                    count = sum(words in text for text in self._under(one.number, place))
                    if count != (hours <= one.hours):
                        yield f"#{one.number}, waiting for {one.hours} h: {words!r} is told {count} times"

    def _rung(self, hours: int, one: Waiting) -> list[tuple[str, PlaceId]]:
        shop, inbox, support = self.scene.shops[one.shop], self.scene.inboxes[one.buyer], self.scene.support
        return {
            24: [("購入者が返信を待っています", shop)],
            42: [("まもなく返信期限です", shop), ("まだ返信がありません", support)],
            48: [("次の方法が2つあります", inbox), ("期限超過です", support)],
            52: [("期限超過にまだ誰も対応していません", support)],
        }[hours]

    def _under(self, number: int | None, place: PlaceId) -> list[str]:
        """What stands under an inquiry's card in a place."""
        roots = {card.id for card in self._cards[number or 0][place]}
        return [self._texts[post] for post in self._posts[place] if post.root in roots]

    def _read(self, token: str, place: PlaceId) -> int:
        """How often a token is read in a place, below the cards."""
        return sum(post.place == place for post in self._replies[token])

    def _numbers_of(self, token: str) -> set[int | None]:
        """Under which inquiries' cards a token is read."""
        return {self._roots.get((post.place, post.root)) for post in self._replies[token]}

    def _wanted(self, acts: list[Act], place: PlaceId) -> int:
        """How often what was done is to be read in a place."""
        act = acts[0]
        if act.kind is Kind.NOTE:
            return int(place == self.scene.support)
        own = act.kind is Kind.OPENING and place == self.scene.inboxes[act.by]
        return int(own or any(place == each.to for each in acts))

    def _cut(self, numbers: set[int | None]) -> bool:
        """Whether one of these logs was too long to be shown whole."""
        return any("ほかに" in self.shown.get(number or 0, "") for number in numbers)


def _told(acts: list[Act]) -> str:
    """What was done, and what was told of it."""
    return "; ".join(
        f"{act.by} {act.kind.value} {''.join(act.tokens)} #{act.number} [{act.began:g} to {act.ended:g}], "
        f"told that {act.outcome.value}: {act.told!r}"
        for act in acts
    )
