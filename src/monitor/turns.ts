/** Lets one piece of work begin when the one before it is over, whatever came of it. */
export class Turns {
	private last: Promise<unknown> = Promise.resolve();

	take<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.last.then(work);
		this.last = turn.catch(() => null);
		return turn;
	}
}
