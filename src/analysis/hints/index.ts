export { poolHints } from "./hints.js";
