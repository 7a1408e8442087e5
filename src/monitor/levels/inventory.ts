import { INVENTORY_PART, isClassCount, startInventory } from "../agent/inventory.js";
import { partExpression } from "../agent/lease.js";
import type { Attachment } from "../inspector/attachment.js";

/** Finds the live clients and pools of the target, and has the agent follow them and every newcomer from then on. Stops the target for each search. */
export async function takeInventory(attachment: Attachment): Promise<void> {
	await attachment.evaluate(startInventory(attachment.holder));
	const objects = attachment.remoteObjects("prisma-leak-lens.inventory");
	try {
		const inventory = await objects.evaluate(partExpression(INVENTORY_PART));
		const functions = await objects.withPrototype(await objects.evaluate("Function.prototype"));
		const classes = await objects.call(inventory, "function (functions) { return this.addClasses(functions); }", functions);
		if (!isClassCount(classes)) throw new Error("The target's answer is no number of classes.");
		for (let index = 0; index < classes; index++) {
			const prototype = await objects.callForObject(inventory, "function (index) { return this.prototypeOf(index); }", index);
			const found = await objects.withPrototype(prototype);
			await objects.call(inventory, "function (index, found) { this.addObjects(index, found); }", index, found);
		}
	} finally {
		await objects.release();
	}
}
