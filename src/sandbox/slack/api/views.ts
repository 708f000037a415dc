import { isRecord } from '../block-kit/check.ts';
import type { Json } from '../model.ts';
import { presentView } from '../present/view.ts';
import { VIEW_LIMIT, validateView } from '../validate-blocks.ts';
import { ApiError, invalidArguments, invalidBlocks } from './api-error.ts';
import type { Arguments } from './arguments.ts';
import type { Methods } from './method.ts';

/** https://docs.slack.dev/reference/methods?family=views */
export const views: Methods = {
  'views.open': {
    tier: 4,
    run(call) {
      const content = readView(call.args, 'modal');
      const user = call.slack.triggers.take(trigger(call.args));
      return { view: presentView(call.slack.modals.open(user, content)) };
    },
  },
  'views.push': {
    tier: 4,
    run(call) {
      const content = readView(call.args, 'modal');
      const user = call.slack.triggers.take(trigger(call.args));
      return { view: presentView(call.slack.modals.push(user, content)) };
    },
  },
  'views.update': {
    tier: 4,
    run(call) {
      const content = readView(call.args, 'modal');
      const view = call.slack.modals.find({
        id: call.args.text('view_id'),
        externalId: call.args.text('external_id'),
      });
      if (view === undefined) throw new ApiError('not_found');
      const hash = call.args.text('hash');
      if (hash !== undefined && hash !== view.hash) throw new ApiError('hash_conflict');
      call.slack.modals.update(view, content);
      return { view: presentView(view) };
    },
  },
  'views.publish': {
    tier: 4,
    run(call) {
      const content = readView(call.args, 'home');
      const user = call.args.required('user_id');
      if (!call.slack.state.users.has(user)) throw invalidArguments('invalid user_id');
      const hash = call.args.text('hash');
      const before = call.slack.state.homes.get(user);
      if (hash !== undefined && before !== undefined && hash !== before.hash)
        throw new ApiError('hash_conflict');
      return { view: presentView(call.slack.modals.publish(user, content)) };
    },
  },
};

function trigger(args: Arguments): string {
  return args.text('trigger_id') ?? args.required('interactivity_pointer');
}

function readView(args: Arguments, type: 'modal' | 'home'): Json {
  return checkView(args.json('view'), type);
}

/** Throws what Slack answers to a view it does not take. */
export function checkView(view: unknown, type: 'modal' | 'home'): Json {
  if (!isRecord(view)) throw invalidArguments('missing required field: view');
  if (view.type !== type)
    throw invalidArguments(`invalid view type, must be ${type} [json-pointer:/view/type]`);
  if (Buffer.byteLength(JSON.stringify(view)) > VIEW_LIMIT) throw new ApiError('view_too_large');
  const problems = validateView(view);
  if (problems.length > 0)
    throw invalidBlocks(
      problems.map((problem) => ({ ...problem, pointer: `/view${problem.pointer}` })),
      'invalid_arguments',
    );
  return view;
}
