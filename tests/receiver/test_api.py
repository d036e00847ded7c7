"""The portal's questions: who may ask, what an account must be shown, and what was recorded once."""

import shutil
from datetime import timedelta
from typing import Any

import orjson
import pytest

from tests.ledger.given import NOW, account, consent, receipt
from tests.receiver.house import House
from toolkit.config import shipped
from toolkit.ledger.acts import Acts, Scope
from toolkit.ledger.entries import ReceiptKind
from toolkit.receiver import keyring
from toolkit.receiver.brake import FAILURES
from toolkit.receiver.policies import take


def said(answer: Any) -> Any:
    return orjson.loads(answer.data)


def acknowledged(*numbers: int, **other: object) -> dict[str, object]:
    each = {"version": "2.0.0", "kind": "acknowledged", **other}
    return {"receipts": [{"account": f"client-{number}", **each} for number in numbers]}


def test_an_account_that_has_seen_nothing_must_be_shown_what_came_since_its_beginning(house: House) -> None:
    found = said(house.get("/v1/standing?account=client-1", key=house.key()))
    assert (found["up_to_date"], found["in_force"], found["newest"], found["assumed"]) == (
        False,
        "1.1.0",
        "2.0.0",
        "1.0.0",
    )
    assert [(step["version"], step["kind"]) for step in found["show"]["steps"]] == [
        ("2.0.0", "material"),
        ("1.1.0", "minor"),
    ]
    assert found["show"]["steps"][0]["changes"] == "https://kvm.hk/privacy/2.0.0/changes/"
    assert found["told"]["delivery"] == "accepted"
    assert found["seen"] is None


def test_once_it_is_acknowledged_there_is_nothing_to_show(house: House) -> None:
    key = house.key()
    show = said(house.get("/v1/standing?account=client-1", key=key))["show"]
    recorded = house.post("/v1/receipts", key=key, json=acknowledged(1, digest=show["digest"], language="zh_TW"))
    assert said(recorded) == {"recorded": 1, "again": False}
    found = said(house.get("/v1/standing?account=client-1", key=key))
    assert (found["up_to_date"], found["show"], found["seen"]["evidence"]) == (True, None, "acknowledged")
    house.ledger.evidence.seal()
    assert house.ledger.evidence.verify() == ()


def test_what_was_only_shown_is_shown_again(house: House) -> None:
    key = house.key()
    house.post("/v1/receipts", key=key, json=acknowledged(1, kind="shown"))
    assert said(house.get("/v1/standing?account=client-1", key=key))["up_to_date"] is False


def test_a_minor_change_alone_need_not_be_shown(house: House) -> None:
    house.ledger.responses.record(Acts(receipts=(receipt(1),)))
    assert said(house.get("/v1/standing?account=client-1", key=house.key()))["up_to_date"] is True


def test_an_account_or_a_policy_that_is_not_there_is_404(house: House) -> None:
    key = house.key()
    assert said(house.get("/v1/standing?account=nobody", key=key))["detail"] == "No account has this id."
    assert house.get("/v1/standing?account=client-1&policy=terms", key=key).status == 404
    assert house.get("/v1/standing", key=key).status == 400


def test_many_are_asked_about_at_once_in_their_order_and_the_unknown_are_named(house: House) -> None:
    answer = house.post(
        "/v1/standings", key=house.key(), json={"accounts": ["client-3", "x/../y", "client-1", "client-3"]}
    )
    assert [each["account"] for each in said(answer)["standings"]] == ["client-3", "client-1"]
    assert said(answer)["unknown"] == ["x/../y"]


def test_a_thousand_are_answered_and_one_more_is_refused(house: House) -> None:
    house.ledger.accounts.record([account(number) for number in range(1, 1_001)])
    ids = [f"client-{number}" for number in range(1, 1_001)]
    assert len(said(house.post("/v1/standings", key=house.key(), json={"accounts": ids}))["standings"]) == 1_000
    assert house.post("/v1/standings", key=house.key(), json={"accounts": [*ids, "x"]}).status == 422


def test_the_same_answer_is_not_sent_twice(house: House) -> None:
    key = house.key()
    tag = house.get("/v1/standing?account=client-1", key=key).headers["etag"]
    again = house.get("/v1/standing?account=client-1", key=key, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status, again.data, again.headers["etag"]) == (304, b"", tag)
    house.post("/v1/receipts", key=key, json=acknowledged(1))
    assert house.get("/v1/standing?account=client-1", key=key, headers={"if-none-match": tag}).status == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer policy_x", "Basic cG9saWN5", "Bearer \xff"])
