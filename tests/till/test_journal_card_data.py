"""No card data and no secret gets into a journal, even where the caller has overlooked it."""

from datetime import UTC, datetime, timedelta

import pytest

from journal_place import PostgresPlace, SqlitePlace, intent, sent

Place = SqlitePlace | PostgresPlace
PAN = "4111111111111111"  # a public test number of the card industry
CUT_SHORT = "123456XXXXXX3445"  # the documentation's own
LUHN_REFERENCE = "4000000000000002"  # a reference that passes the check of card numbers
SECRET = "c0ffee-" + "decade"


@pytest.mark.criterion("AC31")
def test_what_was_overlooked_is_masked(place: Place) -> None:
    """Whatever method it comes through; the tables are read behind the journal's back."""
    journal = place.open()
    nested = {"deep": [{"text": f"card {PAN}"}], "licenseKey": SECRET, "track2Data": f";{PAN}=3012"}
    journal.begin(intent("B1", "P2"))
    lease = journal.begin(intent("B2", "P2", facts=nested), override=f"card {PAN} was stuck")
    journal.sending(lease, correlation_id="c")
    journal.note(
        lease, f"kind {PAN}", {"pan": PAN, "amount": int(PAN), PAN: 1, "raw": PAN.encode()}
    )
    journal.keep_receipt(lease, f"copy {PAN}", f"Card {PAN[:4]} {PAN[4:8]} {PAN[8:12]} {PAN[12:]}")
    journal.add_facts("B2", "k", {"token_id": SECRET, "activationCode": SECRET})
    journal.add_receipt("B2", "customer", f"Card {PAN}\0\ud800")
    journal.resolve(lease, {"kind": "approved", "reason": f"{PAN} is fine", "token_id": SECRET})
    journal.decide("B1", {"kind": "declined", "reason": PAN}, reason=f"the slip shows {PAN}")
    text = place.dumped()
    assert "************1111" in text
    for hidden in PAN, PAN[:12], f"{PAN[:4]} {PAN[4:8]}", SECRET:
        assert hidden not in text


@pytest.mark.parametrize(
    "card",
    [
        {"number": PAN, "expiry": [12, 30]},
        {"number": f"{PAN[:6]}XX{PAN[8:]}", "expiry": [12, 30]},
        {"number": f"{PAN[:7]}XXX{PAN[-4:]}", "expiry": [12, 30]},
        {"number": f"{PAN[:6]}XXX{PAN[-5:]}", "expiry": [12, 30]},
        {"number": CUT_SHORT, "expiry": PAN},
        {"number": CUT_SHORT, "expiry": [12, int(PAN)]},
        {"number": [CUT_SHORT], "expiry": [12, 30]},
        {"number": f"{CUT_SHORT}\n", "expiry": [12, 30]},
        PAN,
        [PAN],
    ],
)
def test_a_card_that_is_not_cut_short_is_left_out(sqlite_place: SqlitePlace, card: object) -> None:
    """At most the first 6 and the last 4 digits, and 3 or more hidden between; or nothing."""
    journal = sqlite_place.open()
    lease = sent(journal)
    journal.note(lease, "result", {"kind": "approved", "card": card})
    journal.resolve(lease, {"kind": "approved", "card": card})
    entry = journal.find("A1")
    assert entry is not None
    assert entry.outcome == entry.notes[0].facts == {"kind": "approved"}


