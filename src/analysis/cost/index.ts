export { type CostBasis, connectionFigure, costBasisOf, estimateClients, estimatePool, megabyteText } from "./estimate.js";
export { driverOfAdapter, driverOfPackage, type PoolDriver, RUST_POOL } from "./pool-defaults.js";
