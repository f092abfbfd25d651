"""Which distributions a module can come from, as far as that is known for sure.

A module is not called as its distribution, and nothing in a tree says which belong together: that stands in what is
installed. So modules are known by name, those that many projects import and that only these distributions hold.
Checked in November 2026 against the table of pipreqs (bndr/pipreqs, ``pipreqs/mapping``) and what wheels list.
"""

import re
from collections.abc import Mapping

_SEPARATORS = re.compile(r"[-_.]+")

# Called as their distribution is.
_ALIKE = """
    aiohttp alembic anthropic anyio asyncpg black boto3 botocore celery click cryptography django docker duckdb
    fastapi flask flask_cors flask_login flask_migrate flask_sqlalchemy freezegun fsspec gradio gunicorn httpx
    huggingface_hub hypothesis isort joblib langchain loguru lxml mako markdown marshmallow matplotlib msgspec mypy
    networkx nltk numba openai openpyxl orjson pandas paramiko pathspec peewee plotly polars prefect pyarrow pydantic
    pydantic_settings pymysql pytest pytest_asyncio pytest_mock requests rich s3fs scipy scrapy seaborn
    selenium sentry_sdk spacy sphinx sqlalchemy sqlmodel starlette streamlit structlog sympy tenacity tiktoken
    tokenizers tomlkit tornado tqdm transformers trio twisted typer ujson uvicorn uvloop watchfiles werkzeug wtforms
    xgboost zstandard
"""
_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "Crypto": ("pycryptodome", "pycrypto"),
    "OpenSSL": ("pyopenssl",),
    "PIL": ("pillow", "pillow-simd"),
    "bs4": ("beautifulsoup4", "bs4"),
    "cv2": (
        "opencv-python",
        "opencv-contrib-python",
        "opencv-python-headless",
        "opencv-contrib-python-headless",
        "opencv",  # as conda calls it
        "py-opencv",
    ),
    "dateutil": ("python-dateutil",),
    "dns": ("dnspython",),
    "dotenv": ("python-dotenv", "dotenv"),
    "git": ("gitpython",),
    "github": ("pygithub",),
    "jinja2": ("jinja2",),
    "jwt": ("pyjwt", "jwt"),
    "numpy": ("numpy", "numpy-base"),
    "psycopg2": ("psycopg2", "psycopg2-binary", "psycopg2cffi"),
    "pymongo": ("pymongo",),
    "redis": ("redis", "redis-py"),
    "rest_framework": ("djangorestframework",),
    "serial": ("pyserial",),
    "skimage": ("scikit-image",),
    "sklearn": ("scikit-learn", "sklearn", "scikit-learn-intelex"),
    "tensorflow": (
        "tensorflow",
        "tensorflow-cpu",
        "tensorflow-gpu",
        "tensorflow-macos",
        "tensorflow-intel",
        "tf-nightly",
        "intel-tensorflow",
        "tensorflow-aarch64",
        "tensorflow-rocm",
    ),
    "torch": ("torch", "pytorch", "torch-nightly", "pytorch-cpu", "pytorch-gpu"),
    "typing_extensions": ("typing-extensions",),
    "yaml": ("pyyaml",),
    "zmq": ("pyzmq",),
}


def normalized(name: str) -> str:
    """The name of a distribution as names are compared: PEP 503, "Normalized Names"."""
    return _SEPARATORS.sub("-", name).lower()


_PROVIDERS: Mapping[str, frozenset[str]] = {
    **{module: frozenset({normalized(module)}) for module in _ALIKE.split()},
    **{module: frozenset(names) for module, names in _OTHERWISE.items()},
}


def providers_of(module: str) -> frozenset[str]:
    """The distributions that a top-level module can come from, names normalised; none where that is not known."""
    return _PROVIDERS.get(module, frozenset())
