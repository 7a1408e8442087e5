import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { STRINGS_FILE, shownStrings } from "../../scripts/lib/shown-strings.js";
import { isRecord } from "../../src/protocol/index.js";

const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
const words: Readonly<Record<string, string>> = JSON.parse(readFileSync("package.nls.json", "utf8"));

/** Properties of the manifest that people read; what a language model reads is in English. */
const READ = [
	"title",
	"name",
	"contextualTitle",
	"contents",
	"description",
	"markdownDescription",
	"altText",
	"displayName",
	"userDescription",
];
const PRODUCT = "Prisma Leak Lens";

interface Text {
	readonly path: string;
	readonly text: string;
}

function textsOf(value: unknown, path = ""): readonly Text[] {
	if (typeof value === "string") return [{ path, text: value }];
	if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, `${path}[${index}]`));
	return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => textsOf(item, `${path}.${key}`)) : [];
}

const keyOf = (text: string): string | null => /^%([\w.-]+)%$/.exec(text)?.[1] ?? null;

describe("the manifest", () => {
	it("names its strings by keys of package.nls.json, all of them", () => {
		const used = textsOf(manifest).flatMap(({ text }) => keyOf(text) ?? []);
		expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
		for (const text of Object.values(words)) expect(text.trim()).not.toBe("");
	});

	it("has no words of its own where people read", () => {
		const { contributes, capabilities } = isRecord(manifest) ? manifest : {};
		const literal = textsOf({ contributes, capabilities }).filter(({ path, text }) => {
			const property = /\.(\w+)(?:\[\d+\])?$/.exec(path)?.[1] ?? "";
			const isRead = READ.includes(property) || property === "enumDescriptions";
			return isRead && !path.includes(".inputSchema.") && !/languageModelTools\[\d+\]\.name$/.test(path) && keyOf(text) === null;
		});
		expect(literal.filter(({ text }) => text !== PRODUCT)).toEqual([]);
	});
});

describe("the extension", () => {
	it("has all that it shows in the bundle for translators (npm run strings)", async () => {
		expect(readFileSync(STRINGS_FILE, "utf8")).toBe(await shownStrings("."));
		// The reader of sources is compiled anew for each.
	}, 120_000);

	it("shows no words that translators do not get", () => {
		const folder = join("src", "extension");
		const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
		const found = files.flatMap((file) => bareWords(readFileSync(join(folder, file), "utf8")).map((text) => `${file}: ${text}`));
		expect(found).toEqual([]);
	});

	it("would be caught showing them", () => {
		expect(bareWords('showErrorMessage("No such file")')).toEqual(["No such file"]);
		const value = ["$", "{value}"].join("");
		expect(bareWords(`{ title: \`Save ${value}\` }`)).toEqual(["Save"]);
		expect(bareWords(`{ label: \`$(plug) ${value} · ${value}\` }`)).toEqual([]);
	});
});

/** Texts that go to VS Code as they stand: of messages, and of properties that people read. */
function bareWords(source: string): readonly string[] {
	const shown =
		/(?:Message\(\s*|\b(?:title|placeHolder|placeholder|prompt|label|detail|description|tooltip|message|confirm|name)(?::| =)\s*)(["'`])((?:(?!\1)[^\\]|\\.)+)\1/g;
	return [...source.matchAll(shown)]
		.map(([, , text = ""]) => text.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}|\$\([\w~-]+\)/g, "").trim())
		.filter((text) => /[a-z]{2}/.test(text) && text !== PRODUCT);
}
