"""A marked class the usual way: pandas reads, scikit-learn predicts, openpyxl writes. What an experienced user would write by hand.

    python -m benchmarks.usual_way IN.xlsx OUT.xlsx [ENGINE]

It knows the sheet of `benchmarks.school_year` and no other: one sheet, headings in row 1, totals in the headings, the marks of
half-term 4. It queries no cell, looks nothing up in the teacher's own sheets, carries no decision over, and compares nothing
after saving. Its features are made by `model.features`, and its risks are those of `markbook score`, from the same fitted pipeline
(`tests/benchmarks` compares them); its reasons and topics are simpler. So what it takes is a lower bound of what this way costs.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Literal

import joblib
import numpy as np
import pandas as pd
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

import model
from model.features import FEATURE_NAMES
from model.features import features as matrix_of
from model.scorecard import bundled
from model.standing.place import standing
from model.students import Assessment, AssessmentKind, Cohort, MarkState
from model.vocabulary import TOPICS

Engine = Literal["openpyxl", "calamine"]
HERE = Path(model.__file__).parent
CARD = json.loads((HERE / "scorecard.json").read_text(encoding="utf-8"))
CUTS = CARD["thresholds"]
NOW = 4
WIDTHS = {
    "Flag": 18, "Risk": 7, "Priority": 9, "Why": 52, "Topics to work on": 46, "Suggested activities": 80, "Change": 24,
    "Decision": 11, "Decision note": 30,
}  # fmt: skip
WRAPPED = ("Why", "Topics to work on", "Suggested activities")
COLOURS = {
    "▲ High": ("B84300", "FFFFFF"), "● Watch": ("FFC94D", "3D2B00"), "■ On track": ("CFE3F5", "0B3C66"),
    "? Not enough data": ("E4E4E4", "3A3A3A"),
}  # fmt: skip


def main(source: Path, target: Path, engine: Engine = "openpyxl") -> None:
    """Read, predict, write; `engine` is what pandas reads with: openpyxl, which it takes by itself, or calamine."""
    sheet = pd.read_excel(source, engine=engine, keep_default_na=False, na_values=[""])
    texts, marks = _marks(sheet)
    table, standard = features(sheet, texts, marks)
    pipeline = joblib.load(HERE / "risk_model.joblib")
    risk = pd.Series(pipeline.predict_proba(table[CARD["features"]].to_numpy())[:, 1], index=sheet.index)
    risk[standard.isna().all(axis=1)] = np.nan
    write(source, target, results(sheet, marks, table, standard, risk))


def _marks(sheet: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The columns of marks as they stand, and as numbers."""
    texts = sheet[[heading for heading in sheet.columns if re.search(r"\(\d+\)$", heading)]]
    return texts, texts.apply(pd.to_numeric, errors="coerce")


