import type { BareGroup } from "../summaries/bare-providers.js";
import type { Client, ClientGroup, ProvidedService } from "../summaries/clients.js";
import { repeatsOf } from "../summaries/repeats.js";
import type { ServiceGroup } from "../summaries/service-groups.js";
import type { Model, Rule, RuleFinding } from "./types.js";
import { clientName, perClient, poolPhrase } from "./wording.js";

/** Other clients named beside a finding. */
const MAX_RELATED = 9;

export const multipleClients: Rule = {
	meta: {
		id: "multiple-clients",
		title: "Several PrismaClients side by side",
		finds: "A PrismaClient beside the shared one, or several where one should be shared, in the same process and on the same database.",
		severity: "error",
	},
	scope: "workspace",
	*check(model) {
		for (const group of model.clients.groups) {
			for (const client of group.others) {
				// One finding per `new`, the gravest: what is made again and again belongs to client-per-call.
				if (repeatsOf(client).length === 0) yield clientFinding(model, group, client);
			}
		}
		for (const service of model.clients.provided) yield* providerFindings(service);
		for (const group of model.clients.serviceGroups) yield* extendingFindings(group);
		for (const group of model.clients.bareGroups) yield* bareFindings(group);
	},
};

function clientFinding(model: Model, group: ClientGroup, client: Client): RuleFinding {
	const { shared } = group;
	const advice = !shared
		? "Make one client in a module of its own and import it."
		: shared.file === client.file
			? "Use the other one of this file."
			: "contained" in shared && shared.contained
				? `Have the one from ${shared.file} handed to it.`
				: `Use the one from ${shared.file}.`;
	const others = group.others.slice(0, MAX_RELATED + 1).filter((other) => other !== client);
	return {
		severity: "error",
		place: { file: client.file, span: client.head },
		message: `This is one of ${group.size} ${clientName(client)}s in the same process. ${poolPhrase(model, client)} ${advice}`,
		related: [
			...(shared ? [{ place: { file: shared.file, span: shared.head }, message: "The shared client." }] : []),
			...others.slice(0, MAX_RELATED).map((other) => ({ place: { file: other.file, span: other.head }, message: "Another client." })),
		],
		estimate: perClient(model, client),
		fixes: ["use-singleton"],
	};
}

/** Every module that lists the service among its providers builds its own instance; one should export it, the others import that one. */
function* providerFindings(service: ProvidedService): Iterable<RuleFinding> {
	const home = service.providers.find((provider) => provider.exports) ?? service.providers[0];
	if (!home || service.scope !== null) return;
	const advice = home.exports
		? `Import the module of ${home.file}, which exports it, instead of listing it here.`
		: "Provide it in one module that exports it, and import that module here.";
	for (const provider of service.providers) {
		if (provider === home) continue;
		yield {
			severity: "error",
			place: provider,
			message: `This module provides a ${service.name} of its own beside the one in ${home.file}: each is a PrismaClient with its own connections. ${advice}`,
			related: [
				{ place: { file: service.file, span: service.head }, message: "The service." },
				{ place: home, message: "The module that provides it first." },
			],
			fixes: ["import-provider-module"],
		};
	}
}

/** `class RoomsService extends PrismaClient`: a service with work of its own is a client beside the shared one. */
function* extendingFindings({ shared, others }: ServiceGroup): Iterable<RuleFinding> {
	const advice = shared
		? `Inject ${shared.name} from ${shared.file} instead.`
		: "Make one service that extends it, and inject that one into the others.";
	for (const service of others) {
		yield {
			severity: "error",
			place: { file: service.file, span: service.head },
			message: `${service.name} extends PrismaClient, which makes it one of ${others.length + (shared ? 1 : 0)} clients in the same process, each with its own connections. ${advice}`,
			related: (shared ? [shared] : others.filter((other) => other !== service))
				.slice(0, 9)
				.map((other) => ({ place: { file: other.file, span: other.head }, message: shared ? "The shared client." : "Another client." })),
			fixes: [],
		};
	}
}

/** `providers: [RoomsService, PrismaClient]`: the container builds a client for each module that lists the class. */
function* bareFindings({ shared, others }: BareGroup): Iterable<RuleFinding> {
	const advice =
		"name" in shared
			? `Inject ${shared.name} from ${shared.file} instead.`
			: shared.exports
				? `Import the module of ${shared.file}, which exports it, instead of listing it here.`
				: "Provide it in one module that exports it, and import that module here.";
	const place = "head" in shared ? { file: shared.file, span: shared.head } : shared;
	for (const other of others) {
		yield {
			severity: "error",
			place: other,
			message: `This module provides a PrismaClient of its own beside the one of ${shared.file}: each has its own connections. ${advice}`,
			related: [{ place, message: "The shared client." }],
			fixes: [],
		};
	}
}
