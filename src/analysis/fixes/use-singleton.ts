import type { Finding } from "../../protocol/index.js";
import { clientAt } from "./client-at.js";
import type { FixContext, FixKind, RefusedFinding } from "./kind.js";
import { planUseSingleton, planUseSingletonAll } from "./singleton-plan.js";
import { SingletonRequests } from "./singleton-requests.js";
import { Refusal, type UseSingletonRequest } from "./types.js";

/** Points a client to the one the workspace shares, which is created when there is none. */
export const useSingleton: FixKind = {
	plan(finding, context) {
		const { request, companions } = requested(finding, context);
		return planUseSingleton(request, companions);
	},

	planAll(findings, context) {
		const byRequest = new Map<UseSingletonRequest, Finding>();
		const companions: UseSingletonRequest[] = [];
		const refused: RefusedFinding[] = [];
		for (const finding of findings) {
			try {
				const found = requested(finding, context);
				byRequest.set(found.request, finding);
				companions.push(...found.companions);
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				refused.push({ finding, reason: error.message });
			}
		}
		const all = planUseSingletonAll([...byRequest.keys()], companions);
		const left = all.refused.flatMap(({ request, reason }) => {
			const finding = byRequest.get(request);
			return finding ? [{ finding, reason }] : [];
		});
		return { repair: all.repair, refused: [...refused, ...left] };
	},
};

interface Requested {
	readonly request: UseSingletonRequest;
	/** Clients that move to a module which is created along with it. */
	readonly companions: readonly UseSingletonRequest[];
}

function requested(finding: Finding, context: FixContext): Requested {
	const requests = new SingletonRequests(context);
	const client = clientAt(finding, context);
	const request = requests.for(client);
	return { request, companions: request.shared ? [] : requests.companions(client) };
}
