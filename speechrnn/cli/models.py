"""`speechrnn models`: the bundles that are there, what they say of themselves, and whether they are whole."""

from __future__ import annotations

from typing import Annotated

import typer

from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import bundle_roots, find_bundle, list_bundles
from speechrnn.cli.console import say
from speechrnn.errors import BundleError

models = typer.Typer(rich_markup_mode=None, help="List, describe and verify model bundles.")

_Ids = Annotated[
    list[str], typer.Argument(metavar="ID|DIR", help="Id of a bundle, or its folder.", show_default=False)
]


@models.callback(invoke_without_command=True)
def _models(context: typer.Context) -> int:
    """List, describe and verify model bundles.

    Bundles are looked for in the folders of the environment variable SPEECHRNN_MODELS, in `models` beside the
    program, in the data of the installation, and in the user's data folder. Without a command: list.
    """
    return list_models() if context.invoked_subcommand is None else 0


@models.command("list")
def list_models() -> int:
    """List the bundles that are there: id, task, size, folder.

    A bundle that is refused is named on stderr with the reason, and the exit code is 1.
    """
    entries = list_bundles()
    for entry in entries:
        if entry.bundle is None:
            say(entry.problem)
            continue
        size = sum(file.bytes for file in entry.bundle.files.values())
        info = entry.bundle.info
        typer.echo(f"{info.id:<16} {info.task:<12} {size / 1e6:6.1f} MB  {entry.path}")
    if not entries:
        say(f"no bundle in {', '.join(map(str, bundle_roots()))}")
    return 1 if any(entry.bundle is None for entry in entries) else 0


@models.command()
def info(ids: _Ids) -> int:
    """Print what bundles say of themselves: network, features, licence, training data, scores, files."""
    for id_ in ids:
        typer.echo(_describe(find_bundle(id_)))
    return 0


@models.command()
def verify(ids: _Ids) -> int:
    """Compare every byte of bundles with their manifests.

    A bundle that is damaged is named on stderr with the reason, and the exit code is 1.
    """
    n_failed = 0
    for id_ in ids:
        try:
            bundle = find_bundle(id_)
            n_bytes = bundle.verify()
        except BundleError as error:
            say(str(error))
            n_failed += 1
        else:
            typer.echo(
                f"{bundle.info.id} is whole: {len(bundle.files)} files, {n_bytes} bytes, {bundle.sha256}"
            )
    return 1 if n_failed else 0


def _describe(bundle: Bundle) -> str:
    info = bundle.info
    lines = [
        f"{info.id}: {info.task}",
        f"folder         {bundle.path}",
        f"sha256         {bundle.sha256}",
        f"licence        {info.licence}",
        f"min_speechrnn  {info.min_speechrnn}",
    ]
    lines += [f"trained on     {source}" for source in info.trained_on]
    for title in ("net", "features", "decoding"):
        table = getattr(info, title)
        lines += [f"{title + '.' + key:<30} {value}" for key, value in table.items()]
    lines += [
        f"{score['name']} {score['value']} on {score['test_set']} ({score['size']}), "
        f"made by `{score['command']}` at {score['commit']}"
        for score in info.scores
    ]
    lines += [f"{name:<30} {file.bytes:>10} bytes  {file.sha256}" for name, file in bundle.files.items()]
    return "\n".join(lines)