def test_without_a_valid_key_nothing_is_said(house: House, header: str) -> None:
    answer = house.get("/v1/standing?account=client-1", headers={"authorization": header})
    assert (answer.status, answer.headers["www-authenticate"]) == (401, 'Bearer realm="policy"')


def test_a_key_opens_what_its_scopes_name_and_nothing_once_it_is_revoked(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "FRESH", 0.0)
    reading, recording = house.key(Scope.READ), house.key(Scope.RECORD)
    assert house.post("/v1/receipts", key=reading, json=acknowledged(1)).status == 403
    assert house.get("/v1/standing?account=client-1", key=recording).status == 403
    assert house.post("/v1/receipts", key=recording, json=acknowledged(1)).status == 200
    house.ledger.keys.revoke("key-0")
    assert house.get("/v1/standing?account=client-1", key=reading).status == 401


def test_who_tries_keys_one_after_another_has_to_wait(house: House) -> None:
    key = house.key()
    answers = [house.get("/v1/standing?account=client-1", key=f"policy_{at}") for at in range(FAILURES + 1)]
    assert {answer.status for answer in answers[:-1]} == {401}
    assert (answers[-1].status, int(answers[-1].headers["retry-after"]) > 0) == (429, True)
    assert house.get("/v1/standing?account=client-1", key=key).status == 429  # nobody finds out by a right one
    other = {"x-forwarded-for": "203.0.113.9"}  # as the proxy in front says it
    assert house.get("/v1/standing?account=client-1", key=key, headers=other).status == 200


