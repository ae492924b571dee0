"""What someone sees of a training: the wrong recipe in one line, the progress, scores and samples."""

from pathlib import Path

import pytest
from cli_program import Program

from speechrnn.cli.train import Screen


@pytest.mark.parametrize(
    ("recipe", "message"),
    [
        (None, "recipe.toml"),
        ("task = ", "recipe.toml"),
        ('task = "singer"\nid = "sing-en"\n', "task is 'singer'; expected one of"),
    ],
    ids=["missing", "no TOML", "unknown task"],
)
def test_a_wrong_recipe_is_told_in_one_line(
    program: Program, tmp_path: Path, recipe: str | None, message: str
) -> None:
    path = tmp_path / "recipe.toml"
    if recipe is not None:
        path.write_text(recipe)
    result = program("train", path, "--run-dir", tmp_path / "run")
    assert (result.code, len(result.complaints), result.out) == (1, 1, b"")
    assert message in result.err
    assert not (tmp_path / "run").exists()


def test_a_run_that_is_not_there_cannot_be_resumed(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('task = "recognizer"\nid = "asr-xx"\n')
    result = program("train", path, "--resume", "--run-dir", tmp_path / "run")
    assert (result.code, len(result.complaints)) == (1, 1)
    assert "no run to resume" in result.err


def test_steps_move_the_bar_and_validations_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    moves: list[tuple[float, str, float | None]] = []
    screen = Screen(lambda done, note="", total=None: moves.append((done, note, total)))
    screen.start(total=100, done=40)
    screen.step(41, {"character_loss": 1.25, "learning_rate": 0.001})
    screen.validated({"character_error_rate": 0.125}, ["reference: hello", "greedy:    helo"])
    assert moves == [(40, "40/100", 100), (41, "41/100  character_loss 1.250", 100)]
    assert capsys.readouterr().err.splitlines() == [
        "speechrnn: character_error_rate 0.1250",
        "speechrnn: reference: hello",
        "speechrnn: greedy:    helo",
    ]
