import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { settingFiles } from "./lib/setting-files.js";

/** Writes what follows from the schema of settings: the manifest's contributions and their words, the config file's JSON schema, the table in the README. */
const root = join(import.meta.dirname, "..");
const files = settingFiles((path) => readFileSync(join(root, path), "utf8"));
for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
spawnSync("npx", ["biome", "check", "--write", ...Object.keys(files)], { cwd: root, stdio: "inherit" });
console.log(`Wrote ${Object.keys(files).join(", ")}`);
