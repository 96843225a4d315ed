// Models only, with AsyncAPI's own generator of models; as `asyncapi generate models python` does.
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import * as modelina from "@asyncapi/modelina";
import * as yaml from "js-yaml";

const [, , spec, out] = process.argv;
const document = yaml.load(readFileSync(spec, "utf-8"));
const models = await new modelina.PythonGenerator().generate(document);
mkdirSync(out, { recursive: true });
for (const model of models) writeFileSync(`${out}/${model.modelName}.py`, model.result);
if (models.length === 0) process.exit(1);
