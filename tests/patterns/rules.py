"""Rules for code by grammar, and a small source for each grammar that holds a bit of everything."""

from tests.patterns.peers import Written

SCRIPT = """\
import { a, b as c } from './a';
import type { T } from "./t";
import d from 'd';
export * from './e';
// TODO one
export const first = 1, second = go(first, second);
export default class Main extends Base<T> {
  static count = 0;
  #hidden = () => { return this.count; };
  get size(): number { return 1 }
  async load(path: string, ...rest: string[]) {
    if (!path) return null;
    for (const each of rest) { await this.load(each /* again */); }
    try { return await fetch(path, { method: 'GET', body: `a ${path}` }); } catch (error) { console.error(error); }
    switch (path) { case 'a': break; default: go(path, path); }
  }
}
function go(x: number, y?: number) { let z = x; z += y!; return x === x ? z : go(y as any, /* é */ y); }
const list = [1, 2, 3].map((each) => each * 2).filter(Boolean);
(function () { 'use strict'; var old = typeof list == 'object'; if (old) { go(1) } else go(2); })();
foo(); foo(a); foo(a, b); foo(a, b,); new Map([[a, b]]); obj.foo?.(a);
"""
TAGS = """\
export const Page = ({ title }: Props) => (
  <Frame title={title} {...rest} hidden>
    <h1 className="big">Hello {title}</h1>
    <img src="/a.png" alt='' />
    {list.map((each) => <Item key={each.id} {...each} />)}
    <></>
  </Frame>
);
"""
PAGE = """\
<!doctype html>
<html lang="en"><head><title>A</title><meta charset="utf-8"><link rel=stylesheet href="a.css"></head>
<body class="page"><!-- note --><div id="a" class='b'>text <b>bold</b><br/></div>
<img src="a.png" alt=""><input disabled><script src="a.js"></script><script>go(1)</script>
<ul><li>1<li>2</ul></body></html>
"""
FLOW = """\
name: deploy
on: [push, pull_request]
env: { A: "1", B: two }
jobs:
  build:
    runs-on: ubuntu-latest
    steps: &steps
      - uses: actions/checkout@v4
      - name: 'test'
        run: |
          npm test
          npm run build
      - uses: acme/deploy@main
        with: { token: "${{ secrets.TOKEN }}" }
  again: { steps: *steps }
---
second: document
"""
DATA = (
    """{"name": "a", "scripts": {"test": "jest", "build": "tsc"}, "list": [1, 2.5, true, null, {"a": {}}]}"""
)
SOURCES = {
    "typescript": SCRIPT,
    "tsx": SCRIPT + TAGS,
    "html": PAGE,
    "yaml": FLOW,
    "json": DATA,
    "javascript": "go(1); f(go)",
}

