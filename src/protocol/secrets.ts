/** User and password of the URLs in a text give way to an ellipsis. */
export function withoutCredentials(text: string): string {
	return text.replace(/:\/\/[^\s"'`@]+@/g, "://…@");
}
