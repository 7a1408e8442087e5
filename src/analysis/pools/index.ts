export type { AdapterSite, PoolSite } from "./adapters.js";
export { type PoolContext, type PoolOwner, Pools } from "./pools.js";
export { findRemovedOptions, type RemovedOption } from "./removed-options.js";
export type * from "./types.js";
export { findUnusedPoolConfigs, type UnusedPoolConfig } from "./unused-configs.js";
