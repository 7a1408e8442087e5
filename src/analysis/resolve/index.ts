export { createResolver } from "./resolver.js";
export type * from "./types.js";
