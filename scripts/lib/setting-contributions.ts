import { RULE_METAS } from "../../src/analysis/rules/index.js";
import { CONFIG_FILE, SETTINGS, type Setting } from "../../src/config/index.js";
import { isRecord } from "../../src/protocol/index.js";
import { type Localised, localised } from "./setting-strings.js";

type Json = Readonly<Record<string, unknown>>;

/** Where the config file's JSON schema lies in the extension. */
export const SCHEMA_FILE = "schemas/prisma-leak-lens.schema.json";

const SETTING_LIST: readonly Setting<unknown>[] = Object.values<Setting<unknown>>(SETTINGS);

/** Keys of `package.nls.json` that follow from the schema begin so. */
export const SETTING_STRINGS = "setting.";

/** What the manifest contributes about settings: VS Code's own, and the config file's language and schema; words stand under their keys in `strings`. */
export function manifestContributions(): Localised {
	const groups = (["Analysis", "Monitor"] as const).map((group) => groupContribution(group));
	return {
		contribution: {
			configuration: groups.map(({ contribution }) => contribution),
			languages: [{ id: "jsonc", filenames: [CONFIG_FILE] }],
			jsonValidation: [{ fileMatch: CONFIG_FILE, url: `./${SCHEMA_FILE}` }],
		},
		strings: Object.assign({}, ...groups.map(({ strings }) => strings)),
	};
}

function groupContribution(group: Setting<unknown>["group"]): Localised {
	const title = `${SETTING_STRINGS}group.${group.toLowerCase()}`;
	const settings = SETTING_LIST.filter((setting) => setting.group === group).map((setting, index) => ({
		name: `prismaLeakLens.${setting.name}`,
		...localised(SETTING_STRINGS + setting.name, {
			...schemaOf(setting),
			default: defaultOf(setting),
			scope: setting.scope,
			order: index + 1,
			markdownDescription: setting.about.replace(/`(editor\.[\w.]+)`/g, "`#$1#`"),
		}),
	}));
	return {
		contribution: { title: `%${title}%`, properties: Object.fromEntries(settings.map(({ name, contribution }) => [name, contribution])) },
		strings: Object.assign({ [title]: group }, ...settings.map(({ strings }) => strings)),
	};
}

/** The JSON schema of the config file. */
export function configFileSchema(): Json {
	const properties: Record<string, unknown> = { $schema: { type: "string" } };
	for (const setting of SETTING_LIST.filter(({ group }) => group === "Analysis")) {
		const described = { ...schemaOf(setting), default: defaultOf(setting), description: setting.about, markdownDescription: setting.about };
		const [table = "", key] = setting.name.split(".");
		if (key === undefined) properties[table] = described;
		else properties[table] = withProperty(properties[table], key, described);
	}
	return {
		$schema: "http://json-schema.org/draft-07/schema#",
		title: "Settings of Prisma Leak Lens",
		type: "object",
		allowComments: true,
		allowTrailingCommas: true,
		properties,
		additionalProperties: false,
	};
}

/** A row per setting, in Markdown. */
export function settingsTable(): string {
	const rows = SETTING_LIST.map(
		(setting) => `| \`${setting.name}\` | \`${JSON.stringify(defaultOf(setting))}\` | ${setting.about.replaceAll("|", "\\|")} |`,
	);
	return ["| Setting | Default | |", "|---|---|---|", ...rows].join("\n");
}

function withProperty(table: unknown, key: string, schema: Json): Json {
	const properties = isRecord(table) && isRecord(table.properties) ? table.properties : {};
	return { type: "object", properties: { ...properties, [key]: schema }, additionalProperties: false };
}

/** The kind's schema; each rule with what it finds. */
function schemaOf({ name, kind }: Setting<unknown>): Json {
	if (name !== SETTINGS.rules.name || !isRecord(kind.json.properties)) return kind.json;
	const { properties } = kind.json;
	const described = RULE_METAS.map((meta) => {
		const schema = properties[meta.id];
		return [meta.id, { ...(isRecord(schema) ? schema : {}), description: meta.title }];
	});
	return { ...kind.json, properties: Object.fromEntries(described) };
}

/** A table's own default is empty: what it leaves out keeps its value. */
function defaultOf({ kind, fallback }: Setting<unknown>): unknown {
	return kind.json.type === "object" ? {} : fallback;
}
