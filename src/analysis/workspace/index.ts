export { loadWorkspace } from "./load.js";
export { isMinified } from "./names.js";
export { lineStartsOf, positionAt } from "./positions.js";
export type * from "./types.js";
