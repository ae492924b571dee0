"""Lists of utterances, as a TSV and as a tree."""

from pathlib import Path

import pytest

from speechrnn.errors import DataError
from speechrnn.evaluation.manifest import read_utterances


def test_a_tree_in_the_form_of_librispeech_and_a_list_of_it_give_the_same(tmp_path: Path) -> None:
    chapter = tmp_path / "train" / "84" / "121"
    chapter.mkdir(parents=True)
    names = ["84-121-0000", "84-121-0001"]
    for name in names:
        (chapter / f"{name}.flac").touch()
    texts = ["HELLO", "HELLO THERE"]
    (chapter / "84-121.trans.txt").write_text(
        "".join(f"{n} {t}\n" for n, t in zip(names, texts, strict=True))
    )
    listed = "".join(
        f"84/121/{name}.flac\t84\t0\ttrain\t{text}\n" for name, text in zip(names, texts, strict=True)
    )
    (tmp_path / "train" / "list.tsv").write_text(listed)
    tree = read_utterances(tmp_path / "train")
    assert [utterance.text for utterance in tree] == texts
    assert tree == read_utterances(tmp_path / "train" / "list.tsv")


def test_a_folder_without_transcripts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no \*\.trans\.txt in it"):
        read_utterances(tmp_path)
