/** Sends a body as JSON in a request that outlives the page. Nobody reads the answer. */
export function sendBeacon(path: string, body: object): void {
  const json = new Blob([JSON.stringify(body)], { type: 'application/json' });
  if (isQueued(path, json)) return;
  const headers = { 'content-type': 'application/json' };
  fetch(path, { method: 'POST', body: json, headers, keepalive: true }).catch((error: unknown) =>
    console.debug('beacon not sent', error),
  );
}

function isQueued(path: string, json: Blob): boolean {
  try {
    return navigator.sendBeacon(path, json);
  } catch (error) {
    console.debug('beacon refused', error); // Chromium before version 81 sends no JSON, which televisions still have
    return false;
  }
}
