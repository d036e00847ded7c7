"""Accounts from a CSV file: every row is an account or says why it is none, and nothing else is lost."""

import csv
import io
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import IntakeError
from toolkit.intake.accounts import COLUMNS, read_accounts
from toolkit.intake.tables import BadRow, Remark
from toolkit.ledger.entries import Account

HEAD = ",".join(COLUMNS)
GOOD = "good-{},ada@example.com,Ada,en,2024-01-31,,no"

Found = Account | Remark | BadRow
Read = Callable[[bytes | str], list[Found]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: bytes | str) -> list[Found]:
        file = tmp_path / "accounts.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return list(read_accounts(file))

    return read_text


def rows(*lines: str) -> str:
    return "\n".join([HEAD, *lines]) + "\n"


def bad(found: list[Found]) -> dict[int, str]:
    return {row.line: row.cause for row in found if isinstance(row, BadRow)}


def ids(found: list[Found]) -> list[str]:
    return [row.id for row in found if isinstance(row, Account)]


def test_every_field_is_read(read: Read) -> None:
    text = rows('c-1,ada@example.com,"Lovelace, ""Ada""",zh-Hant,2024-01-31,2025-02-28,yes')
    assert read(text) == [
        Account(
            id="c-1",
            email="ada@example.com",
            name='Lovelace, "Ada"',
            language="zh-Hant",
            created=date(2024, 1, 31),
            closed=date(2025, 2, 28),
            restricted=True,
        )
    ]


