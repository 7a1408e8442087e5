export { poolHints } from "./hints.js";
export { clientLenses } from "./lenses.js";
export { Siblings } from "./siblings.js";
export { usersOf } from "./users.js";
