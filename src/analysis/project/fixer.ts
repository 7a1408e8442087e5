import type { Finding, FixOutcome } from "../../protocol/index.js";
import { type FixWorkspace, planUseSingleton, planUseSingletonAll, USE_SINGLETON, type UseSingletonRequest } from "../fixes/index.js";
import type { Model } from "../rules/index.js";
import type { Client } from "../summaries/clients.js";
import { rangeOf } from "./positions.js";
import { SingletonRequests } from "./singleton-requests.js";

export interface RefusedFinding {
	readonly finding: Finding;
	readonly reason: string;
}

type PlannedFinding =
	| { readonly kind: "request"; readonly request: UseSingletonRequest; readonly companions: readonly UseSingletonRequest[] }
	| { readonly kind: "refused"; readonly reason: string };

export interface FixedAll {
	readonly outcome: FixOutcome;
	readonly refused: readonly RefusedFinding[];
}

/** Turns findings into fixes, with what the model knows about the clients behind them. */
export class Fixer {
	readonly #requests: SingletonRequests;

	constructor(
		private readonly model: Model,
		workspace: FixWorkspace,
		textOf: (file: string) => string | undefined,
	) {
		this.#requests = new SingletonRequests(model, workspace, textOf);
	}

	fixes(finding: Finding): FixOutcome[] {
		if (!finding.fixes.includes(USE_SINGLETON)) return [];
		const planned = this.#plan(finding);
		if (planned.kind === "refused") return [{ kind: "refused", id: USE_SINGLETON, reason: planned.reason }];
		return [planUseSingleton(planned.request, planned.companions)];
	}

	fixAll(fixId: string, findings: readonly Finding[]): FixedAll {
		const wanted = findings.filter((finding) => finding.fixes.includes(fixId));
		if (fixId !== USE_SINGLETON || wanted.length === 0) {
			return { outcome: { kind: "refused", id: fixId, reason: "There is nothing to fix." }, refused: [] };
		}
		const byRequest = new Map<UseSingletonRequest, Finding>();
		const companions: UseSingletonRequest[] = [];
		const refused: RefusedFinding[] = [];
		for (const finding of wanted) {
			const planned = this.#plan(finding);
			if (planned.kind === "refused") {
				refused.push({ finding, reason: planned.reason });
				continue;
			}
			byRequest.set(planned.request, finding);
			companions.push(...planned.companions);
		}
		const all = planUseSingletonAll([...byRequest.keys()], companions);
		const left = all.refused.flatMap(({ request, reason }) => {
			const finding = byRequest.get(request);
			return finding ? [{ finding, reason }] : [];
		});
		return { outcome: all.outcome, refused: [...refused, ...left] };
	}

	#plan(finding: Finding): PlannedFinding {
		const client = this.#clientAt(finding);
		if (!client) return { kind: "refused", reason: "No client is made at this place any more." };
		const requested = this.#requests.for(client);
		if (requested.kind === "refused") return requested;
		return { ...requested, companions: requested.request.shared ? [] : this.#requests.companions(client) };
	}

	#clientAt(finding: Finding): Client | undefined {
		const lineStarts = this.model.linker.facts(finding.file)?.lineStarts ?? [];
		return this.model.clients.all.find((client) => {
			if (client.file !== finding.file) return false;
			const { line, column } = rangeOf(lineStarts, client.head);
			return line === finding.line && column === finding.column;
		});
	}
}
