import type { Logger } from '@slack/web-api';

/** The SDK would write to the console; what is worth saying is in its errors. */
export const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => 'error' as never,
  setName: () => {},
};
