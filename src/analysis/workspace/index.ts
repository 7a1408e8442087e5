export { loadWorkspace } from "./load.js";
export { lineStartsOf, positionAt } from "./positions.js";
export { isBinary, isTooLarge, TOO_LARGE, withoutByteOrderMark } from "./text.js";
export type * from "./types.js";
export { errorCode } from "./walk.js";
