"""Every public class of every package: what its `repr` would show of a card number.

The classes are found by walking the packages. One that nobody has thought of fails here: mask it
(`stompws.records.Record` does), keep the field out of `repr`, or say below why it is harmless.
"""

import collections
import collections.abc
import fnmatch
import inspect
import types
import typing
from typing import Any

import attrs
import pytest

from canaries import PAN
from public_names import enums, errors, name_of, others, records
from stompws.errors import LinkError
from stompws.masking import show
from stompws.values import FrozenMap, OpenStrEnum, UnknownFields
from worldpay_ips import Error

DOCUMENT = "comes from the specification"
OURS = "chosen by the program that uses it: a name, an address, a setting"
SCENARIO = "comes from a scenario, which the simulator refuses when it holds a card number"
FEED = "was masked when the event was made (ips_simulator.feed)"
WORDS = "made of words of its own where it is raised"
OBJECTS = "objects with a `repr` of their own"
RECORDED = "was masked when it was recorded"

HARMLESS = {
    "stompws.compound.Among.values": DOCUMENT,
    "stompws.shapes.TaggedUnion.tag": DOCUMENT,
    "worldpay_ips.examples.Example.*": DOCUMENT,
    "ips_simulator.behaviour.Behaviour.*_card": SCENARIO,
    "ips_simulator.cli_facts.Facts.*": OURS,
    "ips_simulator.cli_running.Run.*": OURS,
    "ips_simulator.fault_frames.Parcel.fault": SCENARIO,
    "ips_simulator.faults.Fault.*": SCENARIO,
    "ips_simulator.feed.*": FEED,
    "ips_simulator.invented.Invention.*": OURS,
    "ips_simulator.ledger.Charge.*reference": "the ledger is the judge: it names what was charged",
    "ips_simulator.ledger.Charge.paypoint_id": OURS,
    "ips_simulator.licences.PointOfSale.*": OURS,
    "ips_simulator.page.views.PaymentView.*": FEED,
    "ips_simulator.profiles.Profile.*": OURS,
    "ips_simulator.recording.*": RECORDED,
    "ips_simulator.refusals.Refusal.*": "made of words of its own and names of operations",
    "ips_simulator.replay_script.*": RECORDED,
    "ips_simulator.scenario.*": SCENARIO,
    "ips_simulator.scenario_checks.Finding.*": "quotes names of a scenario, never values",
    "ips_simulator.scenario_problems.*": "quotes names of a scenario, never values",
    "ips_simulator.scenario_steps.*": SCENARIO,
    "ips_till.cli.doctor.Finding.*": "words of its own, and errors, which are masked",
    "ips_till.cli.options.Options.*": OURS,
    "ips_till.cli.probing.Probe.version": OURS,
    "ips_till.cli.taking.Taking.*": OURS,
    "ips_till.effects.Ask.question": OBJECTS,
    "ips_till.effects.Tell.event": OBJECTS,
}
"""Fields whose `repr` shows a text as it is, and why that is harmless."""


