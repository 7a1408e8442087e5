export { Cell, Derivations, Input, Inputs, Table } from "./derivations.js";
