/** One cold measure in a process of its own: `floor DIR` or `scan DIR`; prints milliseconds and what was found. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { openProject } from "../../src/analysis/index.js";

const MATTERS = /PrismaClient|\$transaction|\$on\(|\$extends|\$use\(|\$disconnect|new Pool\(/;
const SKIPPED = new Set(["node_modules", ".git", "dist", "build", ".next"]);

/** What no analysis can do without: walk, read, parse the files whose text speaks of Prisma. */
function floor(root: string): number {
	let parsed = 0;
	const open = [root];
	for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
		for (const entry of readdirSync(folder, { withFileTypes: true })) {
			const path = join(folder, entry.name);
			if (entry.isDirectory()) {
				if (!SKIPPED.has(entry.name)) open.push(path);
			} else if (/\.[mc]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith(".d.ts")) {
				const text = readFileSync(path, "utf8");
				if (!MATTERS.test(text)) continue;
				ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone });
				parsed++;
			}
		}
	}
	return parsed;
}

async function main([mode, root]: readonly string[]): Promise<void> {
	if (root === undefined) throw new Error("usage: scan-child floor|scan DIR");
	const started = performance.now();
	let count: number;
	if (mode === "floor") {
		count = floor(root);
	} else {
		const project = openProject(root);
		await project.scan();
		count = project.findings().length;
	}
	console.log(JSON.stringify({ ms: performance.now() - started, count }));
}

void main(process.argv.slice(2));
