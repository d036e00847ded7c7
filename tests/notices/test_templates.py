import shutil
from pathlib import Path

import pytest

from toolkit.config import shipped
from toolkit.errors import NoticeError
from toolkit.notices.templates import Templates, read_templates


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped("notices"), tmp_path / "notices")
    return tmp_path / "notices"


def read(folder: Path) -> Templates:
    return next(each for each in read_templates(folder) if each.language == "en")


def test_an_unknown_name_is_an_error_with_file_and_line(folder: Path) -> None:
    (folder / "en" / "notice.txt").write_text("One\n{{ two }}\n")
    with pytest.raises(NoticeError, match=r"en/notice\.txt:2: .*'two' is undefined"):
        read(folder).render("notice.txt", {})


def test_an_unknown_name_inside_an_included_file_names_that_file(folder: Path) -> None:
    (folder / "en" / "notice.html").write_text('<style>\n{% include "notice.css" %}</style>')
    (folder / "en" / "notice.css").write_text("\n\n{{ colour }}")
    with pytest.raises(NoticeError, match=r"en/notice\.css:3: "):
        read(folder).render("notice.html", {})


def test_a_broken_template_is_an_error_with_file_and_line(folder: Path) -> None:
    (folder / "en" / "subject.txt").write_text("{# fine #}\n{% if %}\n")
    with pytest.raises(NoticeError, match=r"en/subject\.txt:2: the template cannot be read"):
        read(folder).render("subject.txt", {})


def test_an_include_of_a_missing_file_is_an_error(folder: Path) -> None:
    (folder / "en" / "notice.txt").write_text('{% include "../../../etc/passwd" %}')
    with pytest.raises(NoticeError, match=r"no file '\.\./\.\./\.\./etc/passwd' to include"):
        read(folder).render("notice.txt", {})


@pytest.mark.parametrize("source", ["{{ ''.__class__ }}", "{{ 1 // 0 }}", "{{ names.append(1) }}", "{{ 'a' + 1 }}"])
def test_whatever_a_template_does_wrong_is_our_error(folder: Path, source: str) -> None:
    (folder / "en" / "notice.txt").write_text(source)
    with pytest.raises(NoticeError, match=r"en/notice\.txt:1: "):
        read(folder).render("notice.txt", {"names": []})


def test_only_html_is_escaped(folder: Path) -> None:
    for name in ("notice.txt", "notice.html"):
        (folder / "en" / name).write_text("{{ name }}")
    assert read(folder).render("notice.txt", {"name": "A&B"}) == "A&B"
    assert read(folder).render("notice.html", {"name": "A&B"}) == "A&amp;B"


@pytest.mark.parametrize("name", ["subject.txt", "notice.txt", "notice.html", "words.toml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / "en" / name).unlink()
    with pytest.raises(NoticeError, match=f"the file '{name}' is missing"):
        read(folder)


def test_a_file_that_is_not_utf_8_is_named(folder: Path) -> None:
    (folder / "en" / "notice.txt").write_bytes(b"caf\xe9")
    with pytest.raises(NoticeError, match=r"notice\.txt: the file cannot be read"):
        read(folder)


def test_no_templates_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="no templates of notices"):
        read_templates(tmp_path / "notices")


@pytest.mark.parametrize("name", ["subject.txt", "notice.txt", "notice.html"])
def test_every_template_begins_with_the_names_that_may_be_used(name: str) -> None:
    source = (shipped("notices") / "en" / name).read_text()
    assert source.startswith("{# Names:")
