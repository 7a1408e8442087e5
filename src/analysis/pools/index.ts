export type { AdapterSite, PoolSettings, PoolSite } from "./adapters.js";
export { type DriverTimeout, timeoutOptions, urlTimeouts } from "./driver-timeouts.js";
export { clientOptions, type PoolOwner } from "./pool-owner.js";
export { PoolSites } from "./pool-sites.js";
export { type PoolContext, Pools } from "./pools.js";
export { findRemovedOptions, type RemovedOption } from "./removed-options.js";
export type * from "./types.js";
export { findUnusedPoolConfigs, type PoolConfig, type UnusedPoolConfig } from "./unused-configs.js";
