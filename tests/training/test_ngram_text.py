"""Corpora out of archives and folders, as numbers."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from speechrnn.errors import ConfigError, DataError
from speechrnn.training.ngram_model import SPECIAL_WORDS, encode_sentences
from speechrnn.training.ngram_text import CorpusOptions, Numbering, read_sentences, read_word_counts

FILES = {
    "books/one.txt": "Mr. Hill came.  He saw 2 dogs.\n",
    "books/two.txt": "No!\n",
    "books/notes.md": "Left out.\n",
    "LICENCE.txt": "Public domain.\n",
}
SENTENCES = ["mister hill came", "he saw two dogs", "no"]
WITHOUT = CorpusOptions(archive="x", weight=1.0).without


def write_folder(path: Path) -> Path:
    for name, text in FILES.items():
        (path / name).parent.mkdir(exist_ok=True, parents=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def write_archive(path: Path) -> Path:
    with tarfile.open(path, "w:xz") as tar:
        for name, text in FILES.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return path


def test_folder_and_archive_give_the_same_sentences(tmp_path: Path) -> None:
    folder, archive = write_folder(tmp_path / "text"), write_archive(tmp_path / "text.tar.xz")
    for path in (folder, archive):
        found = [" ".join(words) for words in read_sentences(path, ["*.txt"], WITHOUT)]
        assert found == SENTENCES


def test_patterns_choose_the_files(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "text.tar.xz")
    assert list(read_sentences(archive, ["books/*.txt"], ["*/one.txt"])) == [["no"]]


def test_no_file_that_fits_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file in it fits \*.pdf"):
        list(read_sentences(write_archive(tmp_path / "text.tar.xz"), ["*.pdf"], []))


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_what_is_no_archive_is_an_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "text.tar.xz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"text\.tar\.xz: cannot be read as an archive of text"):
        list(read_sentences(path, ["*.txt"], []))


def test_numbers_become_the_ids_of_any_vocabulary() -> None:
    numbering = Numbering()
    first = numbering.encode(iter([["he", "saw", "him"], ["no"]]))
    second = numbering.encode(iter([["no", "he"]]))
    vocabulary = (*SPECIAL_WORDS, "he", "no")
    for numbers, sentences in ((first, [["he", "saw", "him"], ["no"]]), (second, [["no", "he"]])):
        np.testing.assert_array_equal(
            numbering.tokens(numbers, vocabulary), encode_sentences(sentences, vocabulary)
        )


def test_counts_are_of_words_and_not_of_sentence_ends() -> None:
    numbering = Numbering()
    numbers = numbering.encode(iter([["he", "saw", "he"], ["no"]]))
    numbering.encode(iter([["new"]]))
    assert dict(zip(numbering.words, numbering.counts(numbers).tolist(), strict=True)) == {
        "he": 2,
        "saw": 1,
        "no": 1,
        "new": 0,
    }


def test_word_counts_are_read(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("the\t12\ncat\t3\n", encoding="utf-8")
    assert read_word_counts(tmp_path, "words.txt") == {"the": 12, "cat": 3}


@pytest.mark.parametrize(
    ("text", "message"), [("the\n", "line 1: expected a word and a count"), ("", "no words.txt in it")]
)
def test_what_is_no_list_of_counts_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "words.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        read_word_counts(tmp_path, "words.txt")


def test_a_weight_out_of_range_is_refused() -> None:
    with pytest.raises(ConfigError, match="weight is 0; expected more than 0"):
        CorpusOptions(archive="x", weight=0)
