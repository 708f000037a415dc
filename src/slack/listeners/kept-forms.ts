import { ACTIONS, type Meta } from '../../../blocks/action-ids.ts';
import type { Submitted } from '../../../blocks/modals/fields.ts';
import { notice } from '../../../blocks/notice.ts';
import { RuleViolation } from '../../domain/errors.ts';
import { row } from '../../flows/row.ts';
import type { Json } from '../../storage/store.ts';
import { type Asked, readingOf } from '../call.ts';
import type { CommandRow, Said } from '../command-row.ts';

/** A form as it was submitted, with the title that its person saw. */
export interface Form {
  readonly title: string;
  readonly callback: string;
  readonly values: Submitted;
  readonly meta: Meta;
}

/** A form with the key of its delivery: what it did before a crash is not done again. */
interface Kept extends Form {
  readonly key: string;
}

/** What takes a form once somebody still means it. */
export type TakeForm = (asked: Asked, form: Form, table: readonly CommandRow[]) => Promise<Said>;

/** Nothing that was written is lost: it is a stored draft, and a direct message asks whether it is still meant. Repeats safely. */
export async function askAboutForm({ bot, request }: Asked, form: Form): Promise<void> {
  const { store } = bot.world;
  const { team, by, key } = request;
  const { incident } = form.meta;
  const kept: Kept = { ...form, key };
  await store.saveDraft({
    team,
    key: draftKey(key),
    person: by,
    ...(incident !== undefined && { incident }),
    kind: 'form',
    body: kept as unknown as Json,
    at: await store.now(),
  });
  await store.enqueue(team, row(draftKey(key), { kind: 'form-again', to: by, draft: draftKey(key) }));
  bot.world.postsWaiting();
}

/** *Do it now* and *Throw it away*, by whom it belongs to; a second click finds it settled. */
export async function formClick(
  asked: Asked,
  kind: string,
  draft: string,
  take: TakeForm,
  table: readonly CommandRow[],
): Promise<Said> {
  const { bot, request } = asked;
  const stored = await bot.world.store.draft(request.team, draft);
  if (stored?.kind !== 'form' || stored.person !== request.by)
    throw new RuleViolation('form-settled', 'That form is settled: it was taken or thrown away.');
  const form = stored.body as unknown as Kept;
  const again: Asked = { bot, request: { ...request, key: form.key, resumed: true } };
  const said: Said =
    kind === ACTIONS.formAgain
      ? await take(again, form, table)
      : { kind: 'private', message: notice(THROWN, await readingOf(asked)) };
  // Last, so that a crash in between asks again rather than losing it.
  await bot.world.store.settleDraft(request.team, draft);
  return said.kind === 'posted' && !said.also
    ? { kind: 'posted', also: notice(TAKEN, await readingOf(asked)) }
    : said;
}

const TAKEN = new RuleViolation('form-taken', 'Done.');
const THROWN = new RuleViolation('form-thrown', 'The form is thrown away.');

function draftKey(key: string): string {
  return `form/${key}`;
}
