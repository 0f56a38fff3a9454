"""Devices: a confirmed device of a user, and all of a user's in the orders that matter."""

from __future__ import annotations

import base64
import datetime
import reprlib
from typing import TYPE_CHECKING, NamedTuple

from pytest_cognito_devices.service import clock, constraints, ids, srp
from pytest_cognito_devices.service.checks import check_bool, check_str, is_misuse
from pytest_cognito_devices.service.model.descriptors import Declared

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.users.user import User

__tracebackhide__ = is_misuse

LOCALHOST = "127.0.0.1"

#: Why the service takes no key such as `us-west-2_a1b2c3d4-5678-90ab-cdef-EXAMPLE22222`.
EXAMPLE_KEYS = (
    "the device keys of AWS's own examples do not fit AWS's own pattern, which has only 0-9, a-f"
    " and - behind the _"
)


class Dates(NamedTuple):
    """Creation, last change and last sign-in as the epoch seconds of the wire."""

    created: float
    last_modified: float
    last_authenticated: float


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


def checked_name(name: object) -> str | None:
    """A name that a test gives, or None, if the service would take it.

    Raises:
        TypeError: if it is not a string.
        ValueError: with the constraint that it breaks.
    """
    return None if name is None else constraints.require("DeviceNameType", name, "device name")


def _in_base64(number: int) -> str:
    return base64.b64encode(srp.pad(number)).decode()


def _number(text: str) -> int:
    return int.from_bytes(base64.b64decode(text), "big")


class NewDevice(NamedTuple):
    """The sign-in that gave out the key of a device to confirm: when, and from which address."""

    moment: float
    ip: str = LOCALHOST


