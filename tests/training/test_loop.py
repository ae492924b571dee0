"""The training loop: it learns, resumes to the same losses, and refuses what cannot be resumed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from speechrnn.errors import ConfigError, DataError, OutputError
from speechrnn.training.loop import LoopOptions, SilentProgress, Trainer, train


class LineTask:
    """Learns y = 3 x - 1 with dropout, so that the random state matters."""

    def __init__(self, poison_at: int | None = None) -> None:
        self.poison_at = poison_at

    def network(self) -> nn.Module:
        return nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Dropout(0.1), nn.Linear(16, 1))

    def n_batches(self, epoch: int) -> int:
        return 10

    def batches(self, epoch: int, numbers: range) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        for number in numbers:
            x = torch.rand(32, 1, generator=torch.Generator().manual_seed(epoch * 100 + number))
            if number == self.poison_at:
                x = x * float("nan")
            yield x, 3 * x - 1

    def loss(self, net: nn.Module, batch: object) -> tuple[torch.Tensor, dict[str, float]]:
        x, y = batch  # type: ignore[misc]
        return ((net(x) - y) ** 2).mean(), {}

    def validate(self, net: nn.Module) -> dict[str, float]:
        x = torch.linspace(0, 1, 20)[:, None]
        return {"error": float(((net(x) - 3 * x + 1) ** 2).mean())}

    def samples(self, net: nn.Module) -> list[str]:
        return [f"f(0.5) = {float(net(torch.tensor([[0.5]]))):.2f}"]

    def save(self, net: nn.Module, scores: dict[str, float], folder: Path) -> None:
        raise NotImplementedError


OPTIONS = LoopOptions(
    epochs=4, learning_rate=0.03, warmup_steps=5, validate_every=7, device="cpu", bf16=False
)


def losses(run_dir: Path) -> list[float]:
    lines = (run_dir / "log.jsonl").read_text().splitlines()
    return [record["loss"] for line in lines if "loss" in (record := json.loads(line))]


def test_training_learns(tmp_path: Path) -> None:
    _, scores = train(LineTask(), LoopOptions(epochs=30, learning_rate=0.03, device="cpu"), tmp_path)
    assert scores["error"] < 0.05


@pytest.mark.parametrize("stop_at", [7, 14, 21])
def test_a_resumed_run_has_the_losses_of_one_without_a_break(tmp_path: Path, stop_at: int) -> None:
    train(LineTask(), OPTIONS, tmp_path / "whole")

    class Stop(SilentProgress):
        def step(self, done: int, parts: dict[str, float]) -> None:
            if done == stop_at + 2:  # two steps after the checkpoint, as a kill would
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(LineTask(), OPTIONS, tmp_path / "broken", progress=Stop())
    train(LineTask(), OPTIONS, tmp_path / "broken", resume=True)
    broken = losses(tmp_path / "broken")
    assert broken[: stop_at + 2] + broken[stop_at + 4 :] == losses(tmp_path / "whole")


def test_a_resumed_run_takes_the_weight_decay_of_the_recipe(tmp_path: Path) -> None:
    plain, strong = replace(OPTIONS, epochs=8), replace(OPTIONS, epochs=8, weight_decay=1.0)
    norms = []
    for name, options in (("plain", plain), ("strong", strong)):
        train(LineTask(), OPTIONS, tmp_path / name)
        trainer = Trainer(LineTask(), options, tmp_path / name, SilentProgress())
        trainer.resume()
        trainer.run()
        norms.append(float(trainer.net.get_parameter("0.weight").detach().norm()))
    assert norms[1] < 0.9 * norms[0]


def test_a_batch_of_nan_is_skipped_and_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    net, _ = train(LineTask(poison_at=3), OPTIONS, tmp_path)
    assert all(torch.isfinite(p).all() for p in net.parameters())
    assert "step 3 skipped" in caplog.text
    assert json.loads((tmp_path / "log.jsonl").read_text().splitlines()[-2])["skipped"] == 4


def test_the_log_tells_gradients_and_clipping(tmp_path: Path) -> None:
    train(LineTask(), OPTIONS, tmp_path)
    first = json.loads((tmp_path / "log.jsonl").read_text().splitlines()[0])
    assert first["gradient_norm"] > 0
    assert first["clipped"] in (0, 1)
    assert first["learning_rate"] == pytest.approx(0.03 / 5)


def test_the_rate_rises_then_falls_to_its_share(tmp_path: Path) -> None:
    trainer = Trainer(LineTask(), OPTIONS, tmp_path, SilentProgress())
    rates = [trainer.learning_rate(step) for step in range(41)]
    assert rates[4] == rates[5] == max(rates)
    assert rates[40] == pytest.approx(0.03 * 0.01)


def test_a_held_rate_falls_in_its_last_steps_only_and_the_end_can_be_moved(tmp_path: Path) -> None:
    held = replace(OPTIONS, steps=20, decay_steps=6, warmup_steps=2)
    trainer = Trainer(LineTask(), held, tmp_path, SilentProgress())
    rates = [trainer.learning_rate(step) for step in range(21)]
    assert rates[2:15] == [pytest.approx(0.03)] * 13
    assert rates[15:] == sorted(rates[15:], reverse=True)
    assert rates[20] == pytest.approx(0.03 * 0.01)
    longer = Trainer(LineTask(), replace(held, steps=30), tmp_path, SilentProgress())
    assert [longer.learning_rate(step) for step in range(15)] == rates[:15]


def test_a_number_of_steps_ends_the_run_and_its_schedule(tmp_path: Path) -> None:
    train(LineTask(), replace(OPTIONS, steps=13), tmp_path)
    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    rates = [record["learning_rate"] for record in records if "learning_rate" in record]
    assert len(rates) == 13
    assert rates[-1] < 0.06 * max(rates)
    assert "validation_error" in records[-1]


def test_without_a_checkpoint_there_is_nothing_to_resume(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no checkpoint to resume"):
        train(LineTask(), OPTIONS, tmp_path, resume=True)


def test_a_run_is_not_overwritten(tmp_path: Path) -> None:
    train(LineTask(), OPTIONS, tmp_path)
    with pytest.raises(DataError, match="holds a run already"):
        train(LineTask(), OPTIONS, tmp_path)


@pytest.mark.parametrize(
    "changes", [{"epochs": 0}, {"learning_rate": 2.0}, {"clip_norm": 0.0}, {"device": "tpu"}]
)
def test_options_out_of_range_are_named(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=next(iter(changes))):
        LoopOptions(**changes)  # type: ignore[arg-type]


def records(run_dir: Path, name: str = "log.jsonl") -> list[dict[str, object]]:
    return [json.loads(line) for line in (run_dir / name).read_text().splitlines()]


@pytest.mark.parametrize("stop_at", [7, 10, 23], ids=["at a validation", "at the end of an epoch", "between"])
def test_a_run_that_is_asked_to_stop_ends_with_a_checkpoint_and_loses_nothing(
    tmp_path: Path, stop_at: int
) -> None:
    train(LineTask(), OPTIONS, tmp_path / "whole")
    steps: list[int] = []

    class Count(SilentProgress):
        def step(self, done: int, parts: dict[str, float]) -> None:
            steps.append(done)

    _, scores = train(
        LineTask(), OPTIONS, tmp_path / "run", progress=Count(), stop=lambda: steps[-1:] == [stop_at]
    )
    assert steps[-1] == stop_at
    assert scores
    train(LineTask(), OPTIONS, tmp_path / "run", resume=True)
    assert losses(tmp_path / "run") == losses(tmp_path / "whole")


def test_a_run_that_is_stopped_before_its_first_step_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nothing was learned yet"):
        train(LineTask(), OPTIONS, tmp_path, stop=lambda: True)
    assert not (tmp_path / "checkpoint.pt").exists()


def test_a_run_can_be_followed_by_its_files(tmp_path: Path) -> None:
    """Each line says how far it is; what the network does by now stands in a file, too."""
    train(LineTask(), OPTIONS, tmp_path)
    steps = [r for r in records(tmp_path) if "loss" in r]
    assert [r["step"] for r in steps] == list(range(1, 41))
    assert {r["total"] for r in steps} == {40}
    times = [float(str(r["elapsed_s"])) for r in steps]
    assert times == sorted(times)
    samples = records(tmp_path, "samples.jsonl")
    assert [s["step"] for s in samples] == [7, 14, 21, 28, 35, 40]
    assert str(samples[-1]["lines"]).startswith("['f(0.5) = ")


def test_minutes_end_a_run_and_its_schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The breaks between its parts do not count."""
    now = iter(range(0, 100_000, 6))
    monkeypatch.setattr("speechrnn.training.loop.time.monotonic", lambda: float(next(now)))
    options = replace(OPTIONS, epochs=1000, minutes=3.0)
    trainer = Trainer(LineTask(), options, tmp_path, SilentProgress())
    trainer.run()
    assert 2 < trainer.step_number < 40
    assert trainer.learning_rate(trainer.step_number) == pytest.approx(0.03 * 0.01)
    again = Trainer(LineTask(), options, tmp_path, SilentProgress())
    again.resume()
    assert 180 <= again.elapsed_s < 240
    n_before = again.step_number
    again.run()
    assert again.step_number == n_before


