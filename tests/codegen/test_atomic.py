"""Writing is all or nothing, whatever dies, fills up or runs at the same time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from killing import FOREIGN, HEADER, NEW, OLD
from stompgen.output import ForeignFileError, write_tree

SCRIPT = Path(__file__).with_name("killing.py")
WITHOUT_PACKAGE: dict[str, str] = {}


def tree(folder: Path) -> dict[str, str]:
    """All files below a folder but those that a run left behind, which nobody imports."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(".stompgen-")
    }


def place(files: dict[str, str], folder: Path) -> None:
    """Write files as somebody else would."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def run(script: Path | str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the tests' path."""
    how = ["-c", script] if isinstance(script, str) else [str(script)]
    return subprocess.run(
        [sys.executable, *how, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("how", ["kill", "fail"])
@pytest.mark.parametrize("mode", ["one-step", "two-steps"])
def test_a_run_that_dies_at_any_step_leaves_the_old_package_or_the_new_one(
    tmp_path: Path, mode: str, how: str
) -> None:
    """Never a mix, never without a user's own file; and the next run leaves no trace of it.

    Where two folders cannot change places in one step, a kill may leave none until the next run.
    """
    folder = tmp_path / "out"
    place({**OLD, **FOREIGN}, folder)
    done = run(SCRIPT, str(folder), mode, how)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    assert steps > 30
    seen = {"old": 0, "new": 0, "none": 0}
    for step in range(1, steps + 1):
        copy = folder.with_name(f"out-{step}")
        found = tree(copy)
        states = {"old": {**OLD, **FOREIGN}, "new": {**NEW, **FOREIGN}, "none": WITHOUT_PACKAGE}
        state = next((name for name, files in states.items() if files == found), "mix")
        assert state in seen, (step, found)
        seen[state] += 1
        write_tree(NEW, copy)
        assert tree(copy) == {**NEW, **FOREIGN}, step
        assert [path.name for path in copy.iterdir()] == ["pkg"], step
    assert seen["old"] > 10
    assert seen["new"] > 3
    assert seen["none"] <= (mode == "two-steps" and how == "kill")


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of Unix")
def test_a_full_disk_leaves_the_old_package(tmp_path: Path) -> None:
    """The first byte that cannot be written stops everything; nothing is left behind."""
    place(OLD, tmp_path)
    write = """
import resource, signal, sys
from pathlib import Path
from killing import NEW
from stompgen.output import write_tree
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
try:
    write_tree({**NEW, "pkg/zz.py": NEW["pkg/same.py"] + "b = 1\\n" * 100}, Path(sys.argv[1]))
except OSError as exc:
    print(exc.strerror)
"""
    done = run(write, str(tmp_path))
    assert done.stdout == "File too large\n", done.stderr
    assert tree(tmp_path) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["pkg"]


def test_two_runs_at_once_come_one_after_the_other(tmp_path: Path) -> None:
    """The package is that of one of them."""
    place(FOREIGN, tmp_path)
    write = """
import sys
from pathlib import Path
from killing import NEW, OLD
from stompgen.output import write_tree
for _ in range(40):
    write_tree(OLD, Path(sys.argv[1]))
    write_tree(NEW, Path(sys.argv[1]))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", write, str(tmp_path)], env=environment, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in both:
        _, error = process.communicate(timeout=120)
        assert process.returncode == 0, error.decode()
    assert tree(tmp_path) == {**NEW, **FOREIGN}
    assert [path.name for path in tmp_path.iterdir()] == ["pkg"]


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    """Neither where a file would be nor where a folder would be, in the package or above it."""
    outside = tmp_path / "outside"
    place({"x.py": HEADER, "same.py": HEADER}, outside)
    for number, (name, target) in enumerate(
        [("pkg", outside), ("pkg/same.py", outside / "x.py"), ("pkg/come", outside)]
    ):
        out = tmp_path / str(number)
        (out / name).parent.mkdir(parents=True)
        (out / name).symlink_to(target)
        with pytest.raises(ForeignFileError, match=f"{name} is a link"):
            write_tree(NEW, out)
        assert (out / name).is_symlink()
    assert tree(outside) == {"x.py": HEADER, "same.py": HEADER}


def test_links_and_empty_folders_of_others_stay(tmp_path: Path) -> None:
    """Also such as lead nowhere; what they lead to is not looked at."""
    outside = tmp_path / "outside"
    place({"stale.py": HEADER}, outside)
    out = tmp_path / "out"
    place(OLD, out)
    (out / "pkg/linked").symlink_to(outside)
    (out / "pkg/dangling").symlink_to("nowhere")
    (out / "pkg/empty").mkdir()
    (out / "pkg/secret.txt").write_text("x", "utf-8")
    (out / "pkg/secret.txt").chmod(0o600)
    write_tree(NEW, out)
    assert (out / "pkg/linked").readlink() == outside
    assert (out / "pkg/dangling").readlink() == Path("nowhere")
    assert (out / "pkg/empty").is_dir()
    assert (out / "pkg/secret.txt").stat().st_mode & 0o777 == 0o600
    assert tree(outside) == {"stale.py": HEADER}


def test_a_compiled_module_does_not_keep_its_folder(tmp_path: Path) -> None:
    """Python makes it again; a folder with nothing else in it would still be imported."""
    place({**OLD, "pkg/gone/__pycache__/old.cpython-311.pyc": "code"}, tmp_path)
    write_tree(NEW, tmp_path)
    assert not (tmp_path / "pkg/gone").exists()


def test_packages_beside_each_other_are_left_alone(tmp_path: Path) -> None:
    """Also in a common parent package."""
    write_tree({"shop/one/__init__.py": HEADER, "shop/one/a.py": HEADER}, tmp_path)
    write_tree({"shop/two/__init__.py": HEADER, "shop/two/b.py": HEADER}, tmp_path)
    assert sorted(tree(tmp_path)) == [
        "shop/one/__init__.py",
        "shop/one/a.py",
        "shop/two/__init__.py",
        "shop/two/b.py",
    ]
