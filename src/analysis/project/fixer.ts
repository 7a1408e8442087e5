import type { Finding, FixOutcome } from "../../protocol/index.js";
import {
	type FixedClass,
	type FixWorkspace,
	planUseSingleton,
	planUseSingletonAll,
	USE_SINGLETON,
	type UseSingletonRequest,
} from "../fixes/index.js";
import type { Model } from "../rules/index.js";
import { sharedFor } from "../rules/wording.js";
import type { ClientClass } from "../summaries/client-class.js";
import type { Client } from "../summaries/clients.js";
import { rangeOf } from "./positions.js";
import { accessTo } from "./shared-access.js";

type Requested =
	| { readonly kind: "request"; readonly request: UseSingletonRequest }
	| { readonly kind: "refused"; readonly reason: string };

export interface RefusedFinding {
	readonly finding: Finding;
	readonly reason: string;
}

/** Turns findings into fixes, with what the model knows about the clients behind them. */
export class Fixer {
	constructor(
		private readonly model: Model,
		private readonly workspace: FixWorkspace,
		private readonly textOf: (file: string) => string | undefined,
	) {}

	fixes(finding: Finding): FixOutcome[] {
		if (!finding.fixes.includes(USE_SINGLETON)) return [];
		const requested = this.#request(finding);
		if (requested.kind === "refused") return [{ kind: "refused", id: USE_SINGLETON, reason: requested.reason }];
		return [planUseSingleton(requested.request)];
	}

	fixAll(fixId: string, findings: readonly Finding[]): { readonly outcome: FixOutcome; readonly refused: readonly RefusedFinding[] } {
		const wanted = findings.filter((finding) => finding.fixes.includes(fixId));
		if (fixId !== USE_SINGLETON || wanted.length === 0) {
			return { outcome: { kind: "refused", id: fixId, reason: "There is nothing to fix." }, refused: [] };
		}
		const byRequest = new Map<UseSingletonRequest, Finding>();
		const refused: RefusedFinding[] = [];
		for (const finding of wanted) {
			const requested = this.#request(finding);
			if (requested.kind === "request") byRequest.set(requested.request, finding);
			else refused.push({ finding, reason: requested.reason });
		}
		const all = planUseSingletonAll([...byRequest.keys()]);
		for (const { request, reason } of all.refused) {
			const finding = byRequest.get(request);
			if (finding) refused.push({ finding, reason });
		}
		return { outcome: all.outcome, refused };
	}

	#request(finding: Finding): Requested {
		const client = this.#clientAt(finding);
		const text = client && this.textOf(client.file);
		if (!client || text === undefined) return { kind: "refused", reason: "No client is made at this place any more." };
		const shared = sharedFor(this.model, client);
		if (shared && !("fact" in shared)) {
			return {
				kind: "refused",
				reason: `The framework makes the client of ${shared.file}: ask for it in the constructor instead of making one.`,
			};
		}
		const sharedText = shared ? this.textOf(shared.file) : undefined;
		const access = shared && sharedText !== undefined ? accessTo(this.model.linker, shared, sharedText) : null;
		if (shared && (!access || sharedText === undefined)) {
			return { kind: "refused", reason: `${shared.file} hands its client out in no way that this fix can use.` };
		}
		return {
			kind: "request",
			request: {
				file: client.file,
				text,
				newSpan: client.fact.span,
				package: client.package,
				client: this.#classOf(client.client),
				shared:
					shared && access && sharedText !== undefined
						? { file: shared.file, text: sharedText, ...access, newSpan: shared.fact.span, client: this.#classOf(shared.client) }
						: null,
				workspace: this.workspace,
			},
		};
	}

	#clientAt(finding: Finding): Client | undefined {
		const lineStarts = this.model.linker.facts(finding.file)?.lineStarts ?? [];
		return this.model.clients.all.find((client) => {
			if (client.file !== finding.file) return false;
			const { line, column } = rangeOf(lineStarts, client.head);
			return line === finding.line && column === finding.column;
		});
	}

	#classOf({ key, subclasses }: ClientClass): FixedClass {
		const [own] = subclasses;
		const facts = own && this.model.linker.facts(own.file)?.classes[own.id];
		if (!facts) return { key, subclass: null };
		const members = subclasses.flatMap(({ file, id }) => {
			const fact = this.model.linker.facts(file)?.classes[id];
			return [...(fact?.methods ?? []), ...(fact?.fields ?? [])].map(({ name }) => name);
		});
		return { key, subclass: { name: facts.name ?? "The class", members: members.filter((name) => name !== "constructor") } };
	}
}
