export { ChangeSet } from "./change-set.js";
export { FixFiles } from "./fix-files.js";
export type { FixContext, FixKind, RefusedFinding, Repair } from "./kind.js";
export { FIX_KINDS, SUPPRESSIONS } from "./registry.js";
export { planUseSingleton, planUseSingletonAll } from "./singleton-plan.js";
export { type FixedClass, type FixWorkspace, Refusal, type SharedClient, type UseSingletonRequest } from "./types.js";
