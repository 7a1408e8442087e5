import { isAppFile } from "../lifetimes/app-files.js";
import { type Hook, hooksIn } from "../lifetimes/event-handlers.js";
import { isGuardedOnce, isOnOwnClient } from "../lifetimes/prisma-receiver.js";
import type { Cause } from "../summaries/handlers.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

export const listenerPerCall: Rule = {
	meta: {
		id: "listener-per-call",
		title: "A listener is added again and again",
		finds: "`$on` or `$use` on a shared client per request or call, which cannot be undone; `$extends` per call.",
		severity: "warning",
	},
	scope: "file",
	*check(model, file) {
		if (!isAppFile(model, file)) return;
		for (const hook of hooksIn(model.linker, file)) {
			const cause = repeatedBy(model, hook);
			if (cause) yield finding(hook, cause);
		}
	},
};

function repeatedBy(model: FileModel, hook: Hook): Cause | null {
	const facts = model.linker.facts(hook.file);
	const call = facts?.calls[hook.call];
	if (!facts || !call || isOnOwnClient(model, hook) || isGuardedOnce(facts, call)) return null;
	const runs = model.runs.siteRuns({ file: hook.file, kind: "call", index: hook.call, function: hook.function });
	return runs.k === "many" ? runs.cause : null;
}

function finding(hook: Hook, cause: Cause): RuleFinding {
	const place = { file: hook.file, span: hook.span };
	if (hook.method === "$extends") {
		return {
			severity: "info",
			place,
			message: `$extends runs ${cause} here. It shares the client's connections but builds another client object each time; extend once and keep the result unless the extension needs values of this call.`,
			fixes: ["hoist-listener"],
		};
	}
	return {
		severity: "warning",
		place,
		message: `${hook.method} runs ${cause} here, and a ${hook.method === "$on" ? "listener" : "middleware"} cannot be removed: they pile up on the client, and each query runs all of them. Add it once, where the client is made.`,
		fixes: ["hoist-listener"],
	};
}
