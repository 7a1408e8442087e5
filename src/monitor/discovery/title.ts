import { isAbsolute, relative } from "node:path";

const MAX_LENGTH = 80;

/** The title of a process whose code came with the command line. */
export const EVALUATED = "node -e";

/** Node's own options that take the next argument as their value. */
const OPTIONS_WITH_VALUE = new Set([
	"-r",
	"--require",
	"--import",
	"--loader",
	"--experimental-loader",
	"-C",
	"--conditions",
	"--env-file",
	"--env-file-if-exists",
	"--title",
	"--icu-data-dir",
	"--openssl-config",
	"--stack-trace-limit",
]);

/**
 * The script as a person would name it: relative to the working folder, or by its package's name when a launcher runs.
 * Only words that look like commands and paths are shown: other arguments may hold secrets.
 */
export function processTitle(argv: readonly string[], cwd: string | null): string {
	const [program = "node", ...args] = argv;
	const at = scriptIndex(args);
	const script = args[at];
	if (script === undefined) return clip(args.some((arg) => /^(-e|-p|-pe|--eval|--print)$/.test(arg)) ? EVALUATED : fileName(program));
	const launcher = launcherName(script);
	if (launcher === null) return clip(shortPath(script, cwd));
	const words = args.slice(at + 1).filter((arg) => /^[\w./\\-]+$/.test(arg) && !arg.startsWith("-"));
	return clip([launcher, ...words.slice(0, 2).map((word) => shortPath(word, cwd))].join(" "));
}

function scriptIndex(args: readonly string[]): number {
	for (let at = 0; at < args.length; at++) {
		const arg = args[at] ?? "";
		if (OPTIONS_WITH_VALUE.has(arg)) at++;
		else if (/^(-e|-p|-pe|--eval|--print)$/.test(arg)) return args.length;
		else if (!arg.startsWith("-")) return at;
	}
	return args.length;
}

/** `node_modules/.bin/next` and `node_modules/next/dist/bin/next` are both `next`. */
function launcherName(script: string): string | null {
	const inside = script.replaceAll("\\", "/").split("/node_modules/").at(-1);
	if (inside === undefined || inside === script.replaceAll("\\", "/")) return null;
	if (inside.startsWith(".bin/")) return fileName(inside);
	const parts = inside.split("/");
	return (parts[0]?.startsWith("@") ? parts.slice(0, 2) : parts.slice(0, 1)).join("/");
}

function shortPath(path: string, cwd: string | null): string {
	if (cwd === null || !isAbsolute(path)) return path;
	const inside = relative(cwd, path);
	return inside === "" || inside.startsWith("..") ? path : inside;
}

function fileName(path: string): string {
	return path.split(/[\\/]/).at(-1) ?? path;
}

function clip(title: string): string {
	return title.length <= MAX_LENGTH ? title : `…${title.slice(1 - MAX_LENGTH)}`;
}
