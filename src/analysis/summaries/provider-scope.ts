import type { ClassFact, FileFacts } from "../facts/index.js";
import type { Linker } from "./linker.js";

/** How often Nest builds a class. */
export interface ProviderScope {
	/** Where not once per module: `@Injectable({ scope: Scope.REQUEST })`. */
	readonly scope: "REQUEST" | "TRANSIENT" | null;
	/** Whether its constructor is handed the request, which gives it that scope. */
	readonly asksForRequest: boolean;
}

const DECORATOR = /^(Injectable|Controller|Resolver)$/;

/** A durable provider is built once per tenant, as a cache would keep it. */
export function scopeOf(linker: Linker, file: string, cls: ClassFact): ProviderScope {
	const facts = linker.facts(file);
	const stated = facts ? statedScope(linker, file, facts, cls) : null;
	if (!facts || stated !== null) return { scope: stated === "durable" ? null : stated, asksForRequest: false };
	const asksForRequest = cls.decorators.some((name) => DECORATOR.test(name)) && isHandedRequest(facts, cls);
	return { scope: asksForRequest ? "REQUEST" : null, asksForRequest };
}

function statedScope(linker: Linker, file: string, facts: FileFacts, cls: ClassFact): ProviderScope["scope"] | "durable" {
	for (const { args, callee, span } of facts.calls) {
		const options = args.find((argument) => argument.k === "object");
		if (options?.k !== "object" || span.start < cls.span.start || span.end > cls.span.end) continue;
		const isDecorator = linker.values(file, callee, 0).some((value) => value.k === "external" && DECORATOR.test(value.path.at(-1) ?? ""));
		if (!isDecorator) continue;
		if (options.entries.some(({ key }) => key === "durable")) return "durable";
		const scope = options.entries.find(({ key }) => key === "scope")?.value;
		if (scope?.k === "member" && (scope.name === "REQUEST" || scope.name === "TRANSIENT")) return scope.name;
	}
	return null;
}

/** `constructor(@Inject(REQUEST) request: Request)`: a container has no other that it could hand in. */
function isHandedRequest(facts: FileFacts, cls: ClassFact): boolean {
	const constructorId = cls.methods.find(({ name }) => name === "constructor")?.function;
	const parameters = constructorId === undefined ? [] : (facts.functions[constructorId]?.params ?? []);
	return parameters.some((id) => /^(express\.)?(Fastify)?Request$/.test(facts.bindings[id]?.parameter?.type ?? ""));
}
