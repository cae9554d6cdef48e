"""The marked workbook itself: the add-in's formulas become values, nothing else changes, macros stay at home."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from addin.files.package.contents import contents
from addin.files.package.formulas_to_values import is_of_the_addin, with_values
from addin.files.package.lint import lint
from tests.files.package.books import rewritten
from tests.files.package.validator import validator_errors
from tests.mail.reading import attachment_of, parts_of, saved_by_libreoffice
from tests.support import HEADINGS, refused, run, students

HEAD = "head@school.example"


def with_formulas(path: Path, *, value: object = 0.25) -> Path:
    """A scored class with a hidden sheet, comments, and formulas of the add-in in every spelling."""
    plain = path.with_name("plain.xlsx")
    with xlsxwriter.Workbook(plain, {"use_future_functions": False}) as workbook:
        sheet = workbook.add_worksheet("Y9")
        for number, row in enumerate(
            [(*HEADINGS, "UPN", "SEN"), *((*row, "B801200005001", "K") for row in students(9))]
        ):
            sheet.write_row(number, 0, row)
        sheet.write_comment("B2", "Moved here in May")
        work = workbook.add_worksheet("Work")
        work.write_formula("A1", "=INTERVENTION_RISK(Y9!A2:M10,Y9!A1:M1)", None, value)
        work.write_formula("A2", "=INDEX(INTERVENTION_FLAG(Y9!A2:M10,Y9!A1:M1),1)", None, "▲ High")
        work.write_formula("A3", "=_xldudf_INTERVENTION_WHY(Y9!A2:M10,Y9!A1:M1)", None, "Tests are low")
        work.write_dynamic_array_formula("B1:B3", "=INTERVENTION_PRIORITY(Y9!A2:M10,Y9!A1:M1)", None, 3)
        work.write_number("B2", 2)
        work.write_number("B3", 1)
        work.write_formula("C1", "=SUM(B1:B3)", None, 6)
        work.write_formula("C2", '=IF(A1>0.2,"INTERVENTION_RISK(","")', None, "INTERVENTION_RISK(")
        old = workbook.add_worksheet("Last year")
        old.hide()
    assert run("score", plain, "-o", path).code == 0
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return with_formulas(tmp_path / "class.marked.xlsx")


def attached(path: Path, folder: Path) -> bytes:
    ran = run("email", path, "--to", HEAD, "--draft", folder / "whole.eml", "--whole")
    assert (ran.code, ran.err) == (0, "")
    return attachment_of((folder / "whole.eml").read_bytes())[1]


def test_every_formula_of_the_addin_is_a_value(whole: Path, tmp_path: Path) -> None:
    content = attached(whole, tmp_path)
    formulas, values = load_workbook(BytesIO(content))["Work"], load_workbook(BytesIO(content), data_only=True)["Work"]
    found = {cell.coordinate: cell.value for row in formulas.iter_rows() for cell in row if cell.data_type == "f"}
    assert set(found) == {"C1", "C2"}
    assert [values[place].value for place in ("A1", "A2", "A3", "B1", "B2", "B3", "C1")] == [
        0.25, "▲ High", "Tests are low", 3, 2, 1, 6,
    ]  # fmt: skip
    for name, part in parts_of(content).items():
        if name.startswith("xl/worksheets/"):
            assert b"<f>INTERVENTION" not in part
            assert b"_xldudf_" not in part


def test_everything_else_stays_byte_for_byte(whole: Path, tmp_path: Path) -> None:
    before, after = parts_of(whole.read_bytes()), parts_of(attached(whole, tmp_path))
    gone = set(before) - set(after)
    assert gone <= {"xl/calcChain.xml"}
    assert set(after) <= set(before)
    changed = {name for name in after if after[name] != before[name]}
    (work,) = changed - {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert b"SUM(B1:B3)" in after[work]


def test_excel_and_libreoffice_take_it(whole: Path, tmp_path: Path) -> None:
    (tmp_path / "got.xlsx").write_bytes(attached(whole, tmp_path))
    assert list(lint(tmp_path / "got.xlsx")) == []
    assert validator_errors(tmp_path / "got.xlsx") == []
    saved = saved_by_libreoffice(tmp_path / "got.xlsx", tmp_path)
    assert saved is not None
    assert saved["Work"]["A2"].value == "▲ High"


def test_the_order_of_calculation_goes_with_the_formulas(whole: Path, tmp_path: Path) -> None:
    """Excel repairs a file whose calcChain names cells without a formula."""
    chain = (
        '<?xml version="1.0"?><calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<c r="A1" i="2"/><c r="C1" i="2"/></calcChain>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    arrow = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    chained = rewritten(
        whole,
        tmp_path / "chained.xlsx",
        {
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
            ),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>", f'<Relationship Id="rId99" Type="{arrow}" Target="calcChain.xml"/></Relationships>'
            ),
        },
    )
    with zipfile.ZipFile(chained, "a") as archive:
        archive.writestr("xl/calcChain.xml", chain)
    after = parts_of(with_values(chained))
    assert not [name for name, part in after.items() if b"calcChain" in part or "calcChain" in name]


def test_shared_formulas_all_become_values(whole: Path, tmp_path: Path) -> None:
    """The cells below the first hold nothing but the number that they share."""

    def share(xml: str) -> str:
        first = '<c r="D1"><f t="shared" ref="D1:D2" si="0">INTERVENTION_RISK(A1:A2,B1:B2)</f><v>0.5</v></c>'
        other = '<c r="D2"><f t="shared" si="0"/><v>0.75</v></c>'
        return (
            xml.replace("</row>", f"{first}</row>", 1)
            .replace("</row>", "</other>", 1)
            .replace("</row>", f"{other}</row>", 1)
            .replace("</other>", "</row>", 1)
        )

    with zipfile.ZipFile(whole) as archive:
        name = next(n for n in archive.namelist() if n.startswith("xl/worksheets/") and b"_xldudf_" in archive.read(n))
    shared = rewritten(whole, tmp_path / "shared.xlsx", {name: share})
    page = load_workbook(BytesIO(with_values(shared)))["Work"]
    assert [page["D1"].value, page["D2"].value] == [0.5, 0.75]


def test_what_it_holds_is_told_first(whole: Path, tmp_path: Path) -> None:
    ran = run("email", whole, "--to", HEAD, "--draft", tmp_path / "whole.eml", "--whole")
    for told in ("UPN column: UPN", "audit only: SEN", "hidden sheets: Last year", "comments", "Work"):
        assert told in ran.out
    assert "Left out" not in ran.out


def test_what_nobody_sees_is_told_too(whole: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr("xl/embeddings/oleObject1.bin", b"another workbook")
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", b"<pivotCacheRecords/>")
    assert {"other files inside it", "data kept for pivot tables, which may be older than the sheets"} <= set(
        contents(whole)
    )


@pytest.mark.parametrize("result", ["#NAME?", ""])
def test_a_formula_without_a_result_is_named(tmp_path: Path, result: str) -> None:
    path = with_formulas(tmp_path / "class.marked.xlsx", value=result)
    said = refused(run("email", path, "--to", HEAD, "--draft", tmp_path / "whole.eml", "--whole"))
    assert "sheet 'Work', cell A1" in said
    assert "without --whole" in said
    assert not (tmp_path / "whole.eml").exists()


def macro_part(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")


def macro_content(path: Path) -> None:
    changed = rewritten(
        path,
        path.with_name("changed.xlsx"),
        {"[Content_Types].xml": lambda xml: xml.replace("spreadsheetml.sheet.main", "sheet.macroEnabled.main")},
    )
    changed.rename(path)


def macro_ending(path: Path) -> None:
    path.with_suffix(".xlsm").write_bytes(path.read_bytes())


@pytest.mark.parametrize("change", [macro_part, macro_content, macro_ending])
def test_macros_are_refused(whole: Path, tmp_path: Path, change: Callable[[Path], None]) -> None:
    change(whole)
    path = whole.with_suffix(".xlsm") if whole.with_suffix(".xlsm").exists() else whole
    said = refused(run("email", path, "--to", HEAD, "--draft", tmp_path / "whole.eml", "--whole"))
    assert "macros is not sent" in said
    ran = run("email", path, "--to", HEAD, "--draft", tmp_path / "values.eml")
    assert ran.code == 0, "the copy of values holds no macro"
    content = attachment_of((tmp_path / "values.eml").read_bytes())[1]
    assert not [name for name in parts_of(content) if "vba" in name.casefold()]


def test_a_name_that_calls_the_addin_is_refused(whole: Path, tmp_path: Path) -> None:
    named = rewritten(
        whole,
        tmp_path / "named.xlsx",
        {
            "xl/workbook.xml": lambda xml: xml.replace(
                "</sheets>",
                '</sheets><definedNames><definedName name="risk">INTERVENTION_RISK(A1:B2,A1:B1)</definedName></definedNames>',
            )
        },
    )
    said = refused(run("email", named, "--to", HEAD, "--draft", tmp_path / "whole.eml", "--whole"))
    assert "'risk'" in said


def test_a_colour_that_calls_the_addin_is_refused(whole: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(whole) as archive:
        name = next(n for n in archive.namelist() if n.startswith("xl/worksheets/") and b"_xldudf_" in archive.read(n))
    rule = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="9"><formula>INTERVENTION_RISK(A1,B1)&gt;1</formula>'
        "</cfRule></conditionalFormatting>"
    )
    coloured = rewritten(
        whole, tmp_path / "coloured.xlsx", {name: lambda xml: xml.replace("</sheetData>", f"</sheetData>{rule}")}
    )
    assert "a rule or a colour" in refused(
        run("email", coloured, "--to", HEAD, "--draft", tmp_path / "w.eml", "--whole")
    )


def test_a_file_without_such_formulas_goes_as_it_is(sample: Path, tmp_path: Path) -> None:
    assert attached(sample, tmp_path) == sample.read_bytes()


def test_an_unscored_file_is_refused(tmp_path: Path) -> None:
    from tests.support import class_file

    path = class_file(tmp_path / "class.xlsx")
    assert "markbook score" in refused(run("email", path, "--to", HEAD, "--draft", tmp_path / "w.eml", "--whole"))


@pytest.mark.parametrize(
    ("formula", "ours"),
    [
        ("INTERVENTION_RISK(A1:B2,A1:B1)", True), ("intervention_risk(A1)", True), ("[1]!INTERVENTION_FLAG(A1)", True),
        ("'markbook.xlam'!INTERVENTION_WHY(A1)", True), ("_xldudf_INTERVENTION_RISK(A1)", True), ("_xldudf_OTHER(A1)", True),
        ("IFERROR(INDEX(INTERVENTION_RISK (A1),2),0)", True), ('"INTERVENTION_RISK("', False), ("SUM(A1)", False), ("", False),
        ('IF(A1="say ""INTERVENTION_RISK(""",1,0)', False), ("INTERVENTION_RISK", False),
    ],
)  # fmt: skip
def test_which_formulas_are_the_addins(formula: str, ours: bool) -> None:
    assert is_of_the_addin(formula) is ours
