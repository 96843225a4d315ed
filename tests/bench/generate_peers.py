"""Other generators of Python code, each installed in a folder of its own; some cannot be had."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ASYNCAPI_PYTHON = "asyncapi-python[codegen]"
MODELINA = "@asyncapi/modelina@5.10.1"
SCRIPT = Path(__file__).with_name("modelina.mjs")

Tell = Callable[[str], None]
Arguments = Callable[[Path, Path], list[str]]
"""From a document and a folder to the command."""


def datamodel_codegen(spec: Path, out: Path) -> list[str]:
    """Models only."""
    return [
        *(sys.executable, "-m", "datamodel_code_generator", "--input", str(spec)),
        *("--input-file-type", "asyncapi", "--output", f"{out}.py"),
        *("--output-model-type", "pydantic_v2.BaseModel"),
    ]


def asyncapi_python(folder: Path, tell: Tell) -> Arguments | None:
    """Models and an application; in a virtual environment, for it pins what others need newer."""
    tell(f"installing {ASYNCAPI_PYTHON} from PyPI")
    try:
        venv.EnvBuilder(with_pip=True).create(folder)
        python = folder / "bin" / "python"
        install = [python, "-m", "pip", "install", "--quiet", ASYNCAPI_PYTHON]
        subprocess.run(install, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as exc:
        tell(f"NOT MEASURED: {ASYNCAPI_PYTHON} cannot be installed ({type(exc).__name__})")
        return None
    command = folder / "bin" / "asyncapi-python-codegen"
    return lambda spec, out: [str(command), str(spec), str(out), "--force"]


def modelina(folder: Path, tell: Tell) -> Arguments | None:
    """Models only."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        tell(f"NOT MEASURED: {MODELINA} needs npm, and there is none")
        return None
    tell(f"installing {MODELINA} from npm")
    folder.mkdir()
    try:
        install = [npm, "install", "--no-audit", "--no-fund", "--silent", MODELINA]
        subprocess.run(install, check=True, capture_output=True, cwd=folder)
    except subprocess.CalledProcessError:
        tell(f"NOT MEASURED: {MODELINA} cannot be installed")
        return None
    script = folder / SCRIPT.name  # it finds the packages beside itself
    script.write_bytes(SCRIPT.read_bytes())
    return lambda spec, out: [node, str(script), str(spec), str(out)]
