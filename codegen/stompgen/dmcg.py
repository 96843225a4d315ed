"""datamodel-code-generator, asked through its public, versioned `emit_model_metadata`.

Importing it takes most of a second, so it is imported only when it is needed; a `Worker` imports it
in a process of its own while the document is still being read. That process runs this file as a
script: it imports nothing of this package.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self, TypeAlias

METADATA_VERSION = 1

Model: TypeAlias = Mapping[str, Any]
"""A class, with its name, its fields' names and the path of its schema."""

Ask: TypeAlias = Callable[[Mapping[str, Any]], list[Model]]
"""From the components' schemas to their classes."""


class FrontEndError(Exception):
    """datamodel-code-generator answers in a form that this program does not know."""


def ask(schemas: Mapping[str, Any]) -> list[Model]:
    """Return the classes that datamodel-code-generator makes of some components."""
    return models_of(_metadata(schemas)) if schemas else []


class Worker:
    """Asks in a process of its own. It starts at once, so that it is ready when it is needed."""

    def __init__(self) -> None:
        # -P: the folder of this file is not searched for modules.
        command = [sys.executable, "-P", str(Path(__file__).resolve())]
        # Plugins of pydantic have no business here, and looking for them takes time.
        environment = {**os.environ, "PYDANTIC_DISABLE_PLUGINS": "__all__"}
        self._process = subprocess.Popen(  # noqa: S603 - ourselves, no shell
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, schemas: Mapping[str, Any]) -> list[Model]:
        """Ask the process; in this one if that process cannot answer. Works once."""
        if not schemas:
            return []
        answer, _ = self._process.communicate(json.dumps(schemas).encode())
        if self._process.returncode:
            return ask(schemas)  # raises what went wrong there
        return models_of(json.loads(answer))


def models_of(metadata: Mapping[str, Any]) -> list[Model]:
    """Return the classes of some metadata; raise FrontEndError when it may mean something else."""
    if metadata.get("version") != METADATA_VERSION:
        raise FrontEndError(f"unknown version {metadata.get('version')} of the model metadata")
    return list(metadata["models"])


def _metadata(schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    collecting = gc.isenabled()
    gc.disable()  # hundreds of modules are imported; collecting meanwhile finds nothing
    try:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "metadata.json"
            _generate(schemas, out)
            metadata: Mapping[str, Any] = json.loads(out.read_text(encoding="utf-8"))
            return metadata
    finally:
        if collecting:
            gc.enable()


def _generate(schemas: Mapping[str, Any], out: Path) -> None:
    from datamodel_code_generator import generate
    from datamodel_code_generator.config import GenerateConfig
    from datamodel_code_generator.enums import DataModelType, InputFileType, NamingStrategy
    from datamodel_code_generator.format import Formatter, PythonVersion

    document: dict[str, Any] = {
        "asyncapi": "3.0.0",
        "info": {"title": "schemas", "version": "1"},
        "components": {"schemas": schemas},
    }
    config = GenerateConfig(
        input_file_type=InputFileType.AsyncAPI,
        output_model_type=DataModelType.DataclassesDataclass,
        target_python_version=PythonVersion.PY_311,
        naming_strategy=NamingStrategy.FullPath,
        snake_case_field=True,
        capitalise_enum_members=True,
        use_standard_primitive_types=True,
        formatters=[Formatter.BUILTIN],
        disable_timestamp=True,
        emit_model_metadata=out,
    )
    generate(document, config=config)


def _work() -> None:
    """Answer one question: schemas on stdin, the metadata on stdout."""
    gc.disable()
    _metadata({"Warm": {"type": "object", "properties": {"up": {"type": "string"}}}})
    question = sys.stdin.buffer.read()
    if question:
        sys.stdout.buffer.write(json.dumps(_metadata(json.loads(question))).encode())


if __name__ == "__main__":
    _work()
