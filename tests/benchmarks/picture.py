"""The picture of the README."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import (
    FAKE,
    FLOOR,
    MAGIC_MOCK,
    MOTO,
    MOTO_ONE_POOL,
    STUBBER,
    Record,
    Results,
)

_COLOURS = {
    FAKE: "#1b6ca8",
    STUBBER: "#e0a030",
    MAGIC_MOCK: "#9aa5ad",
    MOTO: "#b5463c",
    MOTO_ONE_POOL: "#d99a94",
}


def draw(results: Results, path: Path) -> None:
    """Calls and suites, as bars; the same results make the same file."""
    import matplotlib as mpl

    mpl.use("Agg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "pytest-cognito-devices",
            "svg.fonttype": "none",
            "font.family": "sans-serif",
            "font.sans-serif": ["Arial", "Helvetica", "DejaVu Sans"],
            "font.size": 9,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    from matplotlib import pyplot as plt

    # Older results may have tools that are not shown any more.
    calls = [record for record in results.of("calls", FLOOR) if record.tool in _COLOURS]
    beside_others = {record.name for record in calls if record.tool == MAGIC_MOCK}
    devices = [record for record in calls if record.name in beside_others]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 5.5), layout="constrained")
    _bars(left, devices, "A call, × a hook that does nothing")
    _bars(right, results.of("suites", FAKE), "A run of pytest, × with the fake")
    shown = {tool: mpl.patches.Patch(color=colour) for tool, colour in _COLOURS.items()}
    figure.legend(
        shown.values(), shown.keys(), frameon=False, loc="outside lower center", ncols=len(shown)
    )
    figure.savefig(path, format="svg", facecolor="white", metadata={"Date": None})
    plt.close(figure)


def _bars(axes: Any, records: Sequence[Record], title: str) -> None:
    """For each name a bar for each tool, the quartiles as whiskers."""
    names = list(dict.fromkeys(record.name for record in records))
    places, labels, place = [], [], 0.0
    for name in names:
        mine = [record for record in records if record.name == name]
        start = place
        for record in mine:
            axes.barh(
                place,
                record.ratio,
                color=_COLOURS[record.tool],
                xerr=[[record.ratio - record.low], [record.high - record.ratio]],
                error_kw={"linewidth": 0.8},
            )
            axes.annotate(
                f"{record.ratio:.2f}",
                (record.high, place),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
            )
            place += 1
        labels.append(name.replace(", ", ",\n"))
        places.append((start + place - 1) / 2)
        place += 0.8
    axes.set_yticks(places, labels)
    axes.invert_yaxis()
    axes.axvline(1, color="black", linewidth=0.8, linestyle=":")
    axes.margins(x=0.1)  # for the figures behind the bars
    axes.set_title(title, loc="left")
