// Parses Bicep files for the tests. Arguments: the files. Out: one JSON array with, for each, its syntax errors and its tree.
// A node: {type, text, start, end, nodes}, with what carries meaning alone (no punctuation) and no comments.
const { Language, Parser } = require("web-tree-sitter");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

function treeOf(node) {
  return {
    type: node.type,
    text: node.text,
    start: node.startIndex,
    end: node.endIndex,
    nodes: node.namedChildren.filter((child) => !child.type.endsWith("comment")).map(treeOf),
  };
}

function* errorsIn(node) {
  if (node.isError || node.isMissing) {
    yield `line ${node.startPosition.row + 1}: ${node.isMissing ? `${node.type} is missing` : `unexpected ${JSON.stringify(node.text.slice(0, 60))}`}`;
  }
  for (const child of node.children) {
    yield* errorsIn(child);
  }
}

async function main(files) {
  await Parser.init();
  const grammar = join(__dirname, "node_modules", "tree-sitter-bicep", "tree-sitter-bicep.wasm");
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  const parsed = files.map((file) => {
    const root = parser.parse(readFileSync(file, "utf8")).rootNode;
    return { file, errors: [...errorsIn(root)], tree: treeOf(root) };
  });
  process.stdout.write(JSON.stringify(parsed));
}

main(process.argv.slice(2));
