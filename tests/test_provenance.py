"""Whoever has the provenance of an edition knows what to make it of again."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version

import pytest

from pipeline.build import Order, build

TEXT = "夜航\n\n第一章 出海\n\n　　船出了港。\n"


@pytest.fixture
def told(tmp_path):
    source = tmp_path / "night.txt"
    source.write_text(TEXT, "utf-8")
    source.with_suffix(".toml").write_text('title = "夜航"\n', "utf-8")
    order = Order(("pdf",), settings={"size": "32k"}, recorded=True)
    build(source, tmp_path, order, lambda _stage: None)
    return json.loads((tmp_path / "night.provenance.json").read_bytes())


def test_editions_and_sources_are_known_by_their_digests(told, tmp_path):
    files = [*told["editions"], *told["to_be_equal"]["sources"]]
    assert [file["name"] for file in files] == ["night.pdf", "night.toml", "night.txt"]
    for file in files:
        data = (tmp_path / file["name"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["bytes"] == len(data)


def test_the_command_makes_the_same_again(told):
    assert told["command"] == "keben build night.txt --to pdf --set size=32k"


def test_what_must_be_equal_is_named_with_its_version(told):
    equal = told["to_be_equal"]
    assert equal["packages"]["weasyprint"] == version("weasyprint")
    assert {"fontconfig", "harfbuzz", "pango", "zlib"} == equal["libraries"].keys()
    assert all(value[0].isdigit() for value in equal["libraries"].values())
    assert all(font["licence"] and font["sha256"] for font in equal["fonts"])
    assert "Noto Serif SC" in {font["name"] for font in equal["fonts"]}


def test_what_a_package_needs_for_an_extra_is_among_them(told):
    assert {"brotli", "lxml_html_clean"} <= told["to_be_equal"]["packages"].keys()


def test_packages_of_the_tests_are_not_among_them(told):
    assert not {"pytest", "keben"} & told["to_be_equal"]["packages"].keys()
