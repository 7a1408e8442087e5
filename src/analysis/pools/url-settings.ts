import type { UrlSetting, Workspace } from "../workspace/index.js";
import type { OptionNumber } from "./adapters.js";
import { urlTimeout } from "./driver-timeouts.js";
import { type FoundSettings, type Owner, sizeOf, timeoutOf, type Written, writtenOption } from "./found-settings.js";
import { ignoredParameter } from "./ignored.js";
import type { IgnoredSetting, PoolOrigin } from "./types.js";
import { readsSize, type UrlReaders } from "./url-readers.js";

/** Variables whose URL only Prisma's command line opens. */
const CLI_VARIABLE = /DIRECT|SHADOW|MIGRAT/;
const SIZE_PARAMETER = /^(connection_limit|connectionLimit)$/;
const NOTHING: FoundSettings = { numbers: [], timeouts: [], ignored: [] };

/** What a parameter of a database URL in code says. */
export function foundInCodeUrl(workspace: Workspace, readers: UrlReaders, option: OptionNumber): FoundSettings {
	const pkg = workspace.packageOf(option.file);
	const owner: Owner = { origin: { k: "url" }, driver: readers.driverOf(pkg), package: pkg };
	const written = writtenOption(option);
	return { ...ofParameter(option.option, written, owner), ignored: ignoredIn(option.option, written, owner) };
}

/** What a parameter of a database URL in an env file, a schema or a configuration says. */
export function foundInUrlSetting(readers: UrlReaders, setting: UrlSetting): FoundSettings {
	const pkg = readers.packageFor(setting.file);
	const written = writtenSetting(setting);
	const origin = originOf(setting);
	const found = pkg === null ? NOTHING : ofParameter(setting.name, written, { origin, driver: readers.driverOf(pkg), package: pkg });
	return { ...found, ignored: ignoredByAll(readers, setting, written, origin) };
}

function ofParameter(name: string, written: Written, owner: Owner): Pick<FoundSettings, "numbers" | "timeouts"> {
	const { driver, package: pkg } = owner;
	const timeout = driver === null ? undefined : urlTimeout(driver, name);
	return {
		numbers: SIZE_PARAMETER.test(name)
			? [sizeOf({ option: name, bound: "max", honoured: readsSize(driver, pkg, name) }, written, owner)]
			: [],
		timeouts: timeout === undefined ? [] : [timeoutOf(timeout, written, owner)],
	};
}

function ignoredIn(name: string, { place }: Written, { origin, driver, package: pkg }: Owner): readonly IgnoredSetting[] {
	if (driver === null || readsSize(driver, pkg, name)) return [];
	return ignoredParameter(driver, name, { place, origin, package: pkg });
}

/** Only where every package that may read the file ignores it. */
function ignoredByAll(readers: UrlReaders, setting: UrlSetting, written: Written, origin: PoolOrigin): readonly IgnoredSetting[] {
	if (CLI_VARIABLE.test(setting.variable ?? "")) return [];
	const ignored = readers
		.packagesFor(setting.file)
		.map((pkg) => ignoredIn(setting.name, written, { origin, driver: readers.driverOf(pkg), package: pkg }));
	return ignored.every((found) => found.length > 0) ? ignored.flat().slice(0, 1) : [];
}

function writtenSetting({ value, file, line, column, start, end }: UrlSetting): Written {
	return { value, environment: null, place: { file, range: { line, column, endLine: line, endColumn: column + end - start } } };
}

function originOf({ variable, example }: UrlSetting): PoolOrigin {
	return variable === null ? { k: "schema" } : { k: "env", variable, example };
}