def test_columns_are_found_by_name_in_any_order_and_case(read: Read) -> None:
    text = "Name, ID ,restricted,closed,created,Language,EMAIL\nAda,c-1,,,2024-01-31,,ada@example.com\n"
    assert read(text) == [
        Account(id="c-1", email="ada@example.com", name="Ada", language="", created=date(2024, 1, 31))
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_byte_order_mark_line_ends_and_a_missing_last_one_make_no_difference(
    read: Read, mark: bytes, end: bytes, last: bool
) -> None:
    text = mark + end.join([HEAD.encode(), GOOD.format(1).encode(), b"", GOOD.format(2).encode()])
    assert ids(read(text + end if last else text)) == ["good-1", "good-2"]


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("id,email,name,language,created,closed", "the column 'restricted' is missing"),
        (f"{HEAD},phone", "'phone' is no column"),
        (f"{HEAD},id", "the column 'id' stands twice"),
        ("", "the file is empty"),
        ("\ufeff", "the file is empty"),
        ('"id,email', "not closed"),
    ],
)
def test_a_wrong_first_line_is_refused_at_once_with_the_list_of_columns(
    tmp_path: Path, head: str, sentence: str
) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(head)
    with pytest.raises(IntakeError, match=sentence) as caught:
        read_accounts(file)
    assert ", ".join(COLUMNS) in caught.value.mend


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD.encode("utf-16"), "the file is UTF-16"),
        (HEAD.encode("utf-16-be"), "the file is UTF-16"),
        (f"{HEAD}\r{GOOD.format(1)}\r".encode(), "the lines end as on an old Mac"),
        (HEAD.replace(",", ";").encode(), "columns are separated by semicolons"),
        (b"\xef\xbb\xbf" + HEAD.replace(",", ";").upper().encode(), "columns are separated by semicolons"),
    ],
)
def test_a_file_that_was_saved_in_another_way_is_named_and_how_to_save_it(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "accounts.csv"
    file.write_bytes(content)
    with pytest.raises(IntakeError, match=said) as caught:
        read_accounts(file)
    assert caught.value.mend == "Save the file as CSV UTF-8, comma separated."


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        read_accounts(tmp_path / "missing.csv")


def test_a_value_that_is_cut_in_a_message_ends_with_an_ellipsis(read: Read) -> None:
    found = read(rows(f"c,a@b.example,Ada,en,{'x' * 30},,no", "c,a@b.example,Ada,en,31.01.2024,,no"))
    assert bad(found) == {
        2: f"'created' is no date like 2026-12-31: '{'x' * 20}…'",
        3: "'created' is no date like 2026-12-31: '31.01.2024'",
    }


def test_an_account_may_close_on_the_day_it_was_created(read: Read) -> None:
    (found,) = read(rows("c,ada@example.com,Ada,en,2024-01-31,2024-01-31,no"))
    assert isinstance(found, Account)
    assert found.closed == found.created


def test_an_account_created_after_today_is_a_bad_row_where_today_is_known(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_text(rows(GOOD.format(1)))
    (late,) = read_accounts(file, today=date(2024, 1, 30))
    assert late == BadRow(line=2, cause="'created' 2024-01-31 lies in the future", id="good-1")
    for today in (date(2024, 1, 31), None):
        assert ids(list(read_accounts(file, today=today))) == ["good-1"]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (",ada@example.com,Ada,en,2024-01-31,,no", "id is empty"),
        ("a\u200bb,ada@example.com,Ada,en,2024-01-31,,no", "cannot be seen"),
        (f"{'x' * 256},ada@example.com,Ada,en,2024-01-31,,no", "longer than 255"),
        ("c,ada@example.com,A\x07da,en,2024-01-31,,no", "'name' holds a control character"),
        ("c,ada@example.com,A\x00da,en,2024-01-31,,no", "'name' holds a control character"),
        ("c,ada@example.com,A\rda,en,2024-01-31,,no", "a line break stands in a field"),
        ("c,ada@example.com,A\u2028da,en,2024-01-31,,no", "'name' holds a control character"),
        ("c,ada@example.com,A\u202eda,en,2024-01-31,,no", "'name' holds a control character"),
        ('c,ada@example.com,"A\nda",en,2024-01-31,,no', "goes on to line 4"),
        ("c,ada@example.com,Ada,en,31.01.2024,,no", "'created' is no date"),
        ("c,ada@example.com,Ada,en,20240131,,no", "'created' is no date"),
        ("c,ada@example.com,Ada,en,2023-02-29,,no", "'created' is no date"),
        ("c,ada@example.com,Ada,en,,,no", "'created' is no date"),
        (f"c,ada@example.com,{'A' * 10_001},en,2024-01-31,,no", "longer than 10,000"),
        (f"c,ada@example.com,{'A' * 300_000},en,2024-01-31,,no", "longer than 10,000"),
        ("c,ada@example.com,Ada,en,2024-01-31,,no,", "has 8 columns"),
        ("c,ada@example.com,Ada,Byron,en,2024-01-31,,no", "has 8 columns"),
        ("c,ada@example.com", "has 2 columns"),
        ('c,ada@example.com,"Ada,en,2024-01-31,,no', "is not closed"),
        ('c,ada@example.com,"Ada" Byron,en,2024-01-31,,no', "closing quotation mark"),
        ("good-1,ada@example.com,Ada,en,2024-01-31,,no", "same id"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_else_is_lost(read: Read, line: str, cause: str) -> None:
    found = read(rows(GOOD.format(1), line, GOOD.format(2), '"good-3",a@b.example,"x, y",,2024-01-31,,'))
    assert list(bad(found)) == [3]
    assert cause in bad(found)[3]
    assert ids(found) == ["good-1", "good-2", "good-3"]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("c,ada.example.com,Ada,en,2024-01-31,,no", "must have an @-sign"),
        ("c,ada@home@example.com,Ada,en,2024-01-31,,no", "after the @-sign"),
        ("c,ada@example,Ada,en,2024-01-31,,no", "after the @-sign"),
        ("c,ada@-example.com,Ada,en,2024-01-31,,no", "the @-sign"),
        ("c,ada@127.0.0.1,Ada,en,2024-01-31,,no", "after the @-sign"),
        ("c,@example.com,Ada,en,2024-01-31,,no", "before the @-sign"),
        ("c,.ada@example.com,Ada,en,2024-01-31,,no", "start with a period"),
        ("c,a(da@example.com,Ada,en,2024-01-31,,no", "before the @-sign"),
        ("c,Ada <ada@example.com>,Ada,en,2024-01-31,,no", "the e-mail address cannot be used"),
        (f"c,{'a' * 65}@example.com,Ada,en,2024-01-31,,no", "too long"),
        (f"c,ada@{'example.' * 40}com,Ada,en,2024-01-31,,no", "too long"),
        ("c,ada@example.com,Ada,englisch!,2024-01-31,,no", "'language' is no language"),
        ("c,ada@example.com,Ada,en,2024-01-31,never,no", "'closed' is no date"),
        ("c,ada@example.com,Ada,en,2024-01-31,2024-01-30,no", "is before 'created'"),
        ("c,ada@example.com,Ada,en,2024-01-31,,maybe", "'restricted' is neither yes nor no"),
        ("c,ada@example.com,Ada,portuguese-br,2024-01-31,,no", "'language' is no language"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_costs_no_account(read: Read, line: str, cause: str) -> None:
    remark, found = read(rows(line))
    assert isinstance(remark, Remark)
    assert (remark.line, isinstance(found, Account)) == (2, True)
    assert cause in remark.cause


def test_what_is_taken_instead_of_a_field_is_the_careful_reading(read: Read) -> None:
    found = read(rows("c,not an address,Ada,englisch!,2024-01-31,never,maybe"))
    assert found[-1] == Account(
        id="c", email="", name="Ada", language="", created=date(2024, 1, 31), closed=None, restricted=True
    )
    assert [said.cause.rpartition("; ")[2] for said in found if isinstance(said, Remark)] == [
        "the account has none until it is corrected",
        "the account has none until it is corrected",
        "the account is taken as open",
        "the account is taken as restricted",
    ]


@pytest.mark.parametrize(("written", "language"), [("en_US", "en-US"), ("zh_TW", "zh-TW"), ("zh_hant", "zh-Hant")])
def test_a_language_is_read_as_programs_write_it(read: Read, written: str, language: str) -> None:
    (found,) = read(rows(f"c,ada@example.com,Ada,{written},2024-01-31,,no"))
    assert isinstance(found, Account)
    assert found.language == language


def test_bytes_that_are_not_utf8_cost_their_own_line_only(read: Read) -> None:
    text = rows(GOOD.format(1)).encode() + b"c,a@b.example,Jos\xe9,en,2024-01-31,,no\n" + GOOD.format(2).encode()
    assert read(text)[1] == BadRow(line=3, cause="the line is not UTF-8", id="c")
    assert ids(read(text)) == ["good-1", "good-2"]


def test_lines_are_counted_as_the_file_has_them(read: Read) -> None:
    two_lines = 'c,a@b.example,"A\r\nda",en,2024-01-31,,no'
    found = read(rows(two_lines, GOOD.format(1), two_lines, "", "bad", GOOD.format(2)))
    assert list(bad(found)) == [2, 5, 8]
    assert ids(found) == ["good-1", "good-2"]


def test_a_quoted_name_with_line_breaks_cannot_smuggle_in_a_row(read: Read) -> None:
    smuggled = "x\nvictim,evil@example.com,Victim,en,2024-01-31,,no\n" + "x\n" * 200_000
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow(["c", "a@b.example", smuggled, "en", "2024-01-31", "", "no"])
    writer.writerow(["good", "a@b.example", "y", "en", "2024-01-31", "", "no"])
    found = read(text.getvalue())
    assert ids(found) == ["good"]
    assert list(bad(found)) == [2]


def test_many_marks_that_are_never_closed_cost_their_own_lines_only(read: Read) -> None:
    stray = 'c-{},ada@example.com,"Ada,en,2024-01-31,,no'
    lines = [stray.format(n) if n % 3 == 0 else GOOD.format(n) for n in range(3_000)]
    found = read(rows(*lines))
    assert ids(found) == [f"good-{n}" for n in range(3_000) if n % 3]
    assert len(bad(found)) == 1_000


def test_an_account_without_an_address_is_an_account(read: Read) -> None:
    (found,) = read(rows("c,,Ada,,2024-01-31,,0"))
    assert isinstance(found, Account)
    assert (found.email, found.language, found.restricted) == ("", "", False)


@pytest.mark.parametrize(
    ("word", "restricted"),
    [("true", True), ("YES", True), ("1", True), ("false", False), ("No", False), ("0", False), ("", False)],
)
def test_restricted_has_seven_spellings(read: Read, word: str, restricted: bool) -> None:
    (found,) = read(rows(f"c,ada@example.com,Ada,en,2024-01-31,,{word}"))
    assert isinstance(found, Account)
    assert found.restricted is restricted


@pytest.mark.parametrize("name", ["陳大文", "O'Neil, Jr.", 'Robert "Bob" Lee', "می‌خواهم", "👩‍👩‍👧", "Zoë"])
def test_names_of_people_are_taken_as_they_are(read: Read, name: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, ["c", "a@b.example", name, "en", "2024-01-31", "", ""]])
    (found,) = read(text.getvalue())
    assert isinstance(found, Account)
    assert found.name == name


def test_a_large_file_is_never_held_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    with file.open("w") as out:
        out.write(f"{HEAD}\n")
        out.writelines(f"{GOOD.format(number)} {'x' * 400}\n" for number in range(20_000))
    tracemalloc.start()
    try:
        assert sum(isinstance(row, Account) for row in read_accounts(file)) == 20_000
        assert tracemalloc.get_traced_memory()[1] < file.stat().st_size / 2
    finally:
        tracemalloc.stop()


def test_a_line_beyond_all_measure_ends_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    file.write_bytes(HEAD.encode() + b"\n" + b"x" * (1 << 24) + b"\n")
    with pytest.raises(IntakeError, match=r"accounts\.csv:2: the line is longer than 16 MiB"):
        list(read_accounts(file))


def _read_bytes(body: bytes) -> Iterator[Found]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "accounts.csv"
        file.write_bytes(HEAD.encode() + b"\n" + body)
        yield from read_accounts(file)


@given(body=st.binary() | st.text(alphabet='",\n\r a@.1-é\x00').map(str.encode))
def test_any_bytes_are_read_into_accounts_and_bad_rows(body: bytes) -> None:
    found = list(_read_bytes(body))
    assert all(isinstance(row, Account | Remark | BadRow) for row in found)
    lines = [row.line for row in found if isinstance(row, BadRow)]
    assert lines == sorted(set(lines))
    assert all(2 <= line <= body.count(b"\n") + 2 for line in lines)


@given(
    bodies=st.lists(st.text(alphabet='",a\n', max_size=12), max_size=6),
    quoted=st.booleans(),
)
def test_a_properly_written_file_gives_one_row_for_each(bodies: list[str], quoted: bool) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n")
    for number, name in enumerate(bodies):
        writer.writerow([f"c-{number}", "a@b.example", name, "en", "2024-01-31", "", ""])
    found = list(_read_bytes(text.getvalue().encode()))
    assert len(found) == len(bodies)
    for row, name in zip(found, bodies, strict=True):
        assert isinstance(row, BadRow) if "\n" in name else isinstance(row, Account) and row.name == name


def test_an_international_domain_is_kept_as_the_client_wrote_it(read: Read) -> None:
    (found,) = read(rows("c,ada@例子.公司,Ada,en_US,2024-01-31,,no"))
    assert isinstance(found, Account)
    assert (found.email, found.language) == ("ada@例子.公司", "en-US")


def test_a_field_beyond_all_measure_ends_the_reading_and_reads_nothing_of_it_as_rows(tmp_path: Path) -> None:
    file = tmp_path / "accounts.csv"
    smuggled = "x\n" * (1 << 23) + "victim,evil@example.com,Victim,en,2024-01-31,,no\n"
    file.write_text(f'{HEAD}\nc,a@b.example,"{smuggled}",en,2024-01-31,,no\n')
    with pytest.raises(IntakeError, match=r"accounts\.csv:2: a quoted field is longer than 16 MiB"):
        list(read_accounts(file))


def test_nothing_inside_a_quoted_field_is_read_as_a_row_though_the_row_has_a_column_too_many(read: Read) -> None:
    found = read(rows('1,a@kvm.hk,"Bob', "9,evil@kvm.hk,Eve,en,2024-01-31,,no", '",en,2024-01-31,,no,', GOOD.format(1)))
    assert ids(found) == ["good-1"]
    assert list(bad(found)) == [2]
    assert "goes on to line 4 and has 8 columns" in bad(found)[2]
