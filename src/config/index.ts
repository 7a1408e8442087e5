export * from "./settings.js";
export * from "./thresholds.js";
