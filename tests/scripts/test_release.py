"""A release is refused with a sentence, and is whole when it is made."""

from __future__ import annotations

import hashlib
import json
import subprocess

import pytest
import release

TEXT = "夜航\n\n第一章 出海\n\n　　船出了港。\n"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout of one source, and the calls of Keben that its release makes."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "night.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/dist/\n", encoding="utf-8")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "x")):
        subprocess.run(("git", "-C", tmp_path, *command), check=True)
    monkeypatch.setattr(release, "ROOT", tmp_path)
    monkeypatch.setattr(release, "RELEASE", tmp_path / "dist" / "release")
    monkeypatch.setenv("LC_ALL", "C")
    return tmp_path


def called(monkeypatch, checkout, version, *sources) -> int:
    names = [str(checkout / "seeds" / name) for name in sources]
    monkeypatch.setattr("sys.argv", ["release.py", version, *names])
    return release.main()


@pytest.mark.parametrize(
    ("version", "sources", "sentence"),
    [
        ("", ["night.txt"], "give the release a version"),
        ("1.0", ["night.txt"], "1.0 is no version"),
        ("1.0.0", [], "there is nothing to release"),
    ],
)
def test_a_call_that_says_too_little_is_refused(
    checkout, monkeypatch, capsys, version, sources, sentence
):
    assert called(monkeypatch, checkout, version, *sources) == 1
    assert sentence in capsys.readouterr().err


def test_changes_that_are_not_committed_are_refused(checkout, monkeypatch, capsys):
    (checkout / "seeds" / "night.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    assert called(monkeypatch, checkout, "1.0.0", "night.txt") == 1
    assert "seeds/night.txt" in capsys.readouterr().err


def test_a_version_that_names_another_commit_is_refused(checkout, monkeypatch, capsys):
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (
        ("tag", "v1.0.0"),
        (*who, "commit", "-q", "--allow-empty", "-m", "y"),
    ):
        subprocess.run(("git", "-C", checkout, *command), check=True)
    assert called(monkeypatch, checkout, "1.0.0", "night.txt") == 1
    assert "v1.0.0 names another commit" in capsys.readouterr().err


def test_a_check_that_fails_leaves_the_last_release(checkout, monkeypatch, capsys):
    (checkout / "dist" / "release").mkdir(parents=True)
    (checkout / "dist" / "release" / "SHA256SUMS").write_text("earlier")
    monkeypatch.setattr(release.sys, "executable", "false")
    assert called(monkeypatch, checkout, "1.0.0", "night.txt") == 1
    assert "the build failed" in capsys.readouterr().err
    kept = [str(p.relative_to(checkout)) for p in (checkout / "dist").rglob("*")]
    assert sorted(kept) == ["dist/release", "dist/release/SHA256SUMS"]


def test_a_release_is_whole(checkout, monkeypatch):
    assert called(monkeypatch, checkout, "1.0.0", "night.txt") == 0
    folder = checkout / "dist" / "release"
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "night.epub",
        "night.pdf",
        "night.audit.html",
        "night.audit.json",
        "provenance.json",
        "SHA256SUMS",
    }
    for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    told = json.loads((folder / "provenance.json").read_bytes())
    (book,) = told["books"]
    assert told["version"] == "1.0.0"
    assert book["audit"]["proved"] is True
    (source,) = book["to_be_equal"]["sources"]
    assert source["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
