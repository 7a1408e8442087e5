import { clientPerCall } from "./client-per-call.js";
import { multipleClients } from "./multiple-clients.js";
import { poolSize } from "./pool-size.js";
import type { Rule } from "./types.js";

export const RULES: readonly Rule[] = [multipleClients, clientPerCall, poolSize];
export type { Model, Rule, RuleFinding, RuleMeta } from "./types.js";
