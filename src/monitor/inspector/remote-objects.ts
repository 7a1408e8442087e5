import { isRecord } from "../../protocol/index.js";
import type { InspectorConnection } from "./connection.js";

/** An object in the target that we hold by its id, until the group is released. */
export interface RemoteObject {
	readonly objectId: string;
}

/** Works with objects that stay in the target: only ids and small answers travel. What it made the target hold is let go of by `release`. */
export class RemoteObjects {
	constructor(
		private readonly connection: InspectorConnection,
		private readonly group: string,
	) {}

	/** The object that an expression yields. Rejects when it yields none. */
	async evaluate(expression: string): Promise<RemoteObject> {
		const answer = await this.connection.request("Runtime.evaluate", { expression, silent: true, objectGroup: this.group });
		return remoteObject(answer.result);
	}

	/** An array of all live objects with this prototype in their chain. The target stands still meanwhile, and collects its garbage first. */
	async withPrototype(prototype: RemoteObject): Promise<RemoteObject> {
		const params = { prototypeObjectId: prototype.objectId, objectGroup: this.group };
		return remoteObject((await this.connection.request("Runtime.queryObjects", params)).objects);
	}

	/** Calls a function in the target with `self` as its `this`; the value is copied out as JSON. */
	async call(self: RemoteObject, work: string, ...args: readonly (RemoteObject | number | string)[]): Promise<unknown> {
		const answer = await this.callFunction(self, work, args, true);
		return isRecord(answer.result) ? answer.result.value : undefined;
	}

	/** As `call`, for a function that yields an object. */
	async callForObject(self: RemoteObject, work: string, ...args: readonly (RemoteObject | number | string)[]): Promise<RemoteObject> {
		return remoteObject((await this.callFunction(self, work, args, false)).result);
	}

	/** Also after a failure; a target that is gone needs no release. */
	async release(): Promise<void> {
		await this.connection.request("Runtime.releaseObjectGroup", { objectGroup: this.group }).catch(() => null);
	}

	private callFunction(self: RemoteObject, work: string, args: readonly (RemoteObject | number | string)[], returnByValue: boolean) {
		return this.connection.request("Runtime.callFunctionOn", {
			objectId: self.objectId,
			functionDeclaration: work,
			arguments: args.map((arg) => (typeof arg === "object" ? arg : { value: arg })),
			silent: true,
			returnByValue,
			objectGroup: this.group,
		});
	}
}

function remoteObject(value: unknown): RemoteObject {
	const objectId = isRecord(value) ? value.objectId : undefined;
	if (typeof objectId !== "string") throw new Error("The target's answer is no object.");
	return { objectId };
}
