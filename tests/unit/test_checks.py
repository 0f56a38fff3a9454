from __future__ import annotations

import pytest

from pytest_cognito_devices.checks import Checked, check_bool, check_one_of


class Lamp:
    on = Checked[bool, bool](check_bool)

    def __init__(self):
        self.on = False


def test_an_attribute_is_checked_whenever_it_is_set():
    lamp, other = Lamp(), Lamp()
    lamp.on = True
    assert (lamp.on, other.on) == (True, False)
    with pytest.raises(TypeError) as refused:
        lamp.on = "yes"
    assert str(refused.value) == "on must be True or False, not 'yes'"
    assert lamp.on is True


def test_of_the_class_it_is_itself():
    assert isinstance(Lamp.on, Checked)


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
