"""The questions of a payment, asked of a person who may not be there. Nothing typed is a no."""

from time import monotonic
from typing import Any

from worldpay_ips import AvsMatch, AvsResults

from ..events import (
    AnyQuestion,
    AvsQuestion,
    OtherQuestion,
    SignatureQuestion,
    VoiceAuthorisationQuestion,
)
from .keys import Line
from .speaking import Speaker


class Asking:
    """One question at the terminal, until it is answered, too late, or of no interest."""

    def __init__(self, question: AnyQuestion, speaker: Speaker) -> None:
        self._question, self._speaker = question, speaker
        self._until = monotonic() + question.seconds
        self._line = Line()
        speaker.say(words(question), style="bold")

    @property
    def prompt(self) -> str:
        """The line at the bottom: what is expected, how long there is, what was typed."""
        left = max(0, round(self._until - monotonic()))
        what = "code" if isinstance(self._question, VoiceAuthorisationQuestion) else "y/N"
        return f"[{what}] {left} s: {self._line.text}"

    def late(self) -> bool:
        """Tell whether the time is over, and say so."""
        if monotonic() < self._until:
            return False
        self._speaker.say("Nobody answered in time: no.")
        return True

    def feed(self, letters: str) -> bool:
        """Take what was typed; True when that was the answer, and it was given."""
        line = self._line.feed(letters)
        return line is not None and self._give(line.strip())

    def _give(self, line: str) -> bool:
        match self._question:
            case SignatureQuestion() | AvsQuestion():
                word = line.lower()
                if word not in ("", "n", "no", "y", "yes"):
                    self._speaker.say("y and Enter for yes; Enter alone for no.")
                    return False
                yes = word in ("y", "yes")
                self._question.answer(yes)
                self._speaker.say("Yes." if yes else "No.")
            case VoiceAuthorisationQuestion():
                code = line or None
                if self._question.check(code) is not None:
                    self._speaker.say("A code is 2 to 6 letters and digits; Enter alone declines.")
                    return False
                self._question.answer(code)
                self._speaker.say("No code." if code is None else "Code taken.")
            case OtherQuestion():
                pass
        return True


def words(question: AnyQuestion) -> str:
    """The question for a person."""
    match question:
        case SignatureQuestion():
            return "Does the signature match the card's? (y: yes; Enter: no)"
        case AvsQuestion(results=results):
            return f"{_matches(results)}Go on with the payment? (y: yes; Enter: no)"
        case VoiceAuthorisationQuestion(merchant_id=merchant, contacts=contacts):
            whom = " or ".join(str(one.value) for one in contacts if one.value) or "the acquirer"
            name = f", merchant {merchant}" if merchant else ""
            return f"Call {whom}{name}. Authorisation code? (Enter alone: there is none)"
        case OtherQuestion(name=name):
            return f"The service asks for {name}, which this version does not know: no."


def facts(question: AnyQuestion) -> dict[str, Any]:
    """The question for machines."""
    name = question.name if isinstance(question, OtherQuestion) else question.action
    return {"action": name, "seconds": question.seconds}


def _matches(results: AvsResults | None) -> str:
    if results is None:
        return "The service does not tell what of the address matched. "
    parts = [
        ("Address", results.is_address_line_match),
        ("Postal code", results.is_postal_code_match),
        ("Security code", results.is_cvv_match),
    ]
    return "".join(f"{name}: {_match(found)}. " for name, found in parts)


def _match(found: AvsMatch | None) -> str:
    if found is None:
        return "not told"
    return "matches" if found == AvsMatch.MATCHED else f"no match ({found.value})"
