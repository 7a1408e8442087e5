import type { NodeProcess } from "../../protocol/index.js";
import type { ProcessLister, Vitality } from "./lister.js";

/** A platform whose processes cannot be listed; attaching to host:port works there all the same. */
export class UnlistedProcesses implements ProcessLister {
	constructor(private readonly platform: string) {}

	async list(): Promise<readonly NodeProcess[]> {
		throw new Error(`Node processes cannot be listed on ${this.platform}. Start yours with --inspect and attach to host:port.`);
	}

	async find(): Promise<NodeProcess | null> {
		return null;
	}

	async vitality(): Promise<Vitality> {
		return "unknown";
	}

	async listeningPorts(): Promise<readonly number[] | null> {
		return null;
	}

	async signalPort(): Promise<number> {
		return 9229;
	}

	signalInspector(): void {
		throw new Error(`A process on ${this.platform} cannot be asked to open its inspector.`);
	}
}
