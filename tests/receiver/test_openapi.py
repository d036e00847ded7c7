"""The published description is true: whatever it allows is answered as it says, and nothing ends in a fault."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.receiver.house import House
from toolkit.receiver.app import ROUTES
from toolkit.receiver.openapi import describe

OPERATIONS = [(path, method) for path, methods in describe()["paths"].items() for method in methods]
_HEADERS = {"content-type": "application/json"}


def test_every_route_is_described_but_the_peoples_pages() -> None:
    served = {(route.path, method.lower()) for route in ROUTES for method in route.methods or () if method != "HEAD"}
    pages = {("/n/{token}", "get"), ("/n/{token}", "post")}
    assert served - pages == set(OPERATIONS)


def test_it_is_served_as_it_is_made(house: House) -> None:
    assert house.get("/openapi.json").json() == describe()


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_whatever_the_description_allows_is_answered_as_it_says(house: House, path: str, method: str) -> None:
    schema = schemathesis.openapi.from_dict(dict(describe()))
    operation = schema[path][method.upper()]
    headers = {"Authorization": f"Bearer {house.key()}"}
    checks = [not_a_server_error, response_schema_conformance, status_code_conformance]
    answered: set[int] = set()

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: "schemathesis.Case[Any]") -> None:
        answer = case.call(base_url=house.url, headers=headers)
        answered.add(answer.status_code)
        case.validate_response(answer, checks=checks, headers=headers)

    ask()
    assert answered
    assert max(answered) < 500
