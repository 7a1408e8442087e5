import type { FileChange, Finding } from "../../protocol/index.js";
import type { Model } from "../rules/index.js";
import type { Source } from "./source.js";
import type { FixWorkspace } from "./types.js";

/** What a fix may ask while it plans. */
export interface FixContext {
	readonly model: Model;
	readonly workspace: FixWorkspace;
	/** Text of a source, an env file or a schema, as an editor or the disk has it. @throws a `Refusal` when it cannot be read. */
	text(file: string): string;
	/** A source with its tree and its names. @throws a `Refusal` when it cannot be read or does not parse. */
	source(file: string): Source;
}

/** What a fix would do about one finding, or about several that it plans together. */
export interface Repair {
	/** An imperative with its object: "Set pool max to 3". */
	readonly title: string;
	readonly changes: readonly FileChange[];
	/** What a reader should know before applying; never a secret. */
	readonly notes: readonly string[];
}

export interface RefusedFinding {
	readonly finding: Finding;
	readonly reason: string;
}

/** One way to repair what rules find. */
export interface FixKind {
	/** @throws a `Refusal` with the reason why a machine should leave this finding alone. */
	plan(finding: Finding, context: FixContext): Repair;
	/** Only of kinds whose findings must be planned together, without a person who reads notes; null when none can be repaired. */
	planAll?(
		findings: readonly Finding[],
		context: FixContext,
	): { readonly repair: Repair | null; readonly refused: readonly RefusedFinding[] };
}
