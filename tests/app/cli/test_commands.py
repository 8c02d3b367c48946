"""The command line keeps its contract: names, JSON, exit codes, refusals in words."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from app import __version__
from app.__main__ import main
from app.core.home import Home, HomeLock
from app.core.roles import Role
from tests.app.cli.conftest import Shell

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["print", "--nonsense"])
    assert end.value.code == 2
    assert "--nonsense" in capsys.readouterr().err


def test_the_demo_names_a_user_of_every_role_and_is_built_once(
    demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(demo, capsys)
    before = (demo / "station" / "station.db").read_bytes()
    found = shell.json("demo", "--residents", 12, "--days", 20, "--seed", 7, "--no-window")
    assert {user["role"] for user in found["users"]} == {role.value for role in Role}
    assert set(found["users"][0]) == {"number", "name", "role", "password"}
    assert found["home"] == str(demo)
    assert (demo / "station" / "station.db").read_bytes() == before
    code, _, err = shell.run("demo", "--residents", 5, "--no-window")
    assert code == 1
    assert "另一个演示站点" in err


def test_the_samples_go_in_as_their_readme_says_and_again_change_nothing(shell: Shell) -> None:
    first = shell.json("import", "residents", SAMPLES / "roster.xlsx")
    assert (first["accepted"], first["unchanged"], first["rejected"]) == (61, 0, 4)
    assert {problem["row"] for problem in first["problems"]} == {65, 66, 67, 68}
    assert set(first["problems"][0]) == {"row", "column", "value", "reason"}
    again = shell.json("import", "residents", SAMPLES / "roster.xlsx")
    assert (again["accepted"], again["unchanged"], again["rejected"]) == (0, 61, 4)
    other = shell.json("import", "residents", SAMPLES / "roster.csv")
    assert (other["accepted"], other["unchanged"], other["rejected"]) == (0, 60, 0)


def test_a_dry_run_writes_nothing_and_the_report_holds_the_bad_rows(shell: Shell, tmp_path: Path) -> None:
    report = tmp_path / "退回.csv"
    dry = shell.json("import", "residents", SAMPLES / "roster.xlsx", "--dry-run", "--report", report)
    assert dry["accepted"] == 61
    text = report.read_text("utf-8-sig")
    assert "孙重复" in text
    assert "校验码不符" in text
    assert shell.json("import", "residents", SAMPLES / "roster.xlsx", "--dry-run")["accepted"] == 61


@pytest.mark.parametrize("user", ["沈思远", "陈永康", "何伟"])
def test_who_may_not_import_is_told_who_may(shell: Shell, user: str) -> None:
    code, out, err = shell.run("import", "residents", SAMPLES / "roster.csv", user=user)
    assert (code, out) == (1, "")
    assert "“导入老人名册”的权限" in err
    assert "护士、护士长、院长" in err


def test_a_sheet_of_every_resident_prints_whole(shell: Shell, tmp_path: Path) -> None:
    assert "ability-assessment" in shell.run("print", "--list")[1]
    for number in range(1, 13):
        out = tmp_path / f"{number}.pdf"
        found = shell.json("print", "ability-assessment", "--resident", number, "--out", out)
        assert found == {"file": str(out), "pages": len(pypdfium2.PdfDocument(out)), "missing_glyphs": []}
    text = pypdfium2.PdfDocument(tmp_path / "1.pdf")[0].get_textpage().get_text_range()
    assert "欧阳淑华" in text
    assert "310199194103120004" in text


def test_sheets_of_a_span_of_days(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "vitals.pdf"
    for sheet, words in (("temperature-chart", "体温单"), ("vitals-record", "生命体征记录")):
        span = ("--first", "2026-11-10", "--last", "2026-11-12")
        assert shell.json("print", sheet, "--resident", 1, *span, "--out", out)["pages"] >= 1
        text = pypdfium2.PdfDocument(out)[0].get_textpage().get_text_range()
        assert words in "".join(text.split())
    code, _, err = shell.run(
        "print", "ability-assessment", "--resident", 1, "--first", "2026-11-10", "--out", out
    )
    assert (code, "没有日期范围" in err) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("print", "no-such-sheet", "--resident", "1", "--out", "x.pdf"), "没有“no-such-sheet”这种表单"),
        (("print", "ability-assessment", "--resident", "999", "--out", "x.pdf"), "没有找到“999”"),
        (("print", "ability-assessment"), "请给出表单名"),
        (("import", "residents", "/no/such/file.csv"), "没有这个文件"),
    ],
)
def test_what_cannot_be_is_refused_in_words(shell: Shell, words: tuple[str, ...], said: str) -> None:
    code, out, err = shell.run(*words)
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err


def test_a_sheet_that_cannot_be_written_leaves_nothing_behind(shell: Shell, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    code, _, err = shell.run("print", "ability-assessment", "--resident", 1, "--out", blocked / "a.pdf")
    assert code == 1
    assert "文件没有写成" in err
    assert blocked.read_text() == "in the way"


def test_verify_says_whole_and_says_broken(shell: Shell, demo: Path) -> None:
    assert shell.json("verify", user="0001") == {"ok": True, "problems": []}
    file = demo / "station" / "station.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    code, out, err = shell.run("verify", "--json", user="0001")
    assert code == 1
    assert "损坏" in out + err


def test_wrong_password_and_nobody_are_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARESTATION_PASSWORD", "wrong-password-1")
    code, _, err = shell.run("verify")
    assert code == 1
    assert "工号或密码不对" in err
    assert "请用 --user" in shell.run("verify", user="")[2]


def test_a_writing_command_beside_an_open_window_is_refused_a_reading_one_goes_on(
    shell: Shell, demo: Path, tmp_path: Path
) -> None:
    window = HomeLock(Home(demo))
    assert window.take()
    code, _, err = shell.run("import", "residents", SAMPLES / "roster.csv")
    assert code == 1
    assert "另一个窗口正在使用" in err
    assert shell.json("verify", user="0001")["ok"]
    assert (
        shell.json("print", "ability-assessment", "--resident", 1, "--out", tmp_path / "a.pdf")["pages"] >= 2
    )
    window.release()


def test_an_empty_home_is_no_station(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path / "empty", capsys)
    code, _, err = shell.run("verify")
    assert code == 1
    assert "还没有站点" in err


def test_a_list_of_beds_goes_in_and_again_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    beds = tmp_path / "beds.csv"
    beds.write_text("楼栋,房间,床位数,床位类型\n8号楼,801,3,护理型\n8号楼,802,,普通\n", encoding="utf-8")
    looked = shell.json("import", "places", beds, "--dry-run")
    assert (looked["new"], looked["changed"], looked["unchanged"], looked["rejected"]) == (3, 0, 0, 1)
    assert looked["problems"] == [{"row": 3, "value": "8号楼 802 普通", "reason": "没有写床号"}]
    assert shell.json("import", "places", beds)["new"] == 3
    again = shell.json("import", "places", beds)
    assert (again["new"], again["unchanged"], again["rejected"]) == (0, 3, 1)
