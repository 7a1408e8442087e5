export { type CostBasis, connectionFigure, costBasisOf, estimateClients, estimatePool, megabyteText, memoryCostOf } from "./estimate.js";
export { driverOfAdapter, driverOfPackage, ORM_POSTGRES_POOL, PG_POOL, type PoolDriver, RUST_POOL } from "./pool-defaults.js";
export { type PoollessDriver, poollessDriver } from "./poolless.js";