class Device(Declared):
    """A confirmed device of a user.

    Made by `User.add_device(...)` or by the code under test through `ConfirmDevice`.

    Attributes:
        user: whose it is.
        key: the `DeviceKey`, `<region>_<uuid>`.
        seeded: whether the test made it; False for one made by `ConfirmDevice`.
        dates: creation, last change and last sign-in.
        position: where the device stands in its user's lists.
    """

    __slots__ = (
        "_last_ip_used",
        "_name",
        "_password",
        "_remembered",
        "_verifier_config",
        "dates",
        "key",
        "position",
        "seeded",
        "user",
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
        verifier_config: tuple[str, str] | None = None,
    ) -> None:
        self.user = user
        self.key = key
        self._name = name
        self._last_ip_used = last_ip_used
        self.seeded = seeded
        self._verifier_config = verifier_config
        self._password = password
        self._remembered = remembered
        self.dates = dates
        self.position: Position = dates[0], user.pool.account.next_number()

    @property
    def group_key(self) -> str:
        """The `DeviceGroupKey`, one for all devices of a pool."""
        return self.user.pool.device_group_key

    @property
    def name(self) -> str | None:
        """The `device_name`, or None; to set it is to have a device with another one."""
        return self._name

    @name.setter
    def name(self, name: str | None) -> None:
        self.require_kept()
        self._name = checked_name(name)

    @property
    def last_ip_used(self) -> str:
        """The address of the last sign-in."""
        return self._last_ip_used

    @last_ip_used.setter
    def last_ip_used(self, address: str) -> None:
        self.require_kept()
        self._last_ip_used = check_str("last_ip_used", address)

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
    def salt(self) -> str:
        """The `Salt` of `DeviceSecretVerifierConfig`, in base64.

        Raises:
            LookupError: for a device that the code under test confirmed without one.
        """
        return self._known_verifier_config[0]

    @property
    def verifier(self) -> str:
        """The `PasswordVerifier` of `DeviceSecretVerifierConfig`; raises as `salt` does."""
        return self._known_verifier_config[1]

    @property
    def _known_verifier_config(self) -> tuple[str, str]:
        if self._verifier_config is None:
            if not self.seeded:
                raise LookupError(f"{self!r} was confirmed without a DeviceSecretVerifierConfig.")
            salt, verifier = self._numbers_for(self.password)
            self._verifier_config = _in_base64(salt), _in_base64(verifier)
        return self._verifier_config

    @property
    def has_password(self) -> bool:
        """Whether there is a secret with which it can sign in by SRP."""
        return self.seeded or self._verifier_config is not None

    def salt_and_verifier(self) -> tuple[int, int]:
        """What the service has to check the device's secret by.

        For a device that was confirmed without, something that no secret fits.
        """
        if self._verifier_config is None and not self.seeded:
            return self._numbers_for(ids.secret())
        salt, verifier = map(_number, self._known_verifier_config)
        return salt, verifier

    def _numbers_for(self, secret: str) -> tuple[int, int]:
        salt = ids.salt()
        return salt, srp.verifier(self.group_key + self.key, secret, salt)

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
            self.dates = self.dates._replace(last_modified=clock.in_milliseconds(moment))
            self.user.confirmed_devices.moved(self)

    @property
    def created(self) -> datetime.datetime:
        """`DeviceCreateDate`: when it was confirmed.

        To set one of the three dates is to have a device with it; the others stay.

        Raises:
            TypeError, ValueError: on setting, for a date that is none, has no time zone or
                contradicts the others.
            LookupError: on setting, if the device is forgotten.
        """
        return clock.to_datetime(self.dates.created)

    @created.setter
    def created(self, moment: datetime.datetime) -> None:
        self._set_date("created", clock.in_milliseconds(clock.from_datetime(moment, "created")))
        self.user.confirmed_devices.put_in_place(self)

    @property
    def last_modified(self) -> datetime.datetime:
        """`DeviceLastModifiedDate`: when anything about it last changed."""
        return clock.to_datetime(self.dates.last_modified)

    @last_modified.setter
    def last_modified(self, moment: datetime.datetime) -> None:
        change = clock.from_datetime(moment, "last_modified")
        self._set_date("last_modified", clock.in_milliseconds(change))

    @property
    def last_authenticated(self) -> datetime.datetime:
        """`DeviceLastAuthenticatedDate`: when somebody last signed in with it, whole seconds."""
        return clock.to_datetime(self.dates.last_authenticated)

    @last_authenticated.setter
    def last_authenticated(self, moment: datetime.datetime) -> None:
        sign_in = clock.from_datetime(moment, "last_authenticated")
        self._set_date("last_authenticated", sign_in // 1)

    def _set_date(self, name: str, seconds: float) -> None:
        self.require_kept()
        dates = self.dates._replace(**{name: seconds})
        contradiction = _contradiction(dates)
        if contradiction:
            raise ValueError(f"{contradiction}; set another date first")
        self.dates = dates

    def signed_in(self, moment: float, ip: str) -> None:
        """Note a sign-in with this device, which moves two of its dates."""
        self._last_ip_used = ip
        self.dates = Dates(self.dates.created, clock.in_milliseconds(moment), moment // 1)

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
        name = "" if self._name is None else f"{reprlib.repr(self._name)} "
        return f"<Device {name}{self.key} of {self.user.username!r}, {state}>"


def seeded_dates(
    created: datetime.datetime | None = None,
    last_modified: datetime.datetime | None = None,
    last_authenticated: datetime.datetime | None = None,
) -> Dates:
    """The dates of a seeded device, each with its precision, those not given made to fit."""
    if created is last_modified is last_authenticated is None:
        now = clock.now_in_milliseconds()
        return Dates(now, now, now // 1)
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
    change = given.get("last_modified", max(birth, sign_in))
    contradiction = _contradiction(Dates(birth, change, sign_in))
    if contradiction:
        raise ValueError(f"{contradiction}; leave one of them out, and it fits the other")
    return Dates(clock.in_milliseconds(birth), clock.in_milliseconds(change), sign_in // 1)


def _contradiction(dates: Dates) -> str | None:
    """What no device can have."""
    # A last sign-in that somebody has read is cut, so the second is what counts.
    if dates.last_authenticated // 1 < dates.created // 1:
        return "created must not be later than last_authenticated"
    if dates.last_modified < max(dates.created, dates.last_authenticated):
        return "last_modified must not be earlier than created or last_authenticated"
    return None
