import { BackendError } from '../domain/errors.ts';

/** An answer over the limit, refused before it was whole. */
export function tooLarge(title: string, maxBytes: number): BackendError {
  return new BackendError(
    'too-large',
    `${title} answers with more than ${Math.round(maxBytes / 100_000) / 10} MB.`,
    {
      asked: title,
      nextStep: 'Ask for less: a shorter window, a larger step, or an aggregation such as sum or topk.',
    },
  );
}
