/** Slack's own hosts over https, or exactly the server that `api_url` names: nothing else gets what only Slack may see. */
export function isSlackAddress(address: string, apiUrl: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const own = new URL(apiUrl);
  if (url.protocol === own.protocol && url.host === own.host) return true;
  return url.protocol === 'https:' && url.port === '' && /(?:^|\.)slack\.com$/.test(url.hostname);
}
