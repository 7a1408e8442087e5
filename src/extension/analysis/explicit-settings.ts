import { isRecord } from "../../protocol/index.js";

/** A section of settings without those that are at their default, so that a config file is heard where a person has set nothing. */
export function explicitSettings(section: unknown, names: readonly string[], isSet: (name: string) => boolean): unknown {
	return names.filter((name) => !isSet(name)).reduce((rest, name) => without(rest, name.split(".")), section);
}

function without(section: unknown, [key, ...path]: readonly string[]): unknown {
	if (!isRecord(section) || key === undefined || !Object.hasOwn(section, key)) return section;
	const { [key]: value, ...others } = section;
	return path.length === 0 ? others : { ...others, [key]: without(value, path) };
}
