// Ask AsyncAPI's own tools about a document: the official JSON Schema and @asyncapi/parser.
//
//   node check_official.mjs SPEC [MODULES]
//
// MODULES (or else the environment's NODE_PATH) is the directory whose node_modules holds what
// package.json beside this file pins. One diagnostic a line; exit 1 on any error or warning.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import process from "node:process";

const [spec, modules = process.env.NODE_PATH] = process.argv.slice(2);
if (!spec || !modules) {
  console.error("usage: node check_official.mjs SPEC [MODULES], or set NODE_PATH");
  process.exit(2);
}
const require = createRequire(path.resolve(modules, "package.json"));
const {Parser} = require("@asyncapi/parser");
const Ajv = require("ajv");
const yaml = require("js-yaml");

const SEVERITIES = ["error", "warning", "information", "hint"]; // as @asyncapi/parser numbers them
const ERROR = 0;
const WARNING = 1;

const text = readFileSync(spec, "utf8");
const found = [...bySchema(text), ...(await byParser(text))];
for (const {where, severity, message} of found) {
  console.log(`${spec}:${where}: ${SEVERITIES[severity]}: ${message}`);
}
process.exit(found.some(({severity}) => severity <= WARNING) ? 1 : 0);

/** Violations of the official JSON Schema of the document's own version; where: JSON pointer. */
function bySchema(source) {
  const document = yaml.load(source, {schema: yaml.CORE_SCHEMA}); // dates stay strings
  const schema = require(`@asyncapi/specs/schemas/${document.asyncapi}-without-$id.json`);
  const ajv = new Ajv({allErrors: true, strict: false, validateFormats: false, logger: false});
  const validate = ajv.compile(schema);
  validate(document);
  return (validate.errors ?? []).map((error) => ({
    where: `#${error.instancePath}`,
    severity: ERROR,
    message: `${error.message} (JSON Schema ${document.asyncapi}, ${error.schemaPath})`,
  }));
}

/** Diagnostics of the official parser; where: line and column, counted from 1. */
async function byParser(source) {
  const {document, diagnostics} = await new Parser().parse(source, {source: path.resolve(spec)});
  const problems = diagnostics.map(({range, severity, code, message}) => ({
    where: `${range.start.line + 1}:${range.start.character + 1}`,
    severity,
    message: `${message} (${code})`,
  }));
  const silent = !document && !problems.some(({severity}) => severity === ERROR);
  return silent ? [...problems, {where: "1:1", severity: ERROR, message: "no document"}] : problems;
}
