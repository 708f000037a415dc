import { ApiError } from './api/api-error.ts';
import { isRecord } from './block-kit/check.ts';
import type { Json, View } from './model.ts';
import { fullState } from './present/view.ts';
import { nameBlocks, type State } from './state.ts';

/** Views that one modal may stack. */
const STACK = 3;

/** The modals and home tabs that people have before them. */
export interface Modals {
  open(user: string, content: Json): View;
  push(user: string, content: Json): View;
  /** Replaces what is shown; what was typed into the same fields stays. */
  update(view: View, content: Json): void;
  publish(user: string, content: Json): View;
  find(by: { id?: string | undefined; externalId?: string | undefined }): View | undefined;
  top(user: string): View | undefined;
  /** Takes one view off, or all of them; answers those taken, top first. */
  close(view: View, all: boolean): readonly View[];
}

export function createModals(state: State): Modals {
  const hash = (): string => `${Math.floor(state.now() / 1000)}.${state.nextId('').slice(-6)}`;

  function named(content: Json): Json {
    return { ...content, blocks: nameBlocks(state, Array.isArray(content.blocks) ? content.blocks : []) };
  }

  function make(user: string, content: Json, below?: View): View {
    const externalId = typeof content.external_id === 'string' ? content.external_id : '';
    if (externalId !== '' && find({ externalId }) !== undefined) throw new ApiError('duplicate_external_id');
    const id = state.nextId('V');
    const filled = named(content);
    return {
      id,
      user,
      externalId,
      rootId: below?.rootId ?? id,
      ...(below === undefined ? {} : { previousId: below.id }),
      hash: hash(),
      content: filled,
      state: fullState(filled.blocks),
    };
  }

  function find(by: { id?: string | undefined; externalId?: string | undefined }): View | undefined {
    const all = [...[...state.modals.values()].flat(), ...state.homes.values()];
    return all.find(
      (view) =>
        (by.id !== undefined && view.id === by.id) ||
        (by.externalId !== undefined && view.externalId === by.externalId),
    );
  }

  return {
    find,
    top: (user) => state.modals.get(user)?.at(-1),
    open(user, content) {
      const view = make(user, content);
      state.modals.set(user, [view]);
      state.changed();
      return view;
    },
    push(user, content) {
      const stack = state.modals.get(user) ?? [];
      if (stack.length >= STACK) throw new ApiError('push_limit_reached');
      const view = make(user, content, stack.at(-1));
      state.modals.set(user, [...stack, view]);
      state.changed();
      return view;
    },
    update(view, content) {
      view.content = named(content);
      view.state = fullState(view.content.blocks, view.state);
      view.hash = hash();
      delete view.errors;
      state.changed();
    },
    publish(user, content) {
      const before = state.homes.get(user);
      const filled = named(content);
      const externalId = typeof content.external_id === 'string' ? content.external_id : '';
      const id = before?.id ?? state.nextId('V');
      const view: View = {
        id,
        user,
        externalId,
        rootId: id,
        hash: hash(),
        content: filled,
        state: fullState(filled.blocks),
      };
      state.homes.set(user, view);
      state.changed();
      return view;
    },
    close(view, all) {
      const stack = state.modals.get(view.user) ?? [];
      const taken = all ? [...stack].reverse() : stack.filter((other) => other.id === view.id);
      state.modals.set(
        view.user,
        stack.filter((other) => !taken.includes(other)),
      );
      state.changed();
      return taken;
    },
  };
}

/** Fields of a modal that must be filled before Slack sends it, with what Slack says beside them. */
export function missingInputs(view: View): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  const blocks = Array.isArray(view.content.blocks) ? view.content.blocks.filter(isRecord) : [];
  for (const block of blocks) {
    if (block.type !== 'input' || !isRecord(block.element)) continue;
    const entered = view.state[String(block.block_id)]?.[String(block.element.action_id)] ?? {};
    const { type: _, ...values } = entered;
    const value = Object.values(values)[0];
    const empty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    const { min_length: min, max_length: max } = block.element;
    if (empty && block.optional !== true)
      errors[String(block.block_id)] = 'Please complete this required field.';
    else if (typeof value === 'string' && typeof max === 'number' && value.length > max)
      errors[String(block.block_id)] = `Please shorten this to ${max} characters or less.`;
    else if (!empty && typeof value === 'string' && typeof min === 'number' && value.length < min)
      errors[String(block.block_id)] = `Please lengthen this to ${min} characters or more.`;
  }
  return errors;
}
