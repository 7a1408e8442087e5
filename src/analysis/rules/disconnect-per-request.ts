import { isAppFile } from "../lifetimes/app-files.js";
import { closesSharedClient, type Disconnect, disconnectsIn, exitsProcess } from "../lifetimes/disconnects.js";
import { handlerSitesOf } from "../lifetimes/per-request.js";
import type { CallSite } from "../summaries/call-graph.js";
import { sitePlace } from "./places.js";
import type { FileModel, Rule, RuleFinding } from "./types.js";

export const disconnectPerRequest: Rule = {
	meta: {
		id: "disconnect-per-request",
		title: "The shared client is closed in a handler",
		finds: "`$disconnect` on the shared client in a request handler or job, also behind a wrapper in another file.",
		severity: "warning",
	},
	scope: "file",
	*check(model, file) {
		// A Worker's client per request belongs to its request, and closing it is right.
		if (!isAppFile(model, file) || model.workspace.packageOf(file).frameworks.has("workers")) return;
		for (const disconnect of disconnectsIn(model.linker, file)) yield* findings(model, disconnect);
	},
};

function* findings(model: FileModel, disconnect: Disconnect): Iterable<RuleFinding> {
	const { file, call, fact, method, span } = disconnect;
	const own: CallSite = { file, kind: "call", index: call, function: fact.function };
	for (const site of handlerSitesOf(model, own)) {
		const facts = model.linker.facts(site.file);
		if (!facts || exitsProcess(facts) || !closesSharedClient(model, disconnect)) continue;
		const isDirect = site.file === file && site.index === call;
		yield {
			severity: "warning",
			place: isDirect ? { file, span } : sitePlace(model, site),
			message: `${isDirect ? method : "This"} closes the shared client's pool on each run of a handler: requests still running lose their connections, and the next one connects anew. Leave the client open and let the process's shutdown close it.`,
			related: isDirect ? [] : [{ place: { file, span }, message: "The shared client is closed here." }],
			fixes: method === "$disconnect" ? ["drop-disconnect"] : [],
		};
	}
}
