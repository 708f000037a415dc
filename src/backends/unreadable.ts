import { BackendError } from '../domain/errors.ts';
import type { HttpAnswer } from './http-exchange.ts';

/** What should have answered. */
export interface Expected {
  /** As people name the deployment: `Loki prod`. */
  readonly title: string;
  /** Whose interface it should be: `Loki`. */
  readonly product: string;
  /** Where its settings are: `[loki.deployments.prod]`. */
  readonly section: string;
}

/** A success status whose body is none of the product's answers. */
export function unreadable(answer: HttpAnswer, expected: Expected): BackendError {
  const { title, section } = expected;
  const type = answer.headers['content-type'] ?? '';
  if (/json/i.test(type) || type === '')
    return new BackendError(
      'unavailable',
      `${title} sent an answer that is cut off or not one of ${possessive(expected.product)} API.`,
      {
        asked: title,
        nextStep: 'Ask again; if it happens twice, whoever runs it needs to know.',
      },
    );
  return new BackendError('unavailable', `${misplaced(expected)}: it answers with a page or plain text.`, {
    asked: title,
    nextStep: `Check \`url\` in \`${section}\`; a login page in front needs credentials.`,
  });
}

/** The words for an address where something else lives. */
export function misplaced({ title, product }: Pick<Expected, 'title' | 'product'>): string {
  return `The address of ${title} does not look like ${possessive(product)} API`;
}

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}'` : `${name}'s`;
}
