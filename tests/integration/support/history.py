"""What clients asked of a server that was killed now and then, and what may not stand in such a log."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

# A token that this many rotations have superseded still yields the newest: the clients stay inside refresh-grace.
REACH = 2

ANSWERS = {
    "login": ("yes", "lost"),
    "access": ("yes", "no", "lost"),
    "refresh": ("yes", "no", "lost"),
    "logout": ("yes", "lost"),
}


@dataclass(frozen=True)
class Call:
    """One question of a client. It took effect, if at all, between `begun` and `ended`, also when no answer came:
    the server was dead by then."""

    what: str  # a key of ANSWERS
    session: str
    begun: float
    ended: float
    answer: str  # "no": the token was called revoked; anything that is not in ANSWERS is a fault
    sent: int = 0  # counter of the refresh token that was shown
    given: int = 0  # counter of the one that came back
    text: str = ""  # that one


class Session:
    """The calls of one session. A session ends by a logout, or by a refresh token that is beyond REACH."""

    def __init__(self, calls: list[Call]):
        self.calls = calls
        self.begins_to_end = min((call.begun for call in calls if self._may_end_it(call)), default=inf)
        self.has_ended = min((call.ended for call in calls if self._ends_it(call)), default=inf)

    def newest_known(self, when: float) -> int:
        return max((call.given for call in self.calls if call.ended < when), default=0)

    def _newest_possible(self, when: float) -> int:
        return max((call.sent + 1 for call in self.calls if call.begun < when), default=1)

    def may_be_reuse(self, call: Call) -> bool:
        return call.what == "refresh" and call.sent + REACH < self._newest_possible(call.ended)

    def _may_end_it(self, call: Call) -> bool:
        return call.what == "logout" or self.may_be_reuse(call)

    def _ends_it(self, call: Call) -> bool:
        if call.what == "logout":
            return call.answer == "yes"
        is_beyond = call.what == "refresh" and call.sent + REACH < self.newest_known(call.begun)
        return is_beyond and call.answer == "no" and not self._meets_a_logout(call)

    def _meets_a_logout(self, call: Call) -> bool:
        """A logout that is under way is refused at once, but may still be lost."""
        return any(other.what == "logout" and other.begun < call.ended for other in self.calls)


def _unexpected(session: Session) -> Iterator[str]:
    for call in session.calls:
        if call.answer not in ANSWERS[call.what]:
            yield f"answered {call.answer}: {call}"


def _revived(session: Session) -> Iterator[str]:
    for call in session.calls:
        if call.what != "logout" and call.answer == "yes" and call.begun > session.has_ended:
            yield f"accepted after its end: {call}"


def _ended_by_nobody(session: Session) -> Iterator[str]:
    """Also what became of a rotation: after one that was not answered the token that was shown works still."""
    for call in session.calls:
        if call.answer == "no" and call.ended < session.begins_to_end:
            yield f"refused though nobody ended it: {call}"


def _taken_back(session: Session) -> Iterator[str]:
    for call in session.calls:
        if call.given and not call.sent < call.given <= call.sent + REACH:
            yield f"no successor of what was shown: {call}"
        if call.given and call.given < session.newest_known(call.begun):
            yield f"an answered rotation was forgotten: {call}"


def _forked(session: Session) -> Iterator[str]:
    texts = defaultdict(set)
    for call in session.calls:
        if call.given:
            texts[call.given].add(call.text)
    for counter, different in texts.items():
        if len(different) > 1:
            yield f"{len(different)} tokens with the counter {counter}"


RULES = (_unexpected, _revived, _ended_by_nobody, _taken_back, _forked)


def faults(calls: Iterable[Call], alarms: Iterable[str]) -> list[str]:
    """What no server may have done. `alarms`: the sessions whose refresh token was logged as reused."""
    by_session = defaultdict(list)
    for call in calls:
        by_session[call.session].append(call)
    sessions = {name: Session(calls) for name, calls in by_session.items()}
    found = [f"{name}: {fault}" for name, session in sessions.items() for rule in RULES for fault in rule(session)]
    for name in alarms:
        if not any(sessions[name].may_be_reuse(call) for call in by_session.get(name, [])):
            found.append(f"{name}: an alarm though nobody showed an old token")
    return found
