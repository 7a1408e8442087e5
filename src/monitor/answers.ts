/** Answers that are waited for, by the number of their request. */
export class Answers<T> {
	private readonly waiting = new Map<number, (answer: T) => void>();

	/** The answer to a request that is about to be sent. */
	to(id: number): Promise<T> {
		return new Promise((resolve) => this.waiting.set(id, resolve));
	}

	settle(id: number, answer: T): void {
		this.waiting.get(id)?.(answer);
		this.waiting.delete(id);
	}

	settleAll(answer: T): void {
		for (const id of [...this.waiting.keys()]) this.settle(id, answer);
	}
}
