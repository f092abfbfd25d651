"""Pages, components and style sheets."""

from tests.fuzz.reading import Reader
from tests.fuzz.target import Target

_TAGS = (b"<script>", b"</script>", b'<script type="module">', b"<style>", b"</style>", b"<template>", b"</template>", b"---\n", b"{#if a}", b"{/if}", b"{expr}", b"{{ a }}", b'onclick="', b"<a href=", b"&quot;", b"&#x27;", b"&amp", b"lang=ts", b":a=", b"@click=", b"v-if=", b"<!-- ", b" -->", b"/>")  # fmt: skip
TARGETS = (
    Target("html", Reader("a.html"), tokens=_TAGS),
    Target("astro", Reader("a.astro"), tokens=_TAGS),
    Target("svelte", Reader("a.svelte"), tokens=_TAGS),
    Target("vue", Reader("a.vue"), tokens=_TAGS),
    Target("css", Reader("a.css"), tokens=(b"@import ", b"url(", b")", b"@use ", b"//", b"/*", b"*/")),
)