def test_the_best_weights_are_kept_where_the_last_are_worse(tmp_path: Path) -> None:
    class Forgetful(LineTask):
        n_validations = 0

        def validate(self, net: nn.Module) -> dict[str, float]:
            self.n_validations += 1
            return {"error": abs(self.n_validations - 2.0)}

    options = replace(OPTIONS, keep="best")
    kept, scores = train(Forgetful(), options, tmp_path)
    best = torch.load(tmp_path / "best.pt", weights_only=True)
    assert all(torch.equal(value, best[name]) for name, value in kept.state_dict().items())
    assert scores["error"] > 0
    last, _ = train(Forgetful(), replace(options, keep="last"), tmp_path / "last")
    assert not all(torch.equal(value, best[name]) for name, value in last.state_dict().items())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("name", ["checkpoint.tmp", "log.jsonl", "samples.jsonl"])
def test_a_full_disk_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("/dev/full")
    with pytest.raises(OutputError, match=r"cannot be written \(.*\): free some room on the disk"):
        train(LineTask(), OPTIONS, tmp_path)


def test_a_damaged_checkpoint_is_told_in_one_line(tmp_path: Path) -> None:
    train(LineTask(), OPTIONS, tmp_path)
    path = tmp_path / "checkpoint.pt"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(DataError, match="the checkpoint is damaged") as told:
        train(LineTask(), OPTIONS, tmp_path, resume=True)
    assert "\n" not in str(told.value)