def _canary(annotation: Any) -> Any:
    """A value of this type that holds a card number; None when there is none."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if annotation in (str, object, Any) or isinstance(annotation, typing.TypeVar):
        return PAN
    if annotation is bytes:
        return PAN.encode()
    if origin in (typing.Union, types.UnionType):
        return next((found for one in arguments if (found := _canary(one)) is not None), None)
    if origin is tuple:
        found = [_canary(one) for one in arguments if one is not ...]
        return tuple(found) if any(one is not None for one in found) else None
    if origin in (list, set, frozenset, collections.deque, collections.abc.Sequence):
        found = _canary(arguments[0])
        kind = list if origin is collections.abc.Sequence else origin
        return None if found is None else kind([found])
    if origin in (dict, collections.abc.Mapping):
        name, value = map(_canary, arguments)
        return {name: value} if name is not None or value is not None else None
    return None


def _shown(cls: type, field: "attrs.Attribute[Any]", hints: dict[str, Any], value: Any) -> str:
    """The `repr` of an instance whose field holds the value, and whose others hold nothing."""
    made = cls.__new__(cls)
    for one in attrs.fields(cls):
        empty = type(_canary(hints.get(one.name)) or ())()
        object.__setattr__(made, one.name, value if one is field else empty)
    return repr(made)


def _visible() -> list[str]:
    found = []
    for cls in records():
        hints = typing.get_type_hints(cls)
        for field in attrs.fields(cls):
            value = _canary(hints.get(field.name))
            if value is None:
                continue
            try:
                shown = _shown(cls, field, hints, value)
            except (AttributeError, TypeError) as exc:
                shown = f"{PAN} cannot be shown: {exc}" if name_of(cls) not in _ODD else ""
            if PAN in shown:
                found.append(f"{name_of(cls)}.{field.name}")
    return found


_ODD = {"stompws.delivery.Stray"}
"""Whose `repr` asks its fields, and is looked at where strays come."""


def test_no_record_shows_a_card_number_that_stands_in_a_field() -> None:
    """Every field of every record that may hold a text, one by one."""
    visible = _visible()
    unknown = [name for name in visible if not any(fnmatch.fnmatch(name, one) for one in HARMLESS)]
    assert unknown == []
    unused = [one for one in HARMLESS if not fnmatch.filter(visible, one)]
    assert unused == []


def test_there_is_something_to_look_at() -> None:
    """The walk finds the packages: hundreds of records, dozens of errors."""
    assert len(records()) > 200
    assert len(errors()) > 40
    assert {name.split(".")[0] for name in map(name_of, records())} == {
        "stompws", "worldpay_ips", "ips_simulator", "ips_till",
    }  # fmt: skip


@pytest.mark.parametrize(
    "cls",
    [one for one in enums() if issubclass(one, OpenStrEnum) and one is not OpenStrEnum],
    ids=lambda cls: cls.__name__,
)
def test_a_value_of_a_newer_server_is_masked_in_the_repr_of_its_message(cls: type) -> None:
    """An open enum keeps whatever comes."""
    assert PAN not in show(cls(PAN))


SAID = {
    "stompws.errors.*Error.operation": DOCUMENT,
    "stompws.errors.*Error.correlation_id": OURS,
    "stompws.errors.*Error.recover_with": DOCUMENT,
    "stompws.errors.*Error.text": WORDS,
    "stompws.errors.ConnectionLostError.close_reason": "the server's words, scrubbed by the driver",
    "stompws.errors.OutcomeUnknownError.key": "a reference is exempt by schema",
    "stompws.frame_head.HeadProblem.text": WORDS,
    "stompws.jsontext.NotJsonError.rule": WORDS,
    "ips_simulator.scenario_yaml.UnreadableError.*": "quotes names of a scenario, never values",
    "stompws.errors.InvalidMessageError.type_name": DOCUMENT,
    "stompws.errors.DecodeError.type_name": DOCUMENT,
    "stompws.errors.RemoteRejectedError.*": "the server's words, scrubbed by the session",
    "stompws.delivery.ReplyDecodeError.*": DOCUMENT,
    "ips_till.cli.codes.CommandError.text": WORDS,
    "ips_till.errors.*.reference": "a reference is exempt by schema",
    "ips_till.errors.*.paypoint_id": OURS,
    "ips_till.errors.*.operation": OURS,
    "ips_till.errors.OutcomeUnknownError.correlation_id": OURS,
    "ips_till.errors.OutcomeUnknownError.why": WORDS,
    "ips_till.errors.UsedAfterForkError.what": OURS,
    "ips_till.receipts.printing.AlreadyPrintedError.reference": "a reference is exempt by schema",
    "ips_till.receipts.printing.AlreadyPrintedError.type_": "masked where it is received",
    "ips_till.registering.RegistrationRefusedError.code": "digits alone, six at most",
    "ips_till.registering.RegistrationUnknownError.*": WORDS,
    "ips_till.renewing.KeyNotStoredError.why": WORDS,
}
"""Parameters of errors that stand in their texts, and why that is harmless.

