export { type PoolContext, Pools } from "./pools.js";
export type * from "./types.js";
