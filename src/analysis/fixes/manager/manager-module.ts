import type { Profile } from "../../../config/index.js";
import type { Carried, NeededImport } from "../carried.js";
import { dedented } from "../lines.js";
import { dotenvLines, importLines } from "../module-imports.js";
import type { ModuleParts, ModuleText } from "../module-parts.js";
import { numberText } from "../object-literal.js";
import type { Source } from "../source.js";
import type { Style } from "../style.js";
import { recommendedLimits } from "../transaction-limits.js";
import { Refusal } from "../types.js";
import { CONNECTION_WAIT, lifetimeEdits, MAX_AGE } from "./client-lifetime.js";
import { CONNECTION_MANAGER_TEXT } from "./connection-manager-text.js";
import { eraseTypes } from "./erase-types.js";
import { managedClientText } from "./managed-client-text.js";
import { restyle } from "./restyle.js";

const NODE_IMPORTS: readonly NeededImport[] = [
	{ specifier: "node:async_hooks", imported: "AsyncLocalStorage", local: "AsyncLocalStorage" },
	// Node's own, whose handles can be unref'd whatever the DOM's types say.
	{ specifier: "node:timers", imported: "setInterval", local: "setInterval" },
	{ specifier: "node:timers/promises", imported: "setTimeout", local: "sleep" },
];

/**
 * The text of the module whose PrismaConnectionManager owns the one shared client, in the style of the file the client came from.
 * Throws a `Refusal` when a client made anew would not take its connections along.
 */
export function managerModule(parts: ModuleParts): ModuleText {
	const { source, style, carried } = parts;
	const { newLine } = style;
	const factory = clientFactory(parts);
	const isMongo = parts.package.schemas[0]?.provider === "mongodb";
	const body = `${managedClientText(isMongo ? "$runCommandRaw({ ping: 1 })" : "$queryRaw`SELECT 1`")}\n${CONNECTION_MANAGER_TEXT}`;
	refuseClash(carried, body);
	const constants = constantLines(parts.settings.profile, factory);
	const imports = [...dotenvLines(source, style, factory), ...importLines(parts, [...NODE_IMPORTS, ...carried.imports])];
	const text = [imports.join(newLine) + newLine, restyle(constants, style), factory + newLine, written(body, source, style)].join(newLine);
	const waitMs = parts.settings.profile.poolTimeoutsMs.acquire;
	return {
		text,
		notes: factory.includes(CONNECTION_WAIT) ? [`A query waits ${waitMs / 1000} s at most for a connection from now on.`] : [],
	};
}

/** `createClient()`: each client of the manager has its adapter and pool to itself. */
function clientFactory({ source, style, place, carried }: ModuleParts): string {
	const { indent, newLine, semicolon: end } = style;
	const edits = lifetimeEdits(source, place.creation, [place.made, ...carried.constants]);
	const constants = carried.constants.map((constant) => `const ${dedented(source.text, constant.getStart(), constant.end, edits)}${end}`);
	const made = `return ${dedented(source.text, place.made.getStart(), place.made.end, edits)}${end}`;
	const lines = [...constants, made].map((statement) => indent + statement.replaceAll("\n", `\n${indent}`));
	return ["function createClient() {", ...lines, "}"].join(newLine);
}

function constantLines(profile: Profile, factory: string): string {
	const { maxWait, timeout } = recommendedLimits(profile);
	const limits = { [MAX_AGE]: "30 * 60", [CONNECTION_WAIT]: grouped(profile.poolTimeoutsMs.acquire) };
	const used = Object.entries(limits).filter(([name]) => factory.includes(name));
	return `${used.map(([name, value]) => `const ${name} = ${value};\n`).join("")}const ROTATION_INTERVAL_MS = 30 * 60_000;
const WATCH_INTERVAL_MS = 30_000;
const ANSWER_TIMEOUT_MS = 5_000;
const SLOW_OPERATION_MS = 5_000;
const HISTORY_LENGTH = 100;
const TRANSACTION_LIMITS = { maxWait: ${grouped(maxWait)}, timeout: ${grouped(timeout)} };
/** Times in milliseconds, memory in bytes; what passes them is logged. */
const THRESHOLDS = { connectionCount: 5, avgQueryTime: 1_000, avgTransactionTime: 5_000, externalMemory: 50 * 1024 * 1024 };
const UNREACHABLE = "Prisma: the database does not answer.";
`;
}

/** 8_000 */
function grouped(milliseconds: number): string {
	return numberText(milliseconds, "1_000");
}

function written(body: string, { isTypeScript }: Source, style: Style): string {
	const code = isTypeScript ? body : eraseTypes(body);
	if (style.modules !== "commonjs") return restyle(code, style);
	const exported = code.replaceAll(/^export (?=class|const)/gm, "");
	return restyle(`${exported}\nmodule.exports = { PrismaConnectionManager, prisma };\n`, style);
}

/** A name that is imported for the client and that the module has for itself. */
function refuseClash({ imports }: Carried, body: string): void {
	const clash = imports.find(({ local }) =>
		new RegExp(`^(export )?(const|class|function|async function|type|interface) ${local}\\b`, "m").test(body),
	);
	if (clash)
		throw new Refusal(
			`\`${clash.local}\` is imported here under a name that the manager's module has for itself. Rename the import first.`,
		);
}
