import type * as vscode from "vscode";
import { type Guard, isAmount, isNullOr, isShape, isText } from "../../protocol/index.js";
import type { BaselineOrigin } from "./baseline.js";
import type { StageMemory } from "./stage.js";

const KEY = "prismaLeakLens.stage";
const NOTHING: StageMemory = { replay: null, baseline: null };

const isId = isText(60);

const isStageMemory: Guard<StageMemory> = isShape<StageMemory>({
	replay: isNullOr(isId),
	baseline: isNullOr(
		isShape<BaselineOrigin>({
			recording: isId,
			here: isNullOr(isShape<NonNullable<BaselineOrigin["here"]>>({ shown: isNullOr(isId), until: isAmount })),
		}),
	),
});

/** Which recording and which baseline this window's dashboard shows, kept where a reload does not lose it. */
export class RememberedStage {
	#noted = NOTHING;

	constructor(private readonly memento: vscode.Memento) {}

	get(): StageMemory {
		const value = this.memento.get<unknown>(KEY);
		return isStageMemory(value) ? value : NOTHING;
	}

	/** Until there is something to note, what was remembered stays. */
	note(memory: StageMemory): void {
		if (memory.replay === this.#noted.replay && isSameOrigin(memory.baseline, this.#noted.baseline)) return;
		this.#noted = memory;
		void this.memento.update(KEY, memory);
	}
}

function isSameOrigin(one: BaselineOrigin | null, other: BaselineOrigin | null): boolean {
	return one?.recording === other?.recording && one?.here?.shown === other?.here?.shown && one?.here?.until === other?.here?.until;
}
