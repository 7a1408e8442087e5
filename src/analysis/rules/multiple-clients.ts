import type { Client, ClientGroup } from "../summaries/clients.js";
import { repeatsOf } from "../summaries/repeats.js";
import { headSpan } from "./places.js";
import type { Rule, RuleFinding } from "./types.js";
import { perClient, poolPhrase } from "./wording.js";

export const multipleClients: Rule = {
	meta: {
		id: "multiple-clients",
		title: "Several PrismaClients side by side",
		finds: "A PrismaClient beside the shared one, or several where one should be shared, in the same process and on the same database.",
		severity: "error",
	},
	*check(model) {
		for (const group of model.clients.groups) yield* groupFindings(group);
	},
};

function* groupFindings(group: ClientGroup): Iterable<RuleFinding> {
	for (const client of group.members) {
		// One finding per `new`, the gravest: what is made again and again belongs to client-per-call.
		if (client === group.shared || repeatsOf(client).length > 0) continue;
		yield clientFinding(group, client);
	}
}

function clientFinding(group: ClientGroup, client: Client): RuleFinding {
	const others = group.members.filter((member) => member !== client && member !== group.shared);
	const advice = group.shared ? `Use the one from ${group.shared.file}.` : "Make one client in a module of its own and import it.";
	return {
		severity: "error",
		place: { file: client.file, span: headSpan(client.fact) },
		message: `This is one of ${group.members.length} PrismaClients in the same process. ${poolPhrase(client)} ${advice}`,
		related: [
			...(group.shared ? [{ place: { file: group.shared.file, span: headSpan(group.shared.fact) }, message: "The shared client." }] : []),
			...others.slice(0, 9).map((other) => ({ place: { file: other.file, span: headSpan(other.fact) }, message: "Another client." })),
		],
		estimate: perClient(client),
		fixes: ["use-singleton"],
	};
}
