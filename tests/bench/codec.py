"""Decoding and encoding the documentation's payment result, beside the peers. CPU time."""

import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import cattrs.preconf.json
import msgspec
import yaml
from rich.table import Table
from tests.bench.rounds import in_turns

from stompws.codec import Codec
from worldpay_ips.examples import EXAMPLES
from worldpay_ips.operations import API

SPEC = Path("spec/ips-payment-4.0.1.yaml")
ROUNDS, CALLS = 41, 200
SCHEMAS = "#/components/schemas/"


def _result_schema() -> dict[str, Any]:
    """The payment result and what it refers to, as a JSON Schema of its own.

    Of the whole document datamodel-code-generator makes pydantic models that cannot be imported:
    they take the catch-all variant of an open union for one without a tag.
    """
    schemas = yaml.safe_load(SPEC.read_text("utf-8"))["components"]["schemas"]
    found: dict[str, Any] = {}
    waiting = ["PaymentResult"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = schemas[name]
            waiting += re.findall(f'"{SCHEMAS}([^"]+)"', json.dumps(schemas[name]))
    text = json.dumps({"$ref": f"{SCHEMAS}PaymentResult", "definitions": found})
    document: dict[str, Any] = json.loads(text.replace(SCHEMAS, "#/definitions/"))
    return document


def _peer_models(folder: Path, kind: str) -> ModuleType:
    """Generate the payment result's models with datamodel-code-generator and import them."""
    schema = folder / "result.json"
    schema.write_text(json.dumps(_result_schema()), "utf-8")
    name = f"peer_{kind.partition('.')[0]}"
    path = folder / f"{name}.py"
    subprocess.run(
        [
            *(sys.executable, "-m", "datamodel_code_generator", "--input", str(schema)),
            *("--input-file-type", "jsonschema", "--output", str(path)),
            *("--output-model-type", kind, "--target-python-version", "3.11"),
        ],
        check=True,
        capture_output=True,
    )
    found = importlib.util.spec_from_file_location(name, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


def measure(progress: Callable[[str], None]) -> Table:
    """Return decode and encode times as multiples of `json.loads` and `json.dumps`."""
    example = next(ex.payload_text for ex in EXAMPLES if ex.message.name == "PaymentResult")
    document = json.loads(example)
    text = json.dumps(document)
    data = text.encode()
    result_class: Any = next(m.payload for m in API.messages if m.name == "PaymentResult")
    payloads = [message.payload for message in API.messages]
    codec, by_rules = Codec(payloads, orjson=False), Codec(payloads, ahead=False, orjson=False)
    with_orjson = Codec(payloads, orjson=True)
    ours = codec.decode(result_class, data)
    with tempfile.TemporaryDirectory() as folder:
        progress("generating the peers' models")
        pydantic_model = _peer_models(Path(folder), "pydantic_v2.BaseModel").PaymentResult
        struct = _peer_models(Path(folder), "msgspec.Struct").PaymentResult
    plain = cattrs.preconf.json.make_converter()
    plain_class = _plain_attrs_tree(document)
    validated = pydantic_model.model_validate_json(data)
    structured = msgspec.json.decode(data, type=struct)
    plain_value = plain.loads(text, plain_class)
    progress(f"{ROUNDS} rounds of {CALLS} calls for each contender")
    decode = in_turns(
        {
            "json, plain dict": lambda: json.loads(text),
            "worldpay_ips, exact": lambda: codec.decode(result_class, data),
            "worldpay_ips, tolerant": lambda: codec.receive(result_class, data),
            "worldpay_ips, exact, orjson": lambda: with_orjson.decode(result_class, data),
            "worldpay_ips, from rules": lambda: by_rules.decode(result_class, data),
            "attrs + plain cattrs, no checks": lambda: plain.loads(text, plain_class),
            "pydantic v2": lambda: pydantic_model.model_validate_json(data),
            "msgspec.Struct": lambda: msgspec.json.decode(data, type=struct),
        },
        rounds=ROUNDS,
        calls=CALLS,
        clock=time.process_time,
    )
    encode = in_turns(
        {
            "json, plain dict": lambda: json.dumps(document),
            "worldpay_ips, exact": lambda: codec.encode(ours),
            "worldpay_ips, exact, orjson": lambda: with_orjson.encode(ours),
            "worldpay_ips, from rules": lambda: by_rules.encode(ours),
            "attrs + plain cattrs, no checks": lambda: plain.dumps(plain_value),
            "pydantic v2": lambda: validated.model_dump_json(by_alias=True, exclude_none=True),
            "msgspec.Struct": lambda: msgspec.json.encode(structured),
        },
        rounds=ROUNDS,
        calls=CALLS,
        clock=time.process_time,
    )
    table = Table(title=f"Payment result, {len(data)} bytes", title_justify="left")
    table.add_column("codec")
    for column in ("decode µs", "÷ json.loads", "encode µs", "÷ json.dumps"):
        table.add_column(column, justify="right")
    for name, seconds in decode.items():
        row = [name, f"{seconds * 1e6:.1f}", f"{seconds / decode['json, plain dict']:.2f}"]
        if name in encode:
            row += [f"{encode[name] * 1e6:.1f}", f"{encode[name] / encode['json, plain dict']:.2f}"]
        table.add_row(*row)
    return table


def _plain_attrs_tree(document: object, name: str = "Plain") -> Any:
    """Return attrs classes shaped like the document: what one would write by hand, unchecked."""
    import attrs

    if isinstance(document, dict):
        fields = {
            key: attrs.field(type=_plain_attrs_tree(value, f"{name}{key.title()}"))
            for key, value in document.items()
        }
        return attrs.make_class(name, fields, frozen=True, slots=True)
    if isinstance(document, list):
        return list[_plain_attrs_tree(document[0], name)]  # type: ignore[misc]  # made at run time
    return type(document)