An error that takes a text alone is made of words of its own where it is raised; what it then quotes
is looked at by the payments of the other canary tests.
"""


def test_no_error_says_what_it_is_given() -> None:
    """Every parameter of every error that has some, one by one: text, `repr`, args, attributes."""
    said = _said()
    assert [name for name in said if not any(fnmatch.fnmatch(name, one) for one in SAID)] == []
    assert [one for one in SAID if not fnmatch.filter(said, one)] == []


def _said() -> list[str]:
    said = []
    for cls in errors():
        if not isinstance(cls.__dict__.get("__init__"), types.FunctionType):
            continue
        parameters = list(inspect.signature(cls).parameters.values())
        if [one.name for one in parameters] == ["text"]:
            continue
        for one in parameters:
            given = {other.name: _argument(other, canary=other is one) for other in parameters}
            if given[one.name] is None:
                continue
            positional = [given.pop(p.name) for p in parameters if p.kind is not p.KEYWORD_ONLY]
            error = cls(*positional, **given)
            if PAN in f"{error} {error!r} {error.args!r} {vars(error)!r}":
                said.append(f"{name_of(cls)}.{one.name}")
    return said


def _argument(parameter: inspect.Parameter, *, canary: bool) -> Any:
    """A canary for a parameter that takes text, None for one that does not; else something."""
    annotation = str(parameter.annotation)
    if "str" in annotation and "Callable" not in annotation:
        return PAN if canary else "x"
    if "Error" in annotation or "BaseException" in annotation:
        return None if canary else LinkError("x")
    if "Iterable" in annotation:
        return None if canary else ()
    if annotation == "<class 'object'>":  # the payload of a message
        return Error(code=PAN, message=PAN) if canary else None
    return None if canary or "float" not in annotation else 1.0


OWN_WORDS = {
    "ips_simulator.behaviour.Hold": "the name of a step",
    "ips_simulator.ledger.Ledger": "a count",
    "ips_simulator.licences.Licences": "counts",
    "ips_simulator.paypoint.Paypoint": OURS,
    "ips_simulator.pin_pad.PinPad": "its mode, and what it waits for",
    "ips_simulator.replay.Replay": "a count",
    "ips_simulator.simulator.Simulator": OURS,
    "ips_simulator.virtual_clock.VirtualClock": "a time",
    "ips_till.events.Question": "what it is called by: class and reference",
    "ips_till.flight.recorder.FlightLog": "the name of its file, which holds no card number",
    "ips_till.flight.recorder.FlightRecorder": OURS,
    "ips_till.held.Held": "what it is called by: operation, reference, paypoint",
    "ips_till.journals.sqlite.SqliteJournal": OURS,
    "ips_till.journals.postgres.PostgresJournal": "nothing: its address may hold a password",
    "ips_till.key_file.KeyFile": OURS,
    "ips_till.key_ring.KeyringKey": OURS,
    "ips_till.keys.ReadOnlyKey": OURS,
    "ips_till.ordering.Ordering": OURS,
    "stompws.client_base.ClientBase": OURS,
    "stompws.talk.Talk": DOCUMENT,
    "stompws.client_connection.ClientConnection": OURS,
    "stompws.client_connection.Subscription": DOCUMENT,
    "stompws.conversation.Conversation": DOCUMENT,
    "stompws.records.Record": "of every field what `show` makes of it: masked",
    "stompws.values.FrozenMap": "names and values, masked",
    "stompws.values.UnknownFields": "names, masked",
}
"""Classes that write their own `repr`, and what stands in it."""


def test_every_repr_of_its_own_is_known() -> None:
    """Whoever writes a `repr` by hand says here what it shows; the rest shows a class's name."""
    own = {name_of(cls) for cls in others() if {"__repr__", "__str__"} & vars(cls).keys()}
    assert own == OWN_WORDS.keys()


def test_maps_of_messages_are_masked() -> None:
    """Unknown fields, and free-form objects: names and values."""
    made = (FrozenMap({PAN: [PAN, {"x": PAN}]}), UnknownFields({PAN: PAN}))
    assert all(PAN not in f"{one!r} {one}" for one in made)
