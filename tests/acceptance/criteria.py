"""The criteria that a layer for safe payments has to meet, in sections."""

from typing import Final

SECTIONS: Final[dict[str, dict[str, str]]] = {
    "Lost link and crash": {
        "AC1": "No code sends a money-moving frame a second time.",
        "AC2": "A loss before the request left is `NotSentError`; after it the outcome is found out"
        " or `Unknown`, with reference, paypoint, correlation id and `recover()`.",
        "AC3": "Recovery waits until the service is not busy, queries the result, asks again while"
        " it is pending, and fetches missing receipts; all of it bounded.",
        "AC4": "The intent is in the journal, on disk, before anything leaves.",
        "AC5": "Killed anywhere, a till finds one of: not sent, the outcome, a person is needed."
        " Never silence, never a second charge.",
        "AC6": "A torn tail of the journal is tolerated.",
        "AC7": "Disk full, read-only or locked: the payment is refused before anything is sent.",
    },
    "One payment at a time": {
        "AC8": "The lease on a paypoint holds over threads and processes, from the journal entry to"
        " the resolution.",
        "AC9": "A second start raises `UnresolvedPaymentError` with the reference.",
        "AC10": "Overriding needs a reason, which is recorded.",
        "AC11": '"Not found" is believed only where the lease was never broken; else a person is'
        " needed.",
        "AC12": "A reference is sent at most once from one journal.",
        "AC13": "References are unique, sort by time, and have 1 to 30 allowed characters; a"
        " constant one is refused.",
        "AC14": "Every outcome has a text that tells the cashier what to do now.",
    },
    "Duplicates and strays": {
        "AC15": "Duplicates are dropped, by message id and, for the result, by content.",
        "AC16": "A second, different result raises; both are kept, and the outcome is `Unknown`.",
        "AC20": "A message counts only if its correlation id and, where it has one, its reference"
        " match; a missing correlation id is no match.",
        "AC21": "Strays are kept, reported and counted; never dropped, never attached.",
    },
    "Abort, errors, endings": {
        "AC17": "`abort()` is a request; result, completion or error decide.",
        "AC18": "An abort that races an approval is `Approved`, with `abort_requested`.",
        "AC19": "An abort after the approval points to `cancel`.",
        "AC22": "No outcome is read from a notification, or from the length of a list.",
        "AC23": "After an error, one query confirms before `NotTaken` is said.",
        "AC24": "A completion without a result leads to a query.",
        "AC25": "A result without a completion is an outcome; the session is closed after a while,"
        " and missing receipts are fetched.",
        "AC26": "STOMP errors and close codes become typed errors that name the phase.",
    },
    "Operator actions": {
        "AC27": "A payment cannot start without a handler or a policy for every kind of action.",
        "AC28": "A handler that raises, is late or answers nonsense leads to the policy, never to"
        " yes.",
        "AC29": "An unknown kind is handed over raw, and the policy applies.",
        "AC30": "One answer for each action. Heart-beats go on while a person thinks.",
    },
    "Receipts": {
        "AC31": "A receipt is in the journal before it is handed over.",
        "AC32": "`ensure_receipts` asks for missing copies while the payment is the last one.",
        "AC33": "A slip to be signed comes before the question; originals are printed once.",
    },
    "Device and service": {
        "AC34": "Busy and unavailable are `NotTaken`, with advice.",
        "AC35": "A restart is refused while the paypoint is leased, unless forced with a reason.",
        "AC36": "The check before a payment is sequential, bounded and optional.",
        "AC37": "Heart-beats in both directions, with tolerance.",
        "AC38": "A handler that blocks does not stop our heart-beats.",
        "AC39": "A half-open link is noticed within a bound.",
        "AC40": "A server without heart-beats works.",
    },
    "A newer server": {
        "AC41": "Unknown values survive a round trip, and compare as texts.",
        "AC42": "An unknown result with a known outcome classifies; two unknown ones are never"
        " `Approved`.",
        "AC43": "An amount that differs from the requested one sets `amount_differs`.",
        "AC44": "The till works against the other server profiles.",
    },
    "Time and money": {
        "AC45": "Separate deadlines: connecting, first message, between messages, answers, all.",
        "AC46": "Deadlines go by the monotonic clock only.",
        "AC47": "Amounts are int minor units or `Money`; a float is refused by type and at run"
        " time.",
        "AC48": "Odd timestamps are parsed or stay raw; they never raise.",
        "AC49": "A Z report is journaled and never repeated.",
        "AC50": "A refreshed license key is written atomically; the old one stays until the new one"
        " has connected.",
        "AC51": "Use after a fork raises.",
    },
}
CRITERIA: Final = {name: text for section in SECTIONS.values() for name, text in section.items()}