def test_a_card_that_is_cut_short_is_kept_until_it_is_forgotten(place: Place) -> None:
    """A later settle or cancel needs it. Nothing else in `card` is kept; none in other facts."""
    journal = place.open()
    card = {"number": CUT_SHORT, "expiry": [12, 30]}
    outcome = {
        "kind": "approved",
        "card": {**card, "holder": "A. Person"},
        "gateway_reference": PAN,
    }
    lease = journal.begin(intent(facts={"card": card}))
    journal.sending(lease, correlation_id="c")
    journal.note(lease, "result", outcome)
    journal.resolve(lease, outcome)
    journal.add_facts("A1", "k", {"card": card})
    entry = journal.find("A1")
    assert entry is not None
    assert "card" not in entry.intent.facts
    assert [note.facts.get("card") for note in entry.notes] == [card, None]
    # What a cancel must name looks like a card number, and is none: exempt by its name.
    assert entry.outcome == {"kind": "approved", "card": card, "gateway_reference": PAN}
    assert journal.forget_cards(before=datetime.now(UTC) - timedelta(hours=1)) == 0
    assert journal.forget_cards(before=datetime.now(UTC) + timedelta(hours=1)) == 1
    assert journal.forget_cards(before=datetime.now(UTC) + timedelta(hours=1)) == 0
    assert CUT_SHORT not in place.dumped()
    forgotten = journal.find("A1")
    assert forgotten is not None
    assert forgotten.outcome == {"kind": "approved", "gateway_reference": PAN}


def test_nothing_forgotten_is_left_in_the_files(sqlite_place: SqlitePlace) -> None:
    """What SQLite deletes it overwrites, in the file and in the WAL."""
    journal = sqlite_place.open()
    lease = sent(journal)
    outcome = {"kind": "approved", "card": {"number": CUT_SHORT, "expiry": [12, 30]}}
    journal.note(lease, "result", outcome)
    journal.keep_receipt(lease, "customer", "a line that is forgotten")
    journal.resolve(lease, outcome)
    folder = sqlite_place.path.parent

    def on_disk(text: str) -> bool:
        files = [file for file in folder.iterdir() if file.is_file()]
        return any(text.encode() in file.read_bytes() for file in files)

    assert on_disk(CUT_SHORT)
    journal.forget_cards(before=datetime.now(UTC) + timedelta(hours=1))
    assert not on_disk(CUT_SHORT)
    assert on_disk("a line that is forgotten")
    journal.purge(before=datetime.now(UTC) + timedelta(hours=1))
    assert not on_disk("a line that is forgotten")


def test_references_are_exempt_by_schema(place: Place) -> None:
    """One that passes the check of card numbers stays what it is, also in a receipt."""
    journal = place.open()
    lease = journal.begin(intent(LUHN_REFERENCE, about=LUHN_REFERENCE))
    text = f"Ref {LUHN_REFERENCE} card {PAN} mixed 9{LUHN_REFERENCE}"
    kept = journal.keep_receipt(lease, "customer", text)
    assert kept.text == f"Ref {LUHN_REFERENCE} card ************1111 mixed 9{LUHN_REFERENCE}"
    found = journal.find(LUHN_REFERENCE)
    assert found is not None
    assert found.intent.about == LUHN_REFERENCE


def test_what_is_no_json_is_hidden(sqlite_place: SqlitePlace) -> None:
    """Bytes, objects, what is not finite, and what is nested without end; it never raises."""
    endless: list[object] = []
    endless.append(endless)
    journal = sqlite_place.open()
    lease = sent(journal)
    facts = {"a": b"x", "b": object(), "c": float("nan"), "d": 10**5000, "e": endless, "f": 1.5}
    journal.note(lease, "odd", facts)
    entry = journal.find("A1")
    assert entry is not None
    kept = entry.notes[0].facts
    assert [kept[name] for name in "abcdf"] == ["***", "***", "***", "***", 1.5]
    assert "***" in str(kept["e"])


def test_no_repr_shows_a_receipt_or_an_address(place: Place) -> None:
    """The address of a database may hold its password."""
    journal = place.open()
    lease = sent(journal)
    receipt = journal.keep_receipt(lease, "customer", "a text")
    assert "a text" not in repr(receipt) + repr(journal.find("A1"))
    if isinstance(place, PostgresPlace):
        assert repr(journal) == "PostgresJournal(***)"
