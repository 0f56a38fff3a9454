"""Devices: a confirmed device of a user, and all of a user's in the orders that matter."""

from __future__ import annotations

import datetime
import operator
import reprlib
from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_devices.service import clock, constraints, ids, srp
from pytest_cognito_devices.service.checks import check_bool, is_misuse

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.users.user import User

__tracebackhide__ = is_misuse

LOCALHOST = "127.0.0.1"

#: Why the service takes no key such as `us-west-2_a1b2c3d4-5678-90ab-cdef-EXAMPLE22222`.
EXAMPLE_KEYS = (
    "the device keys of AWS's own examples do not fit AWS's own pattern, which has only 0-9, a-f"
    " and - behind the _"
)

#: Creation, last change and last sign-in as the epoch seconds of the wire.
Dates = tuple[float, float, float]
#: Where a device stands among the others: by creation, then by the order of being added.
Position = tuple[float, int]


def is_example_key(key: object) -> bool:
    """Whether a device key is one of those that AWS's pages show."""
    return isinstance(key, str) and "EXAMPLE" in key


def checked_key(key: object) -> str:
    """A key that a test seeds, as a plain string, if the service would take it.

    Raises:
        TypeError: if it is not a string.
        ValueError: with the constraint that it breaks.
    """
    try:
        return constraints.require("DeviceKeyType", key, "device key")
    except ValueError as error:
        why = f"; {EXAMPLE_KEYS}" if is_example_key(str(key)) else ""
        raise ValueError(f"{error}{why}") from None


class NewDevice(NamedTuple):
    """The sign-in that gave out the key of a device to confirm: when, and from which address."""

    moment: float
    ip: str = LOCALHOST


