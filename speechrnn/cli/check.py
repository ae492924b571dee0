"""`speechrnn check`: does all work on this machine, and how well."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from typing import TYPE_CHECKING

import typer

from speechrnn.cli import options as opt
from speechrnn.cli.console import progress_bar, say
from speechrnn.cli.recognizer import RecognizerChoice, loader_of

if TYPE_CHECKING:
    from speechrnn.evaluation.self_check import Check, Finding

_WIDTH = 100  # of the text, in characters
_OUTCOME, _TITLE = 6, 15  # columns


def check(
    context: typer.Context,
    model: opt.ModelOption = opt.DEFAULT_MODEL,
    device: opt.DeviceOption = opt.Device.AUTO,
    as_json: opt.JsonOption = False,
) -> int:
    """Test this machine: models, folders, memory, microphone, sound output, speed, accuracy, live captions.

    Each test says in plain words what was found, and what to do where something is wrong. Nothing leaves this
    machine. The microphone is recorded for a second and nothing of it is kept. Accuracy is measured on ten
    sentences of synthesized speech: it shows that recognition works, not how it does on your recordings.

    The exit code is 1 where something does not work.
    """
    # They read platform folders and audio devices: not needed for a help text.
    from speechrnn.evaluation.benchmark import describe_machine
    from speechrnn.evaluation.self_check import run_checks

    checks = _checks(context, model, device)
    findings = []
    if not as_json:
        machine = describe_machine()
        typer.echo(f"{machine['processor']}, {machine['processors']} processors, {machine['system']}\n")
    with progress_bar("check", len(checks)) as update:
        for number, finding in enumerate(run_checks(checks)):
            findings.append(finding)
            following = checks[number + 1].title if number + 1 < len(checks) else ""
            update(number + 1, following)
            if not as_json:
                typer.echo(_line(checks[number], finding))
    if as_json:
        result = {
            "machine": describe_machine(),
            "checks": [dataclasses.asdict(finding) for finding in findings],
        }
        typer.echo(json.dumps(result))
    return 1 if any(finding.outcome == "fail" for finding in findings) else 0


def _checks(context: typer.Context, model: str, device: opt.Device) -> tuple[Check, ...]:
    from speechrnn.pipeline.machine_checks import machine_checks
    from speechrnn.store.library_check import library_check
    from speechrnn.store.places import places
    from speechrnn.store.settings_file import load_settings

    where = places()
    settings, messages = load_settings(where.settings)
    for message in messages:
        say(message)
    choice = RecognizerChoice(model=model, device=device)
    checks = machine_checks(
        load=lambda: loader_of(context)(choice),
        folders={
            "the library": where.library,
            "live recordings": settings.folders.recordings or where.recordings,
            "exports": settings.folders.exports or where.exports,
        },
        latency_s=settings.live.latency_s,
        input_id=settings.live.input,
    )
    return (*checks[:2], library_check(where.library), *checks[2:])


def _line(check: Check, finding: Finding) -> str:
    indent = " " * (_OUTCOME + _TITLE)
    lines = textwrap.wrap(finding.text, _WIDTH - len(indent)) or [""]
    if finding.advice:
        lines += textwrap.wrap(finding.advice, _WIDTH - len(indent), initial_indent="-> ")
    head = f"{finding.outcome:<{_OUTCOME}}{check.title:<{_TITLE}}"
    return f"\n{indent}".join([head + lines[0], *lines[1:]])
