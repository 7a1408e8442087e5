/** `npm run bench`: what is fast enough, each as a ratio to its floor measured in the same run. Ends with 1 when a ratio is over its bound. */
import { analysisBench } from "./analysis.js";
import { monitorBench } from "./monitor.js";
import { formatRows } from "./table.js";

async function main(): Promise<void> {
	const rows = [...(await analysisBench()), ...(await monitorBench())];
	console.log(formatRows(rows));
	process.exitCode = rows.every(({ ratio, bound }) => ratio <= bound) ? 0 : 1;
}

void main();
