import { BillingService } from "../services/billing-service.js";
import { UsageTracker } from "../services/usage-tracker.js";

export class PartnerController {
	private readonly billing = new BillingService();
	private readonly usage = new UsageTracker();

	async statement(partnerId: number) {
		this.usage.record(partnerId);
		const [credits, calls] = await Promise.all([this.billing.credits(partnerId), this.usage.calls(partnerId)]);
		return { partnerId, credits, calls };
	}
}
