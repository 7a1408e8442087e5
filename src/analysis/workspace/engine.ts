import type { Generator, PrismaEngine } from "./types.js";
import { isAtLeast } from "./versions.js";

export interface EngineEvidence {
	readonly version: string | null;
	readonly generators: readonly Generator[];
	readonly dependencies: Readonly<Record<string, string>>;
	readonly scripts: Readonly<Record<string, string>>;
	/** Whether the schema's own URL is Accelerate's (`prisma://`). */
	readonly usesAccelerateUrl: boolean;
	readonly adapters: readonly string[];
}

/** Which engine answers queries in this package's processes, by version, generators and how the client is generated. */
export function engineOf(evidence: EngineEvidence): PrismaEngine {
	if (leavesOverHttp(evidence)) return "none";
	if (!("@prisma/client" in evidence.dependencies) && Object.keys(evidence.dependencies).some(isRuntime)) return "client";
	if (evidence.version === null) return "unknown";
	if (isAtLeast(evidence.version, 7, 0)) return "client";
	return evidence.generators.some((generator) => hasQueryCompiler(generator, evidence)) ? "client" : "rust";
}

/** Prisma 8's runtimes, some of whose first versions counted from 0; they know no other engine. */
function isRuntime(name: string): boolean {
	return /^@prisma\/orm-(postgres|mongo|sqlite)$/.test(name);
}

function leavesOverHttp({ dependencies, scripts, usesAccelerateUrl, adapters }: EngineEvidence): boolean {
	if (usesAccelerateUrl) return true;
	if (Object.values(scripts).some((script) => script.includes("--no-engine") || script.includes("--data-proxy"))) return true;
	return "@prisma/extension-accelerate" in dependencies && adapters.length === 0;
}

/** `engineType = "client"` from 6.16; before, from 6.7, the preview feature `queryCompiler`. */
function hasQueryCompiler(generator: Generator, { version }: EngineEvidence): boolean {
	if (version === null || !/^prisma-client(-js)?$/.test(generator.provider)) return false;
	if (generator.previewFeatures.includes("queryCompiler")) return isAtLeast(version, 6, 7);
	return generator.engineType === "client" && isAtLeast(version, 6, 16);
}

/** Driver adapters a package declares: `@prisma/adapter-pg` and community ones named the same way. */
export function adaptersOf(dependencies: Readonly<Record<string, string>>): string[] {
	return Object.keys(dependencies)
		.filter((name) => /^@prisma\/adapter-|^(?:@[\w-]+\/)?prisma-adapter-/.test(name))
		.sort();
}
