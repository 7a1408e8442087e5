import { isMadePerLoad, reloaderOf } from "../lifetimes/hot-reload.js";
import type { Client } from "../summaries/clients.js";
import { repeatsOf } from "../summaries/repeats.js";
import type { Model, Rule, RuleFinding } from "./types.js";
import { perClient, poolPhrase } from "./wording.js";

export const hotReloadClient: Rule = {
	meta: {
		id: "hot-reload-client",
		title: "Each hot reload makes another PrismaClient",
		finds: "A module-level PrismaClient without a global guard where the dev server loads changed modules anew in the same process.",
		severity: "warning",
	},
	scope: "workspace",
	*check(model) {
		const unguarded = model.clients.all.flatMap((client) => {
			const reloader = holdsConnections(client) ? reloaderOf(model.workspace, client) : null;
			return reloader !== null && isMadePerLoad(model.linker, client) ? [{ client, reloader }] : [];
		});
		// One finding per `new`, the gravest.
		const errors = new Set([...model.clients.groups.flatMap(({ others }) => others), ...model.clients.all.filter(isMadeAgain)]);
		for (const { client, reloader } of unguarded) {
			if (errors.has(client)) continue;
			yield finding(
				model,
				client,
				reloader,
				unguarded.filter((other) => other.client !== client && shareProcess(other.client, client)).map((other) => other.client),
			);
		}
	},
};

/** Over HTTP, and in a Worker, there are none to pile up. */
function holdsConnections({ isApp, package: { engine, frameworks } }: Client): boolean {
	return isApp && engine !== "none" && !frameworks.has("workers");
}

function isMadeAgain(client: Client): boolean {
	return repeatsOf(client).length > 0;
}

function shareProcess(a: Client, b: Client): boolean {
	return [...a.processes].some((process) => b.processes.has(process));
}

function finding(model: Model, client: Client, reloader: string, others: readonly Client[]): RuleFinding {
	const place = { file: client.file, span: client.head };
	const count = others.length === 0 ? "another client" : `${others.length + 1} more clients, this one among them`;
	return {
		severity: others.length === 0 ? "info" : "warning",
		place,
		message: `In development ${reloader} loads changed modules anew in the same process, so each reload can make ${count}, and the old ones keep their connections. ${poolPhrase(model, client)} Keep the client on globalThis outside production.`,
		related: others
			.slice(0, 9)
			.map((other) => ({ place: { file: other.file, span: other.head }, message: "Another client without a guard." })),
		estimate: perClient(model, client),
		fixes: ["guard-hot-reload"],
	};
}
