"""The confirmed devices of a user, in the orders that matter."""

from __future__ import annotations

import operator
from bisect import bisect_left, insort

from pytest_cognito_devices.service.model.users.devices import Device


class ConfirmedDevices(dict[str, Device]):
    """The confirmed devices of one user: by key, as they were added, and in lists by creation.

    Remembered devices have a list of their own because the operations for users list only them:
    a page then costs the same however many other devices there are.
    """

    __slots__ = ("all", "remembered")

    def __init__(self) -> None:
        self.all: list[Device] = []
        self.remembered: list[Device] = []

    def add(self, device: Device) -> None:
        """Put a new device in its place."""
        self[device.key] = device
        _insert(self.all, device)
        if device.remembered:
            _insert(self.remembered, device)

    def remove(self, device: Device) -> None:
        """Take a device away."""
        del self[device.key]
        _delete(self.all, device)
        if device.remembered:
            _delete(self.remembered, device)

    def moved(self, device: Device) -> None:
        """Put a device among the remembered ones, or take it away, after that has changed."""
        if device.remembered:
            _insert(self.remembered, device)
        else:
            _delete(self.remembered, device)

    def put_in_place(self, device: Device) -> None:
        """Put a device where it belongs, after its creation has changed."""
        lists = (self.all, self.remembered) if device.remembered else (self.all,)
        for each in lists:
            _delete(each, device)
        device.position = device.dates.created, device.position[1]
        for each in lists:
            _insert(each, device)


_position = operator.attrgetter("position")


def _insert(devices: list[Device], device: Device) -> None:
    if not devices or devices[-1].position < device.position:
        devices.append(device)  # as nearly always
    else:
        insort(devices, device, key=_position)


def _delete(devices: list[Device], device: Device) -> None:
    del devices[bisect_left(devices, device.position, key=_position)]
