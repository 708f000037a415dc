/** What `api alerts GET` may read; `status` is left out, because the configuration comes along with it. */
export const ALERTMANAGER_READABLE: readonly string[] = [
  '/api/v2/alerts',
  '/api/v2/alerts/groups',
  '/api/v2/silences',
  '/api/v2/silence/*',
  '/api/v2/receivers',
];
