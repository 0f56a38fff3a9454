from __future__ import annotations

import pytest

from pytest_cognito_devices.service.checks import check_one_of


@pytest.mark.parametrize(
    ("value", "end"),
    [
        ("opt-in", "not 'opt-in'; did you mean 'opt_in'?"),
        ("x", "not 'x'"),
        (None, "not None"),
        (5, "not 5"),
    ],
)
def test_the_nearest_value_is_named(value, end):
    with pytest.raises(ValueError) as refused:
        check_one_of("tracking", value, ("opt_in", "off"))
    assert str(refused.value) == f"tracking must be one of 'opt_in', 'off', {end}"
