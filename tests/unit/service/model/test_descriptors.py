from __future__ import annotations

import pytest

from pytest_cognito_devices.service.checks import check_bool
from pytest_cognito_devices.service.model.descriptors import Checked


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
