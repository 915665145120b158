"""Models from a folder: loaded by path, held to the text, refused when they are not what they say.

The real libraries are extras: their tests run where they are installed and skip elsewhere; stubs stand for the rest.
"""

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from esep.backends import BackendChoice, open_backend
from esep.backends.slovnet_model import SlovnetModel
from esep.backends.spacy_model import SpacyModel
from esep.errors import BackendLost
from esep.extract import extract_text
from esep.extract.answers import Proposer
from esep.extract.assisting import assist

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Вчера Образцов и Примерский рассказали об этом в Приморске.\n\nOnly Quilliam spoke of it in English.\n"


def has(*packages):
    return all(importlib.util.find_spec(package) for package in packages)


def stub(*names):
    """A tagger that marks these words as persons, wherever it is asked."""

    def tag(text):
        found = [(text.index(name), name) for name in names if name in text]
        return SimpleNamespace(spans=[SimpleNamespace(start=at, stop=at + len(n), type="PER") for at, n in found])

    return SlovnetModel(tag, Proposer("slovnet", "stub", "0"))


def names(text, backend):
    result = assist(text, extract_text(text, name="made"), backend)
    assert all(text[one.proposal.start : one.proposal.end] == one.proposal.quote for one in result.found)
    return [(one.proposal.kind, one.proposal.quote) for one in result.found], result


def test_a_tagger_of_russian_is_asked_about_russian_sentences_only():
    found, result = names(TEXT, stub("Примерский", "Quilliam"))
    assert found == [("person", "Примерский")]
    assert result.asked == 1


def test_a_name_that_the_rules_read_as_a_place_carries_a_warning():
    text = "Он был в городе Приморск. Приморск молчал."
    result = assist(text, extract_text(text, name="made"), stub("Приморск"))
    assert [one.warnings for one in result.found] == [("the rules read these words as place",)]


def test_a_tagger_that_points_outside_its_words_adds_nothing():
    lying = SlovnetModel(
        lambda text: SimpleNamespace(spans=[SimpleNamespace(start=5, stop=5000, type="PER")]), Proposer("x", "y", "z")
    )
    found, result = names(TEXT, lying)
    assert found == []
    assert result.dropped


@pytest.mark.parametrize("name", ["slovnet", "spacy"])
def test_a_model_has_no_server(name):
    with pytest.raises(BackendLost, match="has no server"):
        open_backend(BackendChoice(name, "x", "http://127.0.0.1:1"))


@pytest.mark.skipif(has("slovnet", "navec"), reason="slovnet is installed here")
def test_without_slovnet_the_extra_is_named():
    with pytest.raises(BackendLost, match="slovnet is not installed") as refusal:
        open_backend(BackendChoice("slovnet"))
    assert "esep[slovnet]" in refusal.value.hint


def model_folder(folder, **told):
    (folder / "meta.json").write_text(json.dumps({"lang": "en", "name": "made", "version": "3.8.0", **told}))
    return str(folder)


@pytest.mark.skipif(has("spacy"), reason="spacy is installed here")
def test_without_spacy_the_extra_is_named(tmp_path):
    with pytest.raises(BackendLost, match="spacy is not installed") as refusal:
        open_backend(BackendChoice("spacy", model_folder(tmp_path)))
    assert "esep[spacy]" in refusal.value.hint


def test_a_model_with_the_version_of_look_alikes_is_refused_before_it_is_loaded(tmp_path):
    with pytest.raises(BackendLost, match="version 999"):
        open_backend(BackendChoice("spacy", model_folder(tmp_path, version="999.9.9")))


@pytest.mark.parametrize(("content", "words"), [(None, "no meta.json"), ("[]", "no meta.json"), ("{", "no meta.json")])
def test_a_folder_that_is_no_model_is_refused(tmp_path, content, words):
    if content:
        (tmp_path / "meta.json").write_text(content)
    with pytest.raises(BackendLost, match=words):
        open_backend(BackendChoice("spacy", str(tmp_path)))


def test_no_requirement_names_a_model_of_spacy():
    files = [ROOT / "pyproject.toml", *(ROOT / "requirements").iterdir()]
    for path in files:
        lines = [line.split("#")[0] for line in path.read_text("utf-8").splitlines()]
        assert not [line for line in lines if "core-news" in line or "core-web" in line or "core-sci" in line]


@pytest.mark.skipif(not has("spacy"), reason="needs the extra `spacy`")
def test_a_spacy_model_of_a_folder_finds_names_and_names_itself(tmp_path):
    import spacy

    made = spacy.blank("en")
    made.meta.update(name="made", version="1.2.3")
    made.add_pipe("entity_ruler").add_patterns(
        [{"label": "PERSON", "pattern": "Quilliam"}, {"label": "GPE", "pattern": "Testopolis"}]
    )
    made.to_disk(tmp_path / "model")
    backend = open_backend(BackendChoice("spacy", str(tmp_path / "model")))
    found, result = names("Quilliam was heard again in Testopolis.\n", backend)
    assert found == [("person", "Quilliam"), ("place", "Testopolis")]
    assert (result.proposer.backend, result.proposer.model) == ("spacy", "en_made")
    assert result.proposer.version.startswith("1.2.3+")


@pytest.mark.skipif(not has("spacy"), reason="needs the extra `spacy`")
def test_a_spacy_folder_without_its_model_is_refused(tmp_path):
    with pytest.raises(BackendLost, match="cannot be loaded"):
        SpacyModel.load(Path(model_folder(tmp_path)))


@pytest.mark.skipif(not has("slovnet", "navec", "natasha"), reason="needs the extra `slovnet`")
def test_slovnet_finds_russian_names_by_the_files_of_a_package_that_is_not_imported():
    import sys

    backend = open_backend(BackendChoice("slovnet"))
    assert "natasha" not in sys.modules
    text = "Вчера об этом рассказал Мустафа Айдынбек из посёлка Кызылтестовка.\n"
    _, result = names(text, backend)
    assert result.asked == 1
    assert result.proposer.model == "slovnet_ner_news_v1"
    assert len(result.found) + len(result.agreed) >= 1
    assert not result.faults


@pytest.mark.skipif(not has("slovnet", "navec"), reason="needs the extra `slovnet`")
def test_slovnet_with_damaged_files_is_refused(tmp_path):
    for name in ("slovnet_ner_made.tar", "navec_made.tar"):
        (tmp_path / name).write_bytes(b"no tar at all")
    with pytest.raises(BackendLost, match="cannot be loaded"):
        SlovnetModel.load(tmp_path)


@pytest.mark.skipif(not has("slovnet", "navec"), reason="needs the extra `slovnet`")
def test_a_folder_without_the_two_files_says_which_is_missing(tmp_path):
    with pytest.raises(BackendLost, match=r"0 files slovnet_ner\*\.tar"):
        SlovnetModel.load(tmp_path)
