import { isRecord } from "../../src/protocol/index.js";

type Json = Readonly<Record<string, unknown>>;

/** A part of the manifest with keys in place of its words, and the words by key. */
export interface Localised {
	readonly contribution: Json;
	readonly strings: Readonly<Record<string, string>>;
}

/** Puts `%key%` in place of every description in a setting's schema: `key` for its own, `key.name` for those of its properties and values. */
export function localised(key: string, schema: Json): Localised {
	const strings: Record<string, string> = {};
	const put = (at: string, text: unknown): string => {
		strings[at] = String(text);
		return `%${at}%`;
	};
	const replace = (at: string, part: Json): Json => {
		const values: readonly unknown[] = Array.isArray(part.enum) ? part.enum : [];
		return Object.fromEntries(
			Object.entries(part).map(([name, value]) => {
				if (name === "description" || name === "markdownDescription") return [name, put(at, value)];
				if (name === "enumDescriptions" && Array.isArray(value)) {
					return [name, value.map((text, index) => put(`${at}.${values[index]}`, text))];
				}
				if (name !== "properties" || !isRecord(value)) return [name, value];
				const properties = Object.entries(value).map(([own, inner]) => [own, isRecord(inner) ? replace(`${at}.${own}`, inner) : inner]);
				return [name, Object.fromEntries(properties)];
			}),
		);
	};
	return { contribution: replace(key, schema), strings };
}
