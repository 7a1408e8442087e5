import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ProcessRun, runNode } from "../process-run.js";

const HERE = import.meta.dirname;

/** ESLint over a tree with the rule that people write by hand against further clients, as `npx eslint .` would run it there. */
export function lintRun(tree: string): ProcessRun {
	if (!existsSync(join(HERE, "node_modules"))) execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: HERE, stdio: "inherit" });
	const program = join(HERE, "node_modules", "eslint", "bin", "eslint.js");
	return runNode([program, "--config", join(HERE, "eslint.config.js"), "--quiet", "."], tree, 1);
}
