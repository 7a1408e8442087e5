export interface PageParts {
	/** What the frame may load from: `webview.cspSource`. */
	readonly cspSource: string;
	/** Random per page; only what carries it runs. */
	readonly nonce: string;
	readonly scriptUri: string;
	readonly styleUri: string;
}

/** The dashboard's page: everything is refused but its own style sheet and its one script. The controls' toolkit reads `csp-nonce` for the style element it adds. */
export function dashboardPage({ cspSource, nonce, scriptUri, styleUri }: PageParts): string {
	const policy = `default-src 'none'; style-src ${cspSource} 'nonce-${nonce}'; font-src ${cspSource}; script-src 'nonce-${nonce}'`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Prisma Leak Lens</title>
<link rel="stylesheet" href="${styleUri}">
</head>
<body>
<script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>
`;
}
