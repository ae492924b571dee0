"""The jobs of the compose page, run without Qt."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from compose_cases import NO_TUNES

from gui.compose.composers import Composers, Model, NoLongerWantedError
from gui.compose.drafts import load_job, piece_of_table, piece_table, save_job
from gui.compose.jobs import (
    Composed,
    Events,
    PrimerHeard,
    Tokens,
    batches,
    compose_job,
    continuations_job,
    open_job,
    originality_job,
    write_job,
)
from gui.compose.music_presenter import MusicPresenter
from gui.compose.tune_files import SUFFIXES, Content
from speechrnn.errors import SpeechRnnError
from speechrnn.music.tune import Note, Tune, Voice
from speechrnn.pipeline.compose_requests import MusicRequest, Provenance, TextRequest, variations

GO = threading.Event()


def test_the_first_item_comes_alone_and_the_rest_thirty_times_a_second() -> None:
    clock = iter(i * 0.01 for i in range(1000))
    found = list(batches(iter(range(12)), threading.Event(), lambda: next(clock)))
    assert found[0] == (0,)
    assert [item for batch in found for item in batch] == list(range(12))
    assert max(map(len, found)) > 1


def test_nothing_comes_after_a_stop() -> None:
    stop = threading.Event()
    running = batches(iter(range(100)), stop)
    assert next(running) == (0,)
    stop.set()
    assert list(running) == []


def test_a_text_comes_whole_and_the_same_again(composers: Composers, models: dict[str, Model]) -> None:
    request = TextRequest(primer="the quick", length=40, seed=3)

    def text() -> str:
        items = list(write_job(composers, models["text"], [request])(GO))
        assert isinstance(items[0], PrimerHeard)
        return "".join(t.text for item in items[1:] if isinstance(item, Tokens) for t in item.tokens)

    assert len(text()) == 40
    assert text() == text()


def test_variations_are_written_in_turns(composers: Composers, models: dict[str, Model]) -> None:
    requests = variations(TextRequest(length=30), 3)
    texts = ["", "", ""]
    for item in write_job(composers, models["text"], requests)(GO):
        if isinstance(item, Tokens):
            texts[item.run] += "".join(token.text for token in item.tokens)
    assert [len(text) for text in texts] == [30, 30, 30]
    assert len(set(texts)) == 3
    (alone,) = [
        "".join(
            t.text
            for i in write_job(composers, models["text"], [r])(GO)
            if isinstance(i, Tokens)
            for t in i.tokens
        )
        for r in requests[1:2]
    ]
    assert texts[1] == alone, "side by side is as one by one"


def test_a_foreign_script_is_told(composers: Composers, models: dict[str, Model]) -> None:
    heard = next(write_job(composers, models["text"], [TextRequest(primer="Ω≈ы")])(GO))
    assert heard == PrimerHeard(missing="Ω≈ы", n_heard=0, n_given=3)


def test_who_is_stopped_does_not_wait_for_a_network(composers: Composers, models: dict[str, Model]) -> None:
    stop = threading.Event()
    stop.set()
    with composers.borrow(models["folk"], GO), pytest.raises(NoLongerWantedError):
        next(continuations_job(composers, models["folk"], "", 3)(stop))


def test_what_was_copied_is_told(composers: Composers, models: dict[str, Model]) -> None:
    text = "My own words, the quick brown fox jumps over the lazy dog, and mine."
    (told,) = originality_job(composers, models["text"], text)(GO)
    assert told.copied is not None
    assert "quick brown fox jumps over the" in text[told.copied.start : told.copied.end]
    (none,) = originality_job(composers, models["text"], "Nothing like that at all.")(GO)
    assert none.copied is None


def test_a_tune_grows_and_is_a_piece_at_last(composers: Composers, models: dict[str, Model]) -> None:
    *grown, last = compose_job(composers, models["folk"], MusicRequest(bars=4))(GO)
    assert isinstance(last, Composed)
    assert last.events == tuple(e for item in grown if isinstance(item, Events) for e in item.events)
    presenter = MusicPresenter()
    presenter.take(last)
    state = presenter.state
    assert state.piece is not None
    assert piece_of_table(piece_table(state.piece)) == state.piece
    for name in SUFFIXES:
        content = Content(piece=state.piece, program=40, provenance=state.provenance).to_bytes(name)
        assert Provenance.find(content).request == last.request, name


def test_locked_bars_stay(composers: Composers, models: dict[str, Model]) -> None:
    presenter = MusicPresenter()
    presenter.model = models["folk"]
    presenter.take(list(compose_job(composers, models["folk"], MusicRequest(bars=6))(GO))[-1])
    presenter.toggle_lock(1)
    presenter.toggle_lock(3)
    presenter.next_seed()
    before = presenter.state.piece
    presenter.take(list(compose_job(composers, models["folk"], presenter.regenerate_request())(GO))[-1])
    after = presenter.state.piece
    assert before is not None
    assert after is not None
    for bar in (1, 3):
        old, new = before.bars[bar], after.bars[bar]
        assert before.tokens[old.first : old.last] == after.tokens[new.first : new.last]
    assert before != after
    assert presenter.state.locked == {1, 3}
    presenter.undo()
    assert presenter.state.piece == before
    presenter.redo()
    assert presenter.state.piece == after


def test_a_melody_is_harmonised_for_four_voices(composers: Composers, models: dict[str, Model]) -> None:
    notes = tuple(Note(i * 480, 67 + i % 3, 480) for i in range(8))
    presenter = MusicPresenter()
    presenter.take_piece(next(iter([composed.piece for composed in _one(composers, models["folk"])])))
    presenter.opened = None
    melody = Tune(voices=(Voice(notes=notes),))
    request = MusicRequest(action="harmonise", melody=melody)
    composed = list(compose_job(composers, models["chorale"], request)(GO))[-1]
    assert isinstance(composed, Composed)
    soprano = composed.piece.tune.voices[0].notes
    assert [(n.start, n.pitch) for n in soprano] == [(n.start, n.pitch) for n in notes]
    assert presenter.harmonise_request()().melody is not None


def _one(composers: Composers, model: Model) -> list[Composed]:
    return [c for c in compose_job(composers, model, MusicRequest(bars=2))(GO) if isinstance(c, Composed)]


@pytest.mark.parametrize(("name", "content", "told"), NO_TUNES)
def test_files_that_are_no_tunes_are_refused_with_the_reason(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SpeechRnnError, match=told):
        list(open_job(tmp_path / name)(GO))


def test_a_draft_that_is_damaged_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "composing.json"
    assert list(load_job(path)(GO)) == []
    list(save_job(path, lambda: {"text": {"stop": "x"}})(GO))
    assert list(load_job(path)(GO)) == [{"schema": 1, "text": {"stop": "x"}}]
    path.write_text("{half")
    assert list(load_job(path)(GO)) == []
    assert not path.exists()
    assert [p.read_text() for p in tmp_path.glob("composing.damaged*")] == ["{half"]


def test_a_network_that_training_has_replaced_is_loaded_anew(
    composers: Composers, models: dict[str, Model]
) -> None:
    model = models["text"]
    with composers.borrow(model, GO) as before:
        pass
    same = replace(model, sha256=before.bundle_sha256)
    assert composers.has(same)
    other = replace(model, sha256="0" * 64)
    assert not composers.has(other)
    with composers.borrow(other, GO) as after:
        assert after is not before
