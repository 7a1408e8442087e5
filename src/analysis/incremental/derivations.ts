/**
 * Something that answers rest on: a file's facts, the files that speak of a name, the import graph. Its readers are a list, not a
 * set: a set that is taken from and added to with every edit is rebuilt again and again, and V8 ties each old table to the next, so
 * that what was forgotten stays in memory until a full collection.
 */
export class Input {
	#readers: Answer<unknown>[] = [];
	#tidyAt = MIN_TIDY;

	/** Notes an answer that has looked at it. */
	addReader(answer: Answer<unknown>): void {
		if (this.#readers.length >= this.#tidyAt) {
			this.#readers = this.#readers.filter(({ isForgotten }) => !isForgotten);
			this.#tidyAt = Math.max(MIN_TIDY, 2 * this.#readers.length);
		}
		this.#readers.push(answer);
	}

	/** Forgets every answer that has looked at it. */
	forgetReaders(): void {
		const readers = this.#readers;
		if (readers.length === 0) return;
		this.#readers = [];
		for (const answer of readers) answer.forget();
	}
}

const MIN_TIDY = 16;

/** One remembered result and all that it rests on. */
export class Answer<V> {
	isForgotten = false;

	constructor(
		readonly value: V,
		readonly reads: readonly Input[],
		/** Position of the unfinished answer whose stand-in this one has used; `FINAL` when it has used none. */
		readonly provisionalUntil: number,
		private readonly drop: () => void,
	) {}

	forget(): void {
		if (this.isForgotten) return;
		this.isForgotten = true;
		this.drop();
	}
}

/** An answer that is being worked out. */
interface Frame {
	readonly reads: Set<Input>;
	/** Position of the frame from which a search's depth is counted. */
	readonly root: number;
	/** The outermost unfinished answer whose stand-in was used so far. */
	lowest: number;
	/** Answers that hold only until this one is finished. */
	readonly provisional: Answer<unknown>[];
}

const FINAL = Number.POSITIVE_INFINITY;

/**
 * Remembers results and what they rest on, and forgets those that rest on something that changed. What is asked while another
 * answer is worked out becomes part of what that one rests on, so nobody has to say so. Kept answers do not depend on the order of
 * questions: one that met its own question again, or its search's depth limit, is kept only until the question that began it is
 * answered.
 */
export class Derivations {
	readonly #frames: Frame[] = [];

	/** Notes that the answer being worked out rests on `input`. */
	read(input: Input): void {
		this.#frames.at(-1)?.reads.add(input);
	}

	/** Forgets every answer that rests on `input`. */
	changed(input: Input): void {
		input.forgetReaders();
	}

	/** Notes that a search ended at its depth limit: what it found depends on where it began. */
	truncated(): void {
		const frame = this.#frames.at(-1);
		if (frame) frame.lowest = Math.min(frame.lowest, frame.root);
	}

	/** @internal for `Table`: takes an answer over into the one being worked out. */
	use({ reads, provisionalUntil }: Answer<unknown>): void {
		const frame = this.#frames.at(-1);
		if (!frame) return;
		for (const input of reads) frame.reads.add(input);
		frame.lowest = Math.min(frame.lowest, provisionalUntil);
	}

	/** @internal for `Table`: the question at `position` was asked again while it is open. */
	meet(position: number): void {
		const frame = this.#frames.at(-1);
		if (frame) frame.lowest = Math.min(frame.lowest, position);
	}

	/** @internal for `Table`: position of the answer that is begun next. */
	get position(): number {
		return this.#frames.length;
	}

	/** @internal for `Table`: works an answer out. */
	answer<V>(compute: () => V, isRoot: boolean, drop: () => void): Answer<V> {
		const position = this.#frames.length;
		const frame: Frame = {
			reads: new Set(),
			root: isRoot ? position : (this.#frames.at(-1)?.root ?? position),
			lowest: FINAL,
			provisional: [],
		};
		this.#frames.push(frame);
		let value: V;
		try {
			value = compute();
		} finally {
			this.#frames.pop();
			for (const answer of frame.provisional) answer.forget();
		}
		const until = frame.lowest < position ? frame.lowest : FINAL;
		const answer = new Answer(value, [...frame.reads], until, drop);
		this.use(answer);
		if (until === FINAL) for (const input of answer.reads) input.addReader(answer);
		else this.#frames[until]?.provisional.push(answer);
		return answer;
	}
}

/**
 * Answers to one kind of question, by what is asked about: a file, or a part of one by name or number. A key keeps its place when its
 * answer is forgotten, for the reason that `Input` has a list.
 */
export class Table<K extends string | number, V> {
	/** The answer; while it is worked out, the position of that. */
	readonly #answers = new Map<K, Answer<V> | number | null>();

	constructor(private readonly derivations: Derivations) {}

	/**
	 * The answer for `key`, worked out when it is not known.
	 * @param standIn what stands for the answer where working it out asks for it again
	 */
	get(key: K, compute: () => V, standIn?: { readonly value: V; readonly isRoot: boolean }): V {
		const known = this.#answers.get(key);
		if (known instanceof Answer) {
			this.derivations.use(known);
			return known.value;
		}
		if (typeof known === "number" && standIn) {
			this.derivations.meet(known);
			return standIn.value;
		}
		this.#answers.set(key, this.derivations.position);
		let answer: Answer<V> | null = null;
		try {
			answer = this.derivations.answer(compute, standIn?.isRoot ?? true, () => this.#answers.set(key, null));
			return answer.value;
		} finally {
			this.#answers.set(key, answer);
		}
	}
}

/** A value that is worked out anew each time; answers that rest on it are forgotten only when it comes out different. */
export class Cell<V> {
	readonly #input = new Input();
	#value: V;

	constructor(
		private readonly derivations: Derivations,
		initial: V,
		private readonly isSame: (a: V, b: V) => boolean,
	) {
		this.#value = initial;
	}

	get value(): V {
		this.derivations.read(this.#input);
		return this.#value;
	}

	/** The value from now on: the one held before, where they are the same. */
	settle(value: V): V {
		if (!this.isSame(this.#value, value)) {
			this.#value = value;
			this.derivations.changed(this.#input);
		}
		return this.#value;
	}
}

/** One input for each key, made when somebody asks. */
export class Inputs<K> {
	readonly #inputs = new Map<K, Input>();

	of(key: K): Input {
		let input = this.#inputs.get(key);
		if (input === undefined) {
			input = new Input();
			this.#inputs.set(key, input);
		}
		return input;
	}
}
