// Answers, a line of JSON each, where TypeScript takes specifiers in a tree that is only told, not written.
// Packages of the tree are linked as a package manager links them: `links` are names with their folders.
const ts = require("typescript");

const ROOT = "/r";

function hostOf({ files, links }) {
  const linked = Object.entries(links).map(([name, folder]) => [`${ROOT}/node_modules/${name}`, `${ROOT}/${folder}`]);
  const real = (path) => {
    const found = linked.find(([from]) => path === from || path.startsWith(from + "/"));
    return found ? found[1] + path.slice(found[0].length) : path;
  };
  const text = (path) => (path.startsWith(`${ROOT}/`) ? files[real(path).slice(ROOT.length + 1)] : undefined);
  const folders = new Set(["", "/", ROOT, `${ROOT}/node_modules`]);
  for (const path of [...Object.keys(files).map((path) => `${ROOT}/${path}`), ...linked.map(([from]) => from)])
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) folders.add(path.slice(0, at));
  return {
    useCaseSensitiveFileNames: true,
    getCurrentDirectory: () => ROOT,
    fileExists: (path) => text(path) !== undefined,
    readFile: text,
    directoryExists: (path) => folders.has(real(path.replace(/\/$/, ""))),
    readDirectory: () => [],
    realpath: real,
  };
}

function answer(question) {
  const host = hostOf(question);
  const config = `${ROOT}/tsconfig.json`;
  const read = ts.readConfigFile(config, host.readFile).config ?? {};
  const { options } = ts.parseJsonConfigFileContent(read, host, ROOT, undefined, config);
  return question.specifiers.map((specifier) => {
    const importer = `${ROOT}/${question.importer}`;
    // For others a mode means more: with node10 it has `exports` followed.
    const isNode = options.moduleResolution === ts.ModuleResolutionKind.NodeNext;
    const mode = isNode ? ts.ModuleKind.ESNext : undefined;
    const { resolvedModule } = ts.resolveModuleName(specifier, importer, options, host, undefined, undefined, mode);
    return resolvedModule ? resolvedModule.resolvedFileName.slice(ROOT.length + 1) : null;
  });
}

require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => console.log(JSON.stringify(answer(JSON.parse(line)))));
