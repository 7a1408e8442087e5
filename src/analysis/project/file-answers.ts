/** What was worked out of files on one state of the workspace: editors ask for the same several times before the next edit. */
export class FileAnswers<T> {
	readonly #known = new Map<string, T>();
	#state: object | null = null;

	/** @param state the same object as long as nothing has changed */
	of(state: object, file: string, work: () => T): T {
		if (state !== this.#state) this.#known.clear();
		this.#state = state;
		let answer = this.#known.get(file);
		if (answer === undefined) {
			answer = work();
			this.#known.set(file, answer);
		}
		return answer;
	}
}
