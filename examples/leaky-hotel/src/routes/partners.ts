import { Router } from "express";
import { PartnerController } from "../controllers/partner-controller.js";

export const partners = Router();

partners.get("/:id/statement", async (request, response) => {
	const controller = new PartnerController();
	response.json(await controller.statement(Number(request.params.id)));
});
