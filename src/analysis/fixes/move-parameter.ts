import type { AdapterSite, IgnoredSetting } from "../pools/index.js";
import { ChangeSet } from "./change-set.js";
import { type Edit, fileEdit } from "./edits.js";
import { spanOf } from "./finding-place.js";
import type { FixContext, Repair } from "./kind.js";
import { numberText } from "./object-literal.js";
import { addPoolOptions, openerOf, type PoolOption } from "./pool-options.js";
import { convert } from "./setting-units.js";
import { Refusal } from "./types.js";

/** Prisma's command line reads it from the URL. */
const FOR_COMMAND_LINE = "connect_timeout";

interface Parameter {
	readonly setting: IgnoredSetting;
	readonly instead: string;
	readonly value: number;
	readonly start: number;
	/** Where the URL's text begins that it stands in. */
	readonly urlStart: number;
}

/** Takes the parameters that the driver ignores out of a URL, all of them at once, and gives them to the adapter as options. */
export function moveParameter(setting: IgnoredSetting, context: FixContext): Repair {
	const { driver, name } = setting;
	if (name === FOR_COMMAND_LINE) throw new Refusal("Prisma's command line reads connect_timeout from the URL, so it stays there.");
	const text = context.text(setting.place.file);
	const own = parameterOf(setting, text);
	if (!own) throw new Refusal(`${name} is not written as ${name}=number here. Take it out of the URL, and pass it to the adapter.`);
	if (/[^\w.]/.test(own.instead)) throw new Refusal(`It takes a pool of your own: ${own.instead}.`);
	if (driver.urlParameters.includes(own.instead)) return renamed(own, text);
	const together = context.model.pools.ignored
		.filter((other) => other.place.file === setting.place.file && other.origin.k !== "option" && other.name !== FOR_COMMAND_LINE)
		.flatMap((other) => parameterOf(other, text) ?? [])
		.filter(({ urlStart }) => urlStart === own.urlStart);
	const adapter = adapterFor(setting, context);
	const like = context.text(openerOf(adapter).file);
	const options = together.map((parameter): PoolOption => {
		const value = convert(parameter.value, parameter.setting.name, parameter.instead, driver);
		return { option: parameter.instead, value: numberText(value, like) };
	});
	const changes = new ChangeSet();
	const added = addPoolOptions(adapter, unique(options), context);
	const removed = fileEdit(setting.place.file, text, [
		withoutParameters(
			text,
			own,
			together.map((each) => each.setting.name),
		),
	]);
	if (!changes.add([removed]) || (added !== null && !changes.add([added])))
		throw new Refusal("The URL and the adapter's options are written in one place, which a machine does not take apart.");
	const names = [...new Set(together.map((each) => each.setting.name))].join(" and ");
	return { title: `Move ${names} from the URL to the adapter`, changes: changes.changes, notes: [] };
}

function parameterOf(setting: IgnoredSetting, text: string): Parameter | null {
	const { place, name, instead } = setting;
	const { start, end } = "span" in place ? place.span : spanOf(place.range, text);
	const written = text.slice(start, end);
	if (instead === null || !/^\d+$/.test(written) || !text.slice(0, start).endsWith(`${name}=`)) return null;
	const before = text.slice(0, start);
	const urlStart = Math.max(...["\n", '"', "'", "`"].map((mark) => before.lastIndexOf(mark))) + 1;
	return { setting, instead, value: Number(written), start, urlStart };
}

function renamed({ setting: { name, place }, instead, start }: Parameter, text: string): Repair {
	const edit = { start: start - name.length - 1, end: start - 1, text: instead };
	return { title: `Rename ${name} to ${instead}`, changes: [fileEdit(place.file, text, [edit])], notes: [] };
}

function withoutParameters(text: string, { urlStart, start }: Parameter, names: readonly string[]): Edit {
	const mark = text.indexOf("?", urlStart);
	const hasMark = mark >= 0 && mark < start;
	const from = hasMark ? mark + 1 : urlStart;
	const length = text.slice(from).search(/["'`\s#]|$/);
	const kept = text
		.slice(from, from + length)
		.split("&")
		.filter((parameter) => !names.some((name) => parameter.startsWith(`${name}=`)));
	const isEmpty = kept.every((parameter) => parameter === "");
	return { start: hasMark && isEmpty ? mark : from, end: from + length, text: isEmpty ? "" : kept.join("&") };
}

function adapterFor({ driver, package: pkg, place }: IgnoredSetting, { model }: FixContext): AdapterSite {
	const known = model.pools.adapters.filter(
		(site) => site.driver.kind === driver.kind && model.workspace.packageOf(site.file).prismaFrom === pkg.prismaFrom,
	);
	const beside = known.filter(({ file }) => file === place.file);
	const [adapter, ...others] = beside.length > 0 ? beside : known;
	if (!adapter) throw new Refusal("No adapter is made where a machine could add the option.");
	if (others.length > 0) throw new Refusal("Several adapters could be meant. Pass it to the right one, and take it out of the URL.");
	return adapter;
}

/** Two parameters can stand for one option. */
function unique(options: readonly PoolOption[]): PoolOption[] {
	return [...new Map(options.map((option) => [option.option, option])).values()];
}
