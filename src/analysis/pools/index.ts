export { type PoolContext, type PoolOwner, Pools } from "./pools.js";
export type * from "./types.js";
