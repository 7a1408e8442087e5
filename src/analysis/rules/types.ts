import type { RuleId, Settings } from "../../config/index.js";
import type { Estimate, Severity, TextRange } from "../../protocol/index.js";
import type { Span } from "../facts/index.js";
import type { Pools } from "../pools/index.js";
import type { CallGraph } from "../summaries/call-graph.js";
import type { Client, Clients } from "../summaries/clients.js";
import type { Linker } from "../summaries/linker.js";
import type { Places } from "../summaries/places.js";
import type { RunCounter } from "../summaries/runs.js";
import type { Limit } from "../summaries/transaction-limits.js";
import type { Transactions } from "../summaries/transactions.js";
import type { Workspace } from "../workspace/types.js";

/** What a rule is, for its docs page, the diagnostics and the settings. */
export interface RuleMeta {
	/** The rule's file name, its docs page, its test and its diagnostic code. */
	readonly id: RuleId;
	readonly title: string;
	/** One sentence: what it finds. */
	readonly finds: string;
	/** The gravest severity it reports in app code. */
	readonly severity: Severity;
}

/** Everything a rule may look at; the same for all rules of one run. */
export interface Model {
	readonly workspace: Workspace;
	readonly settings: Settings;
	readonly linker: Linker;
	/** Files whose facts were read, in path order. */
	readonly files: readonly string[];
	/** Which of them speak of a name. */
	readonly places: Places;
	/** Who runs which function. */
	readonly calls: CallGraph;
	/** How often functions run. */
	readonly runs: RunCounter;
	/** The clients that one file makes. */
	clientsOf(file: string): readonly Client[];
	readonly clients: Clients;
	readonly pools: Pools;
	/** Interactive transactions, and what happens in each. */
	readonly transactions: Transactions;
	/** Limits of transactions that are written in a file. */
	limitsIn(file: string): readonly Limit[];
}

/** What a rule may look at that says something of one file at a time: whatever it asks is noted, so that it is asked again when that changes. */
export type FileModel = Pick<Model, "workspace" | "settings" | "linker" | "places" | "calls" | "runs" | "clientsOf" | "transactions">;

/** A place in an analysed source (offsets), or in a file that is not one, such as `.env` (lines and columns). */
export type Place = { readonly file: string; readonly span: Span } | { readonly file: string; readonly range: TextRange };

export interface RuleFinding {
	readonly severity: Severity;
	/** The token to change. */
	readonly place: Place;
	readonly message: string;
	readonly related?: readonly { readonly place: Place; readonly message: string }[];
	readonly estimate?: Estimate | undefined;
	/** Ids of the fixes that may apply, the preferred one first. */
	readonly fixes?: readonly string[];
}

/** A rule says what is wrong in one file, or in the workspace as a whole. Of what it says of one place, the gravest counts, else the first. */
export type Rule = { readonly meta: RuleMeta } & (
	| { readonly scope: "file"; check(model: FileModel, file: string): Iterable<RuleFinding> }
	| { readonly scope: "workspace"; check(model: Model): Iterable<RuleFinding> }
);
