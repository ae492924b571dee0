"""What the text tab knows, without Qt: fields, what was asked, where what stands on the sheet comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from gui.compose.composers import Model
from gui.compose.fields import TEXT_FIELDS, FieldValues, stop_words, text_request
from gui.compose.jobs import PrimerHeard
from speechrnn.errors import ConfigError
from speechrnn.pipeline.compose_requests import Provenance, TextRequest, variations

N_VARIATIONS = 3
N_CONTINUATIONS = 9  # as many as there are keys
_MOST_PROVENANCES = 50  # of the last runs; a draft does not grow without end


@dataclass(slots=True)
class Run:
    """One answer of the network that is being given, or the last one.

    Attributes:
        request: as it was asked.
        model: who answers.
        n_made: characters that have come.
    """

    request: TextRequest
    model: Model
    n_made: int = 0


class TextPresenter:
    """See the module's docstring.

    Attributes:
        fields: the numbers.
        stop_text: the stop words as they were typed.
        model: who writes; None where nobody can.
        provenances: of the runs whose text may stand on the sheet, in order.
    """

    def __init__(self) -> None:
        self.fields = FieldValues(TEXT_FIELDS)
        self.stop_text = ""
        self.model: Model | None = None
        self.provenances: list[dict[str, Any]] = []

    @property
    def stop_problem(self) -> str:
        """What is wrong with the stop words; empty for nothing."""
        try:
            stop_words(self.stop_text)
        except ConfigError as error:
            return str(error)
        return ""

    def runs(self, primer: str, n: int = 1) -> list[Run]:
        """What is asked now; several differ by their seed.

        Raises:
            ConfigError: a field is wrong.
        """
        assert self.model is not None
        request = text_request(self.fields, primer, stop_words(self.stop_text))
        return [Run(asked, self.model) for asked in variations(request, n)]

    def next_seed(self) -> int:
        """Another seed, so that the next answer is another one."""
        self.fields.step("seed", 1)
        return int(self.fields.values["seed"])

    def took(self, run: Run, bundle_sha256: str) -> None:
        """Notes where a text comes from that stands on the sheet now."""
        if not run.n_made:
            return
        request = replace(run.request, length=run.n_made)
        table = Provenance(bundle=run.model.id, bundle_sha256=bundle_sha256, request=request).to_table()
        if table not in self.provenances:
            self.provenances = [*self.provenances, table][-_MOST_PROVENANCES:]

    def exported(self, text: str, credit: str) -> str:
        """The text as a file: below it who wrote, and what it takes to write it again.

        Args:
            text: of the sheet.
            credit: a sentence in the user's language, before what machines read.
        """
        if not self.provenances:
            return text if text.endswith("\n") else text + "\n"
        lines = (Provenance.from_table(table).to_json() for table in self.provenances)
        return "\n".join([text.rstrip("\n"), "", "--", credit, *lines, ""])

    def table(self, spans: Sequence[tuple[str, float, int]]) -> dict[str, Any]:
        """As the draft keeps it; `spans` become lists when it is written."""
        return {
            "spans": spans,
            "fields": dict(self.fields.values),
            "stop": self.stop_text,
            "model": self.model.id if self.model else "",
            "provenances": self.provenances,
        }

    def restore(self, table: dict[str, Any]) -> list[tuple[str, float, int]]:
        """Takes what a draft kept; returns the spans of the sheet."""
        self.fields.restore(table.get("fields", {}))
        self.stop_text = str(table.get("stop", ""))
        for kept in table.get("provenances", []):
            try:
                self.provenances.append(Provenance.from_table(kept).to_table())
            except ConfigError:
                continue
        spans = []
        for item in table.get("spans", []):
            if isinstance(item, list) and len(item) == 3 and isinstance(item[0], str):
                spans.append((item[0], float(item[1]), int(item[2])))
        return spans


def primer_silence(heard: PrimerHeard) -> str:
    """Which of three things is to be said of a primer: nothing, `some` characters are not known, or `all`."""
    if not heard.missing:
        return ""
    return "some" if heard.n_heard else "all"
