import type { FixKind } from "./kind.js";
import { closableAt } from "./shutdown/closable.js";
import { FASTIFY, HAPI, hookShutdown } from "./shutdown/hook-shutdown.js";
import { nestShutdown } from "./shutdown/nest-shutdown.js";
import { plainShutdown } from "./shutdown/plain-shutdown.js";

/** Closes a pool or manager when the process is told to stop: in the framework's hook where it has one, else by handlers of signals. */
export const closeOnShutdown: FixKind = {
	plan(finding, context) {
		const closable = closableAt(finding, context);
		const { frameworks } = context.model.workspace.packageOf(finding.file);
		if (frameworks.has("nest")) return nestShutdown(closable, context);
		if (frameworks.has("fastify")) return hookShutdown(closable, FASTIFY, context);
		return frameworks.has("hapi") ? hookShutdown(closable, HAPI, context) : plainShutdown(closable, context);
	},
};
