/** An attachment that did not come about, in words for people. */
export class AttachError extends Error {
	override readonly name = "AttachError";

	constructor(
		/** What happened, and where. */
		message: string,
		/** What to do about it. */
		readonly action: string,
		readonly detail?: string,
	) {
		super(message);
	}
}

export const ATTACH_AGAIN = "Attach once more; if that fails too, start the process with --inspect=0.";
