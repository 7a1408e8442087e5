import type { Profile } from "../../config/index.js";
import { connectionFigure, costBasisOf, estimateClients, estimatePool, megabyteText } from "../cost/index.js";
import { durationText } from "../rules/duration-text.js";
import type { Package } from "../workspace/index.js";

/** Parts of tooltips that several kinds of notes share. */

/** One setting: what counts, the driver's own value, and what the profile says. */
export interface SettingRow {
	readonly option: string;
	readonly inForce: string;
	readonly fallback: string | null;
	readonly recommended: string | null;
}

export function settingTable(profile: Profile, rows: readonly SettingRow[]): string[] {
	if (rows.length === 0) return [];
	return [
		// A hover draws no lines between columns: the spaces keep the headings apart.
		`| Setting | In force\u00a0\u00a0 | Default\u00a0\u00a0 | ${profile.name} profile |`,
		"|:--|:--|:--|:--|",
		...rows.map(
			({ option, inForce, fallback, recommended }) => `| \`${option}\` | ${inForce} | ${fallback ?? "–"} | ${recommended ?? "–"} |`,
		),
		"",
	];
}

/** `30 s`, `for ever`; 0 sets nothing. */
export function waitText(milliseconds: number): string {
	return Number.isFinite(milliseconds) ? durationText(milliseconds) : "for ever";
}

/** What busy connections cost in the application's process, with the sum and its source. */
export function poolMemoryLines(pkg: Package, connections: number): string[] {
	const basis = costBasisOf(pkg);
	const each = connectionFigure(basis);
	const all = estimatePool(basis, connections);
	if (each === null || all === null) return [];
	return [
		`- Memory of ${connections} busy connections: ${connections} × ${megabyteText(each.megabytes)} = ${megabyteText(all.megabytes)} (${each.source})`,
	];
}

/** What clients beside a first one cost. */
export function clientMemoryLines(pkg: Package, further: number): string[] {
	const basis = costBasisOf(pkg);
	const one = estimateClients(basis, { count: 1, connections: null });
	const all = estimateClients(basis, { count: further, connections: null });
	if (one === null || all === null) return [];
	const sum = further > 1 ? `; ${further} × ${megabyteText(one.megabytes)} = ${megabyteText(all.megabytes)}` : "";
	return [`- Memory of a client beside another one: ${megabyteText(one.megabytes)}${sum} (${one.source})`, `- ${basisText(pkg)}`];
}

/** What an estimate rests on. */
function basisText(pkg: Package): string {
	const { models } = costBasisOf(pkg);
	const version = pkg.prismaVersion === null ? "Prisma of unknown version" : `Prisma ${pkg.prismaVersion}`;
	const engine = ENGINES[pkg.engine];
	const size = models === null ? "schema not found" : `${models} ${models === 1 ? "model" : "models"} in the schema`;
	return `Estimated for ${version}, ${engine}, ${size}`;
}

const ENGINES: Readonly<Record<Package["engine"], string>> = {
	rust: "Rust engine",
	client: "query compiler without a Rust engine",
	none: "no engine of its own",
	unknown: "unknown engine",
};

/** The last line: where the yardsticks are set. */
export function settingsLine({ name }: Profile): string {
	return `[${name} profile](${settingsLink("prismaLeakLens.profile")}) · [database limit and replicas](${settingsLink("prismaLeakLens.database")})`;
}

function settingsLink(query: string): string {
	return `command:workbench.action.openSettings?${encodeURIComponent(JSON.stringify([query]))}`;
}
