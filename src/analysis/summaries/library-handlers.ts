import type { Cause } from "./handlers.js";

/** Functions that make a handler of what they are handed: Nitro's, those of serverless functions, Hono's. */
const HANDLER_CALLEES = new Set([
	"defineEventHandler",
	"eventHandler",
	"defineCachedEventHandler",
	"cachedEventHandler",
	"defineWebSocketHandler",
	"onCall",
	"onRequest",
	"createMiddleware",
	"createHandlers",
]);
const JOB_CALLEES = new Set([
	"onSchedule",
	"setInterval",
	"schedule",
	"scheduleJob",
	"process",
	"createFunction",
	"defineJob",
	"cron",
	"inngest",
	"Worker",
	"CronJob",
	"Cron",
	"AsyncTask",
]);
/** Methods whose words are too common without who is asked: `agenda.define("clean", …)`, `firestore.document("x").onCreate(…)`. */
const METHODS: readonly (readonly [receiver: RegExp, method: RegExp, cause: Cause])[] = [
	[/agenda/i, /^define$/, "per job"],
	[/boss/i, /^work$/, "per job"],
	[/^pubsub$/, /^onRun$/, "per job"],
	[/^(firestore|auth|database|storage|pubsub)$/, /^on(Create|Update|Delete|Write|Publish|Finalize)$/, "per event"],
	[/^passport$/, /^(de)?serializeUser$/, "per request"],
	// zod's checks, express-validator's.
	[/./, /^(refine|superRefine)$/, "per call"],
	[/^(body|check|param|query|header|cookie)$/, /^custom$/, "per request"],
	[/^bot$/i, /^use$/, "per event"],
];
/** Trigger.dev's `task({ run })`, Graphile Worker's `run({ taskList })`. */
const JOB_PROPERTIES: readonly (readonly [callee: RegExp, property: string])[] = [
	[/^(task|schemaTask)$/, "run"],
	[/^(run|runOnce)$/, "taskList"],
];
/** Telegraf's and grammY's bots, Slack's apps. */
const BOT_NAME = /^(bot|app|slack|composer)$/i;
const BOT_METHODS = new Set([
	"command",
	"hears",
	"callbackQuery",
	"inlineQuery",
	"event",
	"message",
	"action",
	"shortcut",
	"start",
	"help",
]);
/** Firebase's functions of the second generation. */
const FIREBASE_EVENT =
	/^on(Document(Created|Updated|Deleted|Written)(WithAuthContext)?|Value(Created|Updated|Deleted|Written)|Object(Finalized|Deleted|Archived|MetadataUpdated)|MessagePublished|TaskDispatched|CustomEventPublished)$/;

/** What a library makes of a callback handed to a method of this name on something of that name. */
export function methodCause(receiver: string, method: string): Cause | null {
	if (BOT_METHODS.has(method) && BOT_NAME.test(receiver)) return "per event";
	return METHODS.find(([owner, name]) => name.test(method) && owner.test(receiver))?.[2] ?? null;
}

/** What a library's function of that name makes of a callback; a function of the workspace may be called the same. */
export function libraryCause(name: string, properties: readonly string[]): Cause | null {
	if (JOB_CALLEES.has(name)) return "per job";
	if (FIREBASE_EVENT.test(name)) return "per event";
	if (properties.length === 0 && /Strategy$/.test(name)) return "per request";
	if (HANDLER_CALLEES.has(name)) return "per request";
	if (properties.length === 0 && /^create(Secure)?Server$/.test(name)) return "per request";
	if (name === "serve" && properties[0] === "routes") return "per request";
	// generic-pool and tarn fill themselves by it.
	if (/^(createPool|Pool)$/.test(name) && properties.at(-1) === "create") return "per call";
	return JOB_PROPERTIES.some(([callees, property]) => callees.test(name) && properties.includes(property)) ? "per job" : null;
}