class Device:
    """A confirmed device of a user.

    Made by `User.add_device(...)` or by the code under test through `ConfirmDevice`.

    Attributes:
        user: whose it is.
        key: the `DeviceKey`, `<region>_<uuid>`.
        name: the `device_name`, or None.
        last_ip_used: the address of the last sign-in.
        seeded: whether the test made it; False for one made by `ConfirmDevice`.
        verifier: the salt and the password verifier that `ConfirmDevice` brought, if any.
        dates: creation, last change and last sign-in.
        position: where the device stands in its user's lists.
    """

    __slots__ = (
        "_password",
        "_remembered",
        "dates",
        "key",
        "last_ip_used",
        "name",
        "position",
        "seeded",
        "user",
        "verifier",
    )

    def __init__(
        self,
        user: User,
        key: str,
        *,
        name: str | None = None,
        remembered: bool,
        dates: Dates,
        last_ip_used: str = LOCALHOST,
        password: str | None = None,
        seeded: bool = True,
        verifier: tuple[int, int] | None = None,
    ) -> None:
        self.user = user
        self.key = key
        self.name = name
        self.last_ip_used = last_ip_used
        self.seeded = seeded
        self.verifier = verifier
        self._password = password
        self._remembered = remembered
        self.dates = dates
        self.position: Position = dates[0], user.pool.account.next_number()

    @property
    def group_key(self) -> str:
        """The `DeviceGroupKey`, one for all devices of a pool."""
        return self.user.pool.device_group_key

    @property
    def password(self) -> str:
        """The secret with which the device signs in by SRP.

        Raises:
            LookupError: for a device that the code under test confirmed: the service gets to know
                a verifier only, so the secret is where that code put it.
        """
        if not self.seeded:
            raise LookupError(
                f"The password of {self.key} is known only to the code that confirmed it."
            )
        if self._password is None:
            self._password = ids.secret()
        return self._password

    @property
    def has_password(self) -> bool:
        """Whether there is a secret with which it can sign in by SRP."""
        return self.seeded or self.verifier is not None

    def salt_and_verifier(self) -> tuple[int, int]:
        """What the service has to check the device's secret by.

        For a device that was confirmed without, something that no secret fits.
        """
        if self.verifier is not None:
            return self.verifier
        secret, salt = self.password if self.seeded else ids.secret(), ids.salt()
        made = salt, srp.verifier(self.group_key + self.key, secret, salt)
        if self.seeded:
            self.verifier = made
        return made

    @property
    def remembered(self) -> bool:
        """Whether the device is remembered; to set it is to call `UpdateDeviceStatus`.

        Raises:
            LookupError: on setting, if the device is forgotten.
        """
        return self._remembered

    @remembered.setter
    def remembered(self, remembered: bool) -> None:
        check_bool("remembered", remembered)
        self.require_kept()
        self.remember(remembered=remembered, moment=clock.now())

    def remember(self, *, remembered: bool, moment: float) -> None:
        """Remember the device or stop to, and note when, if that is a change."""
        if remembered != self._remembered:
            self._remembered = remembered
            created, _, last_authenticated = self.dates
            self.dates = created, clock.in_milliseconds(moment), last_authenticated
            self.user.confirmed_devices.moved(self)

    @property
    def created(self) -> datetime.datetime:
        """`DeviceCreateDate`: when it was confirmed."""
        return clock.to_datetime(self.dates[0])

    @property
    def last_modified(self) -> datetime.datetime:
        """`DeviceLastModifiedDate`: when anything about it last changed."""
        return clock.to_datetime(self.dates[1])

    @property
    def last_authenticated(self) -> datetime.datetime:
        """`DeviceLastAuthenticatedDate`: when somebody last signed in with it, whole seconds."""
        return clock.to_datetime(self.dates[2])

    def signed_in(self, moment: float, ip: str) -> None:
        """Note a sign-in with this device, which moves two of its dates."""
        self.last_ip_used = ip
        self.dates = self.dates[0], clock.in_milliseconds(moment), moment // 1

    def forget(self) -> None:
        """Remove the device, as `ForgetDevice` does.

        Raises:
            LookupError: if it is forgotten already.
        """
        self.require_kept()
        self.user.confirmed_devices.remove(self)

    def require_kept(self) -> None:
        """Raises LookupError if the device is forgotten."""
        if self.user.confirmed_devices.get(self.key) is not self:
            raise LookupError(f"{self!r} is forgotten.")

    def __repr__(self) -> str:
        state = "remembered" if self._remembered else "not remembered"
        # What tells one from another comes first: pytest cuts what is long.
        name = "" if self.name is None else f"{reprlib.repr(self.name)} "
        return f"<Device {name}{self.key} of {self.user.username!r}, {state}>"


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


_position = operator.attrgetter("position")


def _insert(devices: list[Device], device: Device) -> None:
    if not devices or devices[-1].position < device.position:
        devices.append(device)  # as nearly always
    else:
        insort(devices, device, key=_position)


def _delete(devices: list[Device], device: Device) -> None:
    del devices[bisect_left(devices, device.position, key=_position)]


def seeded_dates(
    created: datetime.datetime | None = None,
    last_modified: datetime.datetime | None = None,
    last_authenticated: datetime.datetime | None = None,
) -> Dates:
    """The dates of a seeded device, each with its precision, those not given made to fit."""
    if created is last_modified is last_authenticated is None:
        now = clock.now_in_milliseconds()
        return now, now, now // 1
    given = {
        name: clock.from_datetime(moment, name)
        for name, moment in (
            ("created", created),
            ("last_modified", last_modified),
            ("last_authenticated", last_authenticated),
        )
        if moment is not None
    }
    birth = given.get("created", min([clock.now(), *given.values()]))
    sign_in = given.get("last_authenticated", birth)
    # A last sign-in that somebody has read is cut, so the second is what counts.
    if sign_in // 1 < birth // 1:
        raise ValueError(
            "created must not be later than last_authenticated; leave one of them out, and it fits"
            " the other"
        )
    change = given.get("last_modified", max(birth, sign_in))
    if change < max(birth, sign_in):
        raise ValueError("last_modified must not be earlier than created or last_authenticated")
    return clock.in_milliseconds(birth), clock.in_milliseconds(change), sign_in // 1
