export type { AdapterSite, PoolSettings, PoolSite } from "./adapters.js";
export { type DriverTimeout, timeoutOptions, urlTimeouts } from "./driver-timeouts.js";
export { PoolSites } from "./pool-sites.js";
export { clientOptions, type PoolContext, type PoolOwner, Pools } from "./pools.js";
export { findRemovedOptions, type RemovedOption } from "./removed-options.js";
export type * from "./types.js";
export { findUnusedPoolConfigs, type PoolConfig, type UnusedPoolConfig } from "./unused-configs.js";
