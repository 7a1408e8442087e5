export { loadWorkspace } from "./load.js";
export { lineStartsOf, positionAt } from "./metadata.js";
export { isMinified } from "./names.js";
export type * from "./types.js";
