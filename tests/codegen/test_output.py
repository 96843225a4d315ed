"""Files on disk: what is ours is replaced and removed, what is not ours is never touched."""

import os

import pytest

from stompgen.output import ForeignFileError, diff_tree, write_file, write_tree

HEADER = "# Generated from spec/x.yaml by stompgen. Do not edit.\n"
OLD = {"pkg/__init__.py": HEADER + "a = 1\n", "pkg/sub/gone.py": HEADER, "pkg/py.typed": ""}
NEW = {"pkg/__init__.py": HEADER + "a = 2\n", "pkg/new.py": HEADER, "pkg/py.typed": ""}


def tree(folder) -> dict[str, str]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_tree_is_written_as_it_was_generated(tmp_path) -> None:
    """Byte for byte, on any system."""
    write_tree(OLD, tmp_path / "out")
    assert tree(tmp_path / "out") == OLD
    assert b"\r" not in (tmp_path / "out/pkg/__init__.py").read_bytes()


def test_stale_files_of_ours_go_and_nothing_is_left_behind(tmp_path) -> None:
    """The folder holds what was generated last."""
    write_tree(OLD, tmp_path)
    write_tree(NEW, tmp_path)
    assert tree(tmp_path) == NEW
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pkg"]


def test_files_that_are_not_ours_stay(tmp_path) -> None:
    """A file without our header was written by somebody else."""
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/mine.py").write_text("mine = 1\n", "utf-8")
    (tmp_path / "other.py").write_text(HEADER, "utf-8")  # beside the package: not our folder
    write_tree(NEW, tmp_path)
    assert tree(tmp_path) == {**NEW, "pkg/mine.py": "mine = 1\n", "other.py": HEADER}


def test_a_file_that_is_not_ours_is_never_replaced(tmp_path) -> None:
    """Then nothing is written at all."""
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/new.py").write_text("mine = 1\n", "utf-8")
    with pytest.raises(ForeignFileError, match=r"pkg/new\.py"):
        write_tree(NEW, tmp_path)
    assert tree(tmp_path) == {"pkg/new.py": "mine = 1\n"}


def test_unchanged_files_are_not_written(tmp_path) -> None:
    """Tools that look at times have nothing to do."""
    write_tree(OLD, tmp_path)
    before = (tmp_path / "pkg/__init__.py").stat().st_mtime_ns
    write_tree({**OLD, "pkg/more.py": HEADER}, tmp_path)
    assert (tmp_path / "pkg/__init__.py").stat().st_mtime_ns == before


def test_the_difference_of_the_same_is_empty(tmp_path) -> None:
    """Then the committed code is current."""
    write_tree(OLD, tmp_path)
    assert diff_tree(OLD, tmp_path) == ""


def test_the_difference_shows_what_comes_changes_and_goes(tmp_path) -> None:
    """A unified diff, by file; the folder stays as it is."""
    write_tree(OLD, tmp_path)
    found = diff_tree(NEW, tmp_path)
    assert "--- a/pkg/__init__.py\n+++ b/pkg/__init__.py\n" in found
    assert "-a = 1\n+a = 2\n" in found
    assert "--- /dev/null\n+++ b/pkg/new.py\n" in found
    assert "--- a/pkg/sub/gone.py\n+++ /dev/null\n" in found
    assert tree(tmp_path) == OLD


def test_a_missing_empty_file_is_a_difference(tmp_path) -> None:
    """`py.typed` is empty and counts all the same."""
    assert diff_tree({"pkg/py.typed": ""}, tmp_path) == "--- /dev/null\n+++ b/pkg/py.typed\n"


@pytest.mark.parametrize("deal", [write_tree, diff_tree])
def test_a_folder_in_the_way_is_told_before_anything_is_replaced(tmp_path, deal) -> None:
    """A difference could not be made away with by writing, so it is none."""
    write_tree(OLD, tmp_path)
    (tmp_path / "pkg/new.py").mkdir()
    with pytest.raises(ForeignFileError, match=r"pkg/new\.py is a folder"):
        deal(NEW, tmp_path)
    assert tree(tmp_path) == OLD


@pytest.mark.parametrize("deal", [write_tree, diff_tree])
def test_a_file_where_the_package_would_be_is_told(tmp_path, deal) -> None:
    """No file is written beside it."""
    (tmp_path / "pkg").write_text("mine", "utf-8")
    with pytest.raises(ForeignFileError, match="pkg is a file"):
        deal(NEW, tmp_path)
    assert tree(tmp_path) == {"pkg": "mine"}


def test_one_file_is_written_as_a_whole(tmp_path) -> None:
    """Who reads it meanwhile sees the old text or the new one; its mode stays."""
    page = tmp_path / "page.md"
    write_file(page, "old\n")
    assert page.stat().st_mode & 0o777 == 0o666 & ~umask()
    page.chmod(0o640)
    reader = page.open("rb")
    write_file(page, "new\n")
    assert (reader.read(), page.read_bytes()) == (b"old\n", b"new\n")
    reader.close()
    assert page.stat().st_mode & 0o777 == 0o640
    with pytest.raises(UnicodeEncodeError):
        write_file(page, "half\ud800")
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
    assert page.read_bytes() == b"new\n"


def umask() -> int:
    """The mask of this process."""
    os.umask(mask := os.umask(0o077))
    return mask
