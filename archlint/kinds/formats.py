"""Forms of constants that rules may speak of by name, each as a regular expression."""

from enum import StrEnum


class Format(StrEnum):
    """Forms of constants that rules may speak of by name."""

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