_STRICT = ("cst", "smart", "ast", "relaxed", "signature", "template")
_STRICTLY = (
    "foo($A)",
    "foo($A, $B)",
    "foo()",
    "import $A from 'd'",
    "return $A",
    "if ($A) { go($B) }",
    "$A = $B",
)
RULES: dict[str, list[Written]] = {
    "typescript": [
        *({"pattern": {"context": text, "strictness": name}} for text in _STRICTLY for name in _STRICT),
        *(
            {"pattern": text}
            for text in (
                "$A",
                "$$A",
                "$F($$$ARGS)",
                "$F($A, $A)",
                "$F($A, $$$REST)",
                "$F($$$REST, $LAST)",
                "$O.$M($$$)",
                "import { $$$NAMES } from $FROM",
                "import type { $$$ } from $FROM",
                "class $C extends $B { $$$ }",
                "const $N = $V",
                "($A) => $B",
                "await $P",
                "try { $$$ } catch ($E) { $$$ }",
                "switch ($X) { $$$ }",
                "for (const $X of $Y) { $$$ }",
                "$X!",
                "$X as any",
                "`$$$`",
                "'use strict'",
                "[$A, $$$]",
                "{ $$$ }",
                "typeof $X == 'object'",
            )
        ),
        {"pattern": {"context": "class A { static $F = $V }", "selector": "public_field_definition"}},
        {"pattern": {"context": "({ method: $V })", "selector": "pair"}},
        {"kind": "comment", "regex": "TODO"},
        {"kind": "identifier", "regex": "^[a-c]$"},
        {"regex": "^go$"},
        *(
            {"kind": selector}
            for selector in (
                "call_expression > identifier",
                "method_definition identifier",
                "pair ~ pair",
                "identifier + arguments",
                "number, string",
                "call_expression:has(string)",
                "identifier:not(call_expression > identifier)",
                ":is(number, string)",
                "identifier:nth-child(2n + 1)",
                "number:nth-last-child(1)",
                "pair:nth-child(1 of pair), comment",
                "class_body > method_definition statement_block number",
                ":has(number)",
            )
        ),
        {"kind": "ERROR"},
        {"kind": "identifier", "nthChild": 1},
        {"kind": "identifier", "nthChild": "2n"},
        {"nthChild": {"position": "-n+2", "reverse": True, "ofRule": {"kind": "identifier"}}},
        {"range": {"start": {"line": 17}, "end": {"line": 17}}},
        {"range": {"start": {"line": 17, "column": 80}, "end": {"line": 17, "column": 92}}},
        {"pattern": "return $X", "inside": {"kind": "class_declaration", "stopBy": "end"}},
        {"pattern": "return $X", "inside": {"kind": "statement_block"}},
        {"kind": "identifier", "inside": {"kind": "call_expression", "field": "function"}},
        {"kind": "string", "inside": {"kind": "call_expression", "field": "arguments", "stopBy": "end"}},
        {
            "kind": "identifier",
            "inside": {"stopBy": {"kind": "statement_block"}, "kind": "method_definition"},
        },
        {"kind": "method_definition", "has": {"pattern": "await $X", "stopBy": "end"}},
        {"kind": "call_expression", "has": {"field": "function", "kind": "identifier"}},
        {"kind": "class_body", "has": {"stopBy": {"kind": "arrow_function"}, "pattern": "return $X"}},
        {
            "kind": "method_definition",
            "has": {"field": "body", "stopBy": {"kind": "number"}, "kind": "if_statement"},
        },
        {"kind": "expression_statement", "follows": {"kind": "lexical_declaration"}},
        {"kind": "expression_statement", "follows": {"kind": "import_statement", "stopBy": "end"}},
        {"kind": "import_statement", "precedes": {"kind": "comment", "stopBy": {"kind": "export_statement"}}},
        {"pattern": "let $A = $B", "precedes": {"pattern": "$A += $C", "stopBy": "end"}},
        {"all": [{"kind": "call_expression"}, {"not": {"has": {"kind": "member_expression"}}}]},
        {"any": [{"pattern": "foo($A)"}, {"pattern": "new $B($$$)"}]},
        {"rule": {"pattern": "$F($$$)"}, "constraints": {"F": {"regex": "^f"}}},
        {"rule": {"pattern": "$F($A, $B)"}, "constraints": {"B": {"pattern": "$A"}}},
        {
            "rule": {"matches": "call"},
            "utils": {
                "call": {"any": [{"pattern": "go($X)"}, {"matches": "new"}]},
                "new": {"kind": "new_expression"},
            },
        },
        {
            "rule": {"matches": "nest"},
            "utils": {
                "nest": {
                    "kind": "array",
                    "any": [{"has": {"matches": "nest"}}, {"has": {"kind": "identifier"}}],
                }
            },
        },
    ],
    "tsx": [
        {"pattern": "<$TAG $$$ATTRS>$$$</$TAG>"},
        {"pattern": "<Item $$$ />"},
        {"pattern": "<img src={$SRC} $$$ />"},
        {"kind": "jsx_attribute", "has": {"kind": "property_identifier", "regex": "^className$"}},
        {"kind": "jsx_opening_element", "not": {"has": {"kind": "jsx_attribute"}}},
        {"pattern": "{$X}", "kind": "jsx_expression"},
        {"pattern": {"context": "<a>{$X}</a>", "selector": "jsx_expression"}},
        {"pattern": "$L.map(($X) => $Y)"},
    ],
    "html": [
        {"pattern": "<div $$$>$$$</div>"},
        {"pattern": "<$TAG class='b'>$$$</$TAG>"},
        {"pattern": "<$TAG id=$ID $$$>$$$</$TAG>"},
        {"pattern": "<b>$TEXT</b>"},
        {"kind": "script_element", "not": {"has": {"kind": "attribute", "stopBy": "end"}}},
        {"kind": "attribute_name", "regex": "^(alt|src)$"},
        {"kind": "comment"},
        {"kind": "element", "has": {"kind": "start_tag", "has": {"kind": "tag_name", "regex": "^img$"}}},
        {"kind": "attribute", "nthChild": 2},
    ],
    "yaml": [
        {"pattern": "uses: $A"},
        {"pattern": "$K: $V"},
        {"pattern": "runs-on: ubuntu-latest"},
        {"pattern": "run: |\n  $$$"},
        {"kind": "block_mapping_pair", "has": {"field": "key", "regex": "^uses$"}},
        {"kind": "plain_scalar", "regex": "@main$"},
        {"kind": "flow_mapping"},
        {"kind": "block_sequence_item", "has": {"pattern": "name: $N", "stopBy": "end"}},
        {"kind": "block_sequence_item", "follows": {"kind": "block_sequence_item"}},
        {"kind": "alias"},
    ],
    "json": [
        {"pattern": '"jest"'},
        {"pattern": '{"a": {}}'},
        {"kind": "pair", "has": {"field": "key", "regex": "test"}},
        {
            "kind": "pair",
            "inside": {
                "kind": "object",
                "inside": {"kind": "pair", "has": {"field": "key", "regex": "scripts"}},
            },
        },
        {"kind": "number"},
        {"kind": "array", "has": {"kind": "object"}},
        {"kind": "pair", "nthChild": 2},
    ],
    "javascript": [{"pattern": "go($A)"}, {"kind": "identifier", "inside": {"kind": "arguments"}}],
}

RULES["tsx"] += RULES["typescript"]