def features(sheet: pd.DataFrame, texts: pd.DataFrame, marks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The pipeline's features, and the standardised marks behind them."""
    assessments = []
    for heading in map(str, marks.columns):
        topic = re.sub(r" HT\d.*", "", heading)
        is_mock = heading.startswith("Mock")
        assessments.append(
            Assessment(
                title=heading,
                kind=AssessmentKind.MOCK if is_mock else AssessmentKind.TEST,
                strand=None if is_mock else TOPICS[topic],
                topic=None if is_mock else topic,
                out_of=float(re.findall(r"\d+", heading)[-1]),
                half_term=int(re.findall(r"HT(\d)", heading)[0]),
            )
        )
    by_half_term = {}
    for name, heading in (("attendance", "Attendance %"), ("homework", "Homework %"), ("effort", "Effort")):
        values = np.full((len(sheet), 6), np.nan)
        columns = [f"{heading} HT{half_term}" for half_term in range(1, NOW + 1)]
        values[:, :NOW] = sheet[columns].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
        by_half_term[name] = values
    state = np.where(marks.notna(), MarkState.MARK, MarkState.NOT_RECORDED)
    for word, meaning in (("Abs", MarkState.ABSENT), ("N/A", MarkState.NOT_REQUIRED), ("NE", MarkState.NOT_YET_JOINED)):
        state[(texts == word).to_numpy()] = meaning
    cohort = Cohort.build(
        keys=[str(row) for row in sheet.index],
        half_term=NOW,
        target=sheet["Target"],
        ks2=sheet["KS2"],
        working_at=sheet["Working at"],
        higher=sheet["Tier"].map({"H": 1.0, "F": 0.0}),
        assessments=assessments,
        earned=marks.to_numpy(dtype=float),
        state=state,
        **by_half_term,
    )
    reference = bundled().reference
    placed = standing(cohort, reference=reference)
    table = pd.DataFrame(
        matrix_of(cohort, reference=reference, placed=placed), columns=list(FEATURE_NAMES), index=sheet.index
    )
    return table, pd.DataFrame(placed.marks, columns=marks.columns, index=sheet.index)


def results(
    sheet: pd.DataFrame, marks: pd.DataFrame, table: pd.DataFrame, standard: pd.DataFrame, risk: pd.Series
) -> pd.DataFrame:
    """The nine columns."""
    flag = pd.Series(np.select([risk >= CUTS["high"], risk >= CUTS["watch"]], list(COLOURS)[:2], "■ On track"))
    flag[risk.isna()] = "? Not enough data"
    gap = table["working_gap_early"] + table["working_gap_late"]
    rank = CARD["blend"] * risk.rank() + (1 - CARD["blend"]) * (-gap)[risk.notna()].rank()
    per_cent = (100 * marks / [int(re.findall(r"\d+", str(heading))[-1]) for heading in marks]).mean(axis=1)
    facts = {"Tests": per_cent} | {
        name: sheet[[f"{name} HT{half_term}" for half_term in range(1, NOW + 1)]].mean(axis=1)
        for name in ("Attendance %", "Homework %", "Effort")
    }
    why = pd.Series("", index=sheet.index)
    for name, values in facts.items():
        middle = values.mean()
        told = name + " " + values.round(1).astype(str) + f", class {middle:.1f}; "
        why += told.where((values - middle).abs() > values.std() / 2, "")
    topics, activities = _topics(marks, standard)
    return pd.DataFrame(
        {
            "Flag": flag,
            "Risk": risk.round(4),
            "Priority": rank.rank(ascending=False, method="first"),
            "Why": why.str.rstrip("; ") + ".",
            "Topics to work on": topics,
            "Suggested activities": activities,
            "Change": None,
            "Decision": None,
            "Decision note": None,
        }
    )


def _topics(marks: pd.DataFrame, standard: pd.DataFrame) -> tuple[list[str], list[str]]:
    """For each student the two topics with the lowest standardised marks, and an activity for each."""
    named = {heading: re.sub(r" HT\d.*", "", heading) for heading in map(str, marks) if not heading.startswith("Mock")}
    totals = {heading: re.findall(r"\d+", heading)[-1] for heading in named}
    listed = (
        pd.concat(map(pd.read_csv, sorted((HERE / "curriculum").glob("activities_*.csv"))))
        .drop_duplicates(["topic", "kind"])
        .to_dict("records")
    )
    library = {(activity["topic"], activity["kind"]): activity for activity in listed}
    topics, activities = [], []
    for row, values in zip(
        marks[list(named)].to_dict("records"), standard[list(named)].to_dict("records"), strict=True
    ):
        weakest = sorted((value, str(heading)) for heading, value in values.items() if value == value)[:2]
        topics.append(
            "\n".join(
                f"{place}. {named[heading]} ({TOPICS[named[heading]]}): {row[heading]:g}/{totals[heading]}"
                for place, (_, heading) in enumerate(weakest, start=1)
            )
        )
        lines = []
        for place, (_, heading) in enumerate(weakest):
            kind = "practise" if place else "re-teach"
            found = library[named[heading], kind]
            line = f"{place + 1}. {kind.capitalize()} {named[heading]}: {found['title']}."
            lines.append(line if place else f"{line} Meets: {found['misconception']} Do: {found['scaffold']}")
        activities.append("\n".join(lines))
    return topics, activities


def write(source: Path, target: Path, columns: pd.DataFrame) -> None:
    """Nine columns right of the last one, formatted, into a copy."""
    book = load_workbook(source)
    page = book.active
    first = page.max_column + 1
    wrap, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    fills = {name: PatternFill("solid", fgColor=fill) for name, (fill, _) in COLOURS.items()}
    fonts = {name: Font(color=colour) for name, (_, colour) in COLOURS.items()}
    for place, (heading, width) in enumerate(WIDTHS.items(), start=first):
        page.cell(1, place, heading).font = bold
        page.column_dimensions[get_column_letter(place)].width = width
        values = columns[heading].astype(object).where(columns[heading].notna(), None)
        for row, value in enumerate(values, start=2):
            cell = page.cell(row, place, value)
            if heading == "Flag":
                cell.fill, cell.font = fills[value], fonts[value]
            elif heading == "Risk":
                cell.number_format = "0%"
            elif heading in WRAPPED:
                cell.alignment = wrap
    book.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])  # type: ignore[arg-type]
