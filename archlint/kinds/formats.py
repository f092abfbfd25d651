"""Forms of constants that rules speak of by name."""

from enum import StrEnum


class Format(StrEnum):
    """A form of constants."""

    EMAIL = "email"
    JWT = "jwt"
    SEMVER = "semver"
    URL = "url"
    UUID = "uuid"


_HEX = "[0-9a-fA-F]"
REGEX_OF = {
    Format.EMAIL: r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    Format.JWT: r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*",  # RFC 7519 §3: base64url of '{"', three parts
    Format.SEMVER: r"v?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?",
    Format.URL: r"[a-z][a-z0-9+.-]*://\S+",
    Format.UUID: rf"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}",  # RFC 9562 §4
}