def test_a_request_under_one_name_counts_once(house: House) -> None:
    key, once = house.key(), {"idempotency-key": "first"}
    answers = [said(house.post("/v1/receipts", key=key, json=acknowledged(1), headers=once)) for _ in range(2)]
    assert answers == [{"recorded": 1, "again": False}, {"recorded": 1, "again": True}]
    assert house.post("/v1/receipts", key=key, json=acknowledged(2), headers=once).status == 422
    assert (
        house.post("/v1/receipts", key=key, json=acknowledged(2), headers={"idempotency-key": "x" * 201}).status == 400
    )
    assert said(house.post("/v1/receipts", key=house.key(), json=acknowledged(2), headers=once))["again"] is False


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "receipts"),
        ({"receipts": []}, "$.receipts"),
        (acknowledged(1, version="9.9.9"), "$.receipts[0].version"),
        (acknowledged(1, version="2"), "$.receipts[0].version"),
        (acknowledged(1, kind="confirmed"), "$.receipts[0].kind"),
        (acknowledged(1, digest="words-1:aa"), "$.receipts[0].digest"),
        (acknowledged(1, language="not a language"), "$.receipts[0].language"),
        (acknowledged(1, at="2099-01-01T00:00:00Z"), "$.receipts[0].at"),
        (acknowledged(1, at="2026-11-01T00:00:00Z"), "$.receipts[0].version"),
        (acknowledged(1, at="2026-11-21T00:00:00"), "$.receipts[0].at"),
        (acknowledged(1, 9), "$.receipts[1].account"),
        (acknowledged(1, policy="terms"), "no such policy"),
    ],
)
def test_a_wrong_request_names_the_place_and_records_nothing(house: House, body: dict[str, Any], where: str) -> None:
    answer = house.post("/v1/receipts", key=house.key(), json=body)
    assert answer.status in (404, 422)
    assert where in said(answer)["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert house.ledger.accounts.standing("privacy", "client-1").seen == ""


def test_a_body_that_is_no_json_is_refused(house: House) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        assert house.post("/v1/receipts", key=house.key(), body=body).status in (400, 422)


def test_a_new_customer_signs_up_under_a_version(house: House) -> None:
    key = house.key()
    body = {"account": "new-1", "email": "new@example.com", "name": "New", "language": "zh-Hant", "version": "1.1.0"}
    assert said(house.post("/v1/sign-ups", key=key, json=body))["recorded"] == 1
    standing = house.ledger.accounts.standing("privacy", "new-1")
    assert (standing.account.email, standing.account.language, standing.account.created) == (
        "new@example.com",
        "zh-Hant",
        NOW.date(),
    )
    assert (standing.seen, standing.evidence) == ("1.1.0", ReceiptKind.SIGNED_UP)


def test_signing_up_changes_no_account_that_is_there(house: House) -> None:
    body = {"account": "client-1", "email": "other@example.com", "version": "2.0.0"}
    house.post("/v1/sign-ups", key=house.key(), json=body)
    assert house.ledger.accounts.standing("privacy", "client-1").account == account(1)
    assert house.post("/v1/sign-ups", key=house.key(), json={**body, "email": "no address"}).status == 422


def test_a_sign_up_that_is_refused_leaves_no_account(house: House) -> None:
    key, body = house.key(), {"account": "new-1", "email": "new@example.com", "version": "2.0.0"}
    once = {"idempotency-key": "first"}
    assert house.post("/v1/receipts", key=key, json=acknowledged(1), headers=once).status == 200
    assert house.post("/v1/sign-ups", key=key, json=body, headers=once).status == 422
    assert house.post("/v1/sign-ups", key=key, json=body, headers={"idempotency-key": "x" * 300}).status == 400
    for account_id in (" new-1", "new-1\u00a0"):
        assert house.post("/v1/sign-ups", key=key, json={**body, "account": account_id}).status == 422
    assert house.ledger.accounts.count() == 3


def test_a_request_that_was_answered_is_answered_again_though_it_could_not_be_made_any_more(house: House) -> None:
    key, once = house.key(), {"idempotency-key": "first"}
    house.post("/v1/receipts", key=key, json=acknowledged(1), headers=once)
    house.ledger.accounts.erase("client-1")
    assert said(house.post("/v1/receipts", key=key, json=acknowledged(1), headers=once)) == {
        "recorded": 1,
        "again": True,
    }


def test_a_consent_of_before_any_version_is_refused(asking: House) -> None:
    words = asking.folder / "notices"
    shutil.copytree(shipped("notices"), words)
    with (words / "en" / "words.toml").open("a") as file:
        file.write('news = "You may send me news."\n')
    asking.rounds.office.policies._snapshot = take(asking.work)  # type: ignore[union-attr]
    given = {"account": "client-1", "purpose": "news", "answer": "given", "words": "You may send me news."}
    key = asking.key()
    early = {**given, "at": "0001-01-01T00:00:00Z"}
    assert asking.post("/v1/consents", key=key, json={"consents": [early]}).status == 422
    assert asking.post("/v1/consents", key=key, json={"consents": [given]}).status == 200


def test_consent_is_recorded_with_the_words_and_shows_in_the_standing(asking: House) -> None:
    key = asking.key()
    given = {"account": "client-1", "version": "3.0.0", "answer": "given", "words": "Yes, train on my files."}
    assert said(asking.post("/v1/consents", key=key, json={"consents": [given]}))["recorded"] == 1
    later = {**given, "answer": "withdrawn"}
    assert said(asking.post("/v1/consents", key=key, json={"consents": [later]}))["recorded"] == 1
    found = said(asking.get("/v1/standing?account=client-1", key=key))["consents"]
    assert [(each["version"], each["answer"]) for each in found] == [("3.0.0", "withdrawn")]
    assert asking.ledger.responses.consents("privacy", "client-1")[0].words == "Yes, train on my files."


@pytest.mark.parametrize(
    "other",
    [
        {"version": "2.0.0"},
        {"version": None},
        {"purpose": "news"},
        {"version": None, "purpose": "news"},
        {"words": ""},
        {"answer": "maybe"},
    ],
)
def test_a_consent_that_nobody_asked_for_is_refused(asking: House, other: dict[str, object]) -> None:
    given = {"account": "client-1", "version": "3.0.0", "answer": "given", "words": "Yes.", **other}
    assert asking.post("/v1/consents", key=asking.key(), json={"consents": [given]}).status == 422
    assert asking.ledger.responses.consents("privacy", "client-1") == ()


def test_a_version_that_was_withdrawn_counts_as_seen_only_where_there_is_no_other(house: House) -> None:
    later = receipt(1, ReceiptKind.ACKNOWLEDGED)
    house.ledger.responses.record(Acts(receipts=(later,), consents=(consent(1),)))
    ((standing, consents),) = house.ledger.accounts.positions("privacy", ["client-1"], withdrawn=("2.0.0",))
    assert (standing.seen, consents) == ("2.0.0", (consent(1),))


def test_clocks_may_differ_a_little_and_no_receipt_lies_in_the_future(house: House) -> None:
    at = (NOW + timedelta(minutes=2)).isoformat()
    house.post("/v1/receipts", key=house.key(), json=acknowledged(1, at=at))
    assert house.ledger.accounts.standing("privacy", "client-1").seen_at == NOW
