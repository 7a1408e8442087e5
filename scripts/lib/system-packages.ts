/** Debian packages the VS Code server, Chromium and the tests with MariaDB need: installed through apt when root, else named in a clear message. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./processes.js";
import { step } from "./progress.js";

const SERVER_PACKAGES = ["libkrb5-dev", "pkg-config", "libsecret-1-dev", "libx11-dev", "libxkbfile-dev", "build-essential", "python3"];
const BROWSER_PACKAGES = ["chromium", "fonts-dejavu-core"];

const MARIADB_PACKAGES = ["mariadb-server-core", "mariadb-client-core"];
const MARIADB = { server: "/usr/sbin/mariadbd", install: "/usr/bin/mariadb-install-db" } as const;

const BROWSERS = [
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Makes sure that native modules of the VS Code server can be built. */
export async function ensureServerPackages(): Promise<void> {
	if (hasApt()) await ensure(SERVER_PACKAGES, "to build the VS Code server");
}

/** The path of a Chromium; installs one where that is possible. */
export async function ensureBrowser(): Promise<string> {
	const found = BROWSERS.find((path) => existsSync(path));
	if (found) return found;
	if (!hasApt()) throw new Error(`No Chromium found. Install Chromium or Google Chrome; looked at ${BROWSERS.join(", ")}.`);
	await ensure(BROWSER_PACKAGES, "for the browser tests");
	return "/usr/bin/chromium";
}

/** The paths of MariaDB's programs; installs them where that is possible. */
export async function ensureMariadb(): Promise<typeof MARIADB> {
	if (Object.values(MARIADB).every((path) => existsSync(path))) return MARIADB;
	if (!hasApt()) throw new Error(`No MariaDB found. Install it; looked for ${Object.values(MARIADB).join(" and ")}.`);
	await ensure(MARIADB_PACKAGES, "for the tests with MariaDB");
	return MARIADB;
}

function hasApt(): boolean {
	return existsSync("/usr/bin/apt-get") && existsSync("/usr/bin/dpkg");
}

async function ensure(packages: readonly string[], purpose: string): Promise<void> {
	const missing = packages.filter((name) => !isInstalled(name));
	if (missing.length === 0) return;
	const install = ["install", "-y", "--no-install-recommends", ...missing];
	if (process.getuid?.() !== 0) {
		throw new Error(`Missing system packages ${purpose}. Run: sudo apt-get update && sudo apt-get ${install.join(" ")}`);
	}
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
	await step(`Installing ${missing.join(", ")} ${purpose} (about a minute)`, async () => {
		await run("apt-get", ["update"], { env });
		await run("apt-get", install, { env });
	});
}

function isInstalled(name: string): boolean {
	try {
		return execFileSync("dpkg", ["-s", name], { stdio: "pipe" }).toString().includes("Status: install ok installed");
	} catch {
		return false;
	}
}
