import { sayShelf } from '../../src/domain/knowledge/shelf.ts';
import { brief } from '../fit.ts';

/** The tier of a shelf, as every shown entry says it. */
export function tierName(shelf: string): string {
  return brief(sayShelf(shelf), 60);
}
