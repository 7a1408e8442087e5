/** The ids of all rules, by which settings and comments name them. The analysis has a rule for each. */
export const RULE_IDS = [
	"multiple-clients",
	"client-per-call",
	"pool-size",
	"pool-timeouts",
	"ignored-pool-setting",
	"hot-reload-client",
	"external-pool-not-disposed",
	"listener-per-call",
	"unbounded-event-buffer",
	"uncleared-interval",
	"transaction-timeout",
	"slow-work-in-transaction",
	"outer-client-in-transaction",
	"disconnect-per-request",
	"metrics-preview",
	"missing-disconnect",
	"missing-shutdown",
	"unused-suppression",
] as const;

export type RuleId = (typeof RULE_IDS)[number];
