export type { Conversation, Json, Message, User, View } from '../../src/sandbox/slack/model.ts';
export type { State } from '../../src/sandbox/slack/state.ts';
