import { brokenLine, parseJsonc } from "../../config/jsonc.js";
import type { Metadata } from "./metadata.js";
import { type FileKind, kindOf } from "./names.js";
import { lineStartsOf, positionAt } from "./positions.js";
import { openBlock } from "./prisma-schema.js";
import { isBinary } from "./text.js";

/**
 * Why a file of packages, schemas or compilers cannot be taken at its word, what that costs and what to do; null when it can.
 * @param read what was read of it nevertheless
 */
export function brokenReason(path: string, text: string, read: Metadata | null): string | null {
	const name = path.slice(path.lastIndexOf("/") + 1);
	const kind = kindOf(name);
	// Bun's older lock file is bytes, and a kind of its own.
	if (name === "bun.lockb") return BINARY_LOCK;
	if (isBinary(text)) return "It is no UTF-8 text. Save it as UTF-8.";
	const conflict = lineOf(text, text.search(/^<{7} /m));
	if (conflict !== null) return `It holds a merge conflict (line ${conflict}). ${CONSEQUENCE[kind ?? "marker"]} Resolve the conflict.`;
	switch (kind) {
		case "manifest":
			return read !== null ? null : `It is not valid JSON${at(brokenLine(text))}. ${CONSEQUENCE.manifest} Mend the JSON.`;
		case "compiler-config":
			return text.trim() === "" || parseJsonc(text) !== undefined
				? null
				: `It is not valid JSON${at(brokenLine(text))}. ${CONSEQUENCE[kind]} Mend the JSON.`;
		case "lockfile":
			return isWholeLock(name, text)
				? null
				: `It is cut off or no lock file. ${CONSEQUENCE.lockfile} Have the package manager write it again.`;
		case "schema": {
			const open = openBlock(text);
			return open && `The block \`${open.name}\` (line ${lineOf(text, open.start)}) is not closed. ${CONSEQUENCE.schema} Close the block.`;
		}
		default:
			return null;
	}
}

const CONSEQUENCE: Readonly<Record<FileKind, string>> = {
	manifest: "Dependencies and Prisma's version of this package are not known.",
	"compiler-config": "Path aliases that it sets are not followed.",
	lockfile: "Where it names no version of Prisma, the range in package.json counts.",
	schema: "Generators, models and settings after that may be missed.",
	env: "Settings in it may be missed.",
	"prisma-config": "Settings in it may be missed.",
	catalog: "Versions in it may be missed.",
	source: "Findings in it may be missed.",
	marker: "",
	rules: "",
};

const BINARY_LOCK =
	"Bun's binary lock file is not read: the range in package.json counts. `bun install --save-text-lockfile` writes bun.lock, which is read.";

/** By its ends alone: lock files are large, and are read by text. */
function isWholeLock(name: string, text: string): boolean {
	if (name.endsWith(".yaml")) return /^lockfileVersion:/m.test(text);
	if (name === "yarn.lock") return /^(# yarn lockfile|__metadata:)/m.test(text);
	return /^\s*\{\s*"/.test(text) && /\}\s*$/.test(text);
}

function lineOf(text: string, offset: number): number | null {
	return offset < 0 ? null : positionAt(lineStartsOf(text), offset).line;
}

function at(line: number | null): string {
	return line === null ? "" : ` (line ${line})`;
}
