import { RuleViolation } from '../../domain/errors.ts';
import { incidentId } from '../../domain/incident.ts';
import {
  type ConsolidationPlan,
  type ConsolidationRules,
  DEFAULT_CONSOLIDATION,
  planConsolidation,
  sayPlan,
  withArchived,
} from '../../domain/knowledge/consolidate.ts';
import { type Distilled, distil } from '../../domain/knowledge/distil.ts';
import { KINDS, type Kind } from '../../domain/knowledge/entry.ts';
import type { JournalNote } from '../../domain/knowledge/journal.ts';
import { type KnowledgeFile, readFile, textOf } from '../../domain/knowledge/read-file.ts';
import { orgShelf } from '../../domain/knowledge/shelf.ts';
import { withEntry, withMeta } from '../../domain/knowledge/write-file.ts';
import type { Instant } from '../../domain/time.ts';
import type { KnowledgeRow } from '../../storage/store.ts';
import type { Org, World } from '../ports.ts';
import { fileOf, pathOf } from './remember.ts';
import { indexFiles, knowledgeIn, noted, rowsOf } from './shelve.ts';

type Files = ReadonlyMap<string, KnowledgeFile>;

/** What a sleep does: it consolidates, then distils what is new. */
export interface SleepPlan extends ConsolidationPlan {
  readonly distilled: readonly Distilled[];
}

/** The plan in lines a person reads before it happens, or after it. */
export function saySleep(plan: Pick<SleepPlan, 'steps' | 'distilled'>): readonly string[] {
  return [
    ...sayPlan(plan),
    ...plan.distilled.map(
      ({ kind, entry, quotes }) =>
        `write  ${kind}/${entry.key}  (quotes ${quotes} ${quotes === 1 ? 'entry' : 'entries'})`,
    ),
  ];
}

/** What sleep would do with an organisation's knowledge now; nothing changes. */
export async function dream(world: World, team: string, org: Org): Promise<SleepPlan> {
  await mustBeCalm(world, team);
  const files = await repositoryOf(org).sync();
  return planSleep(files, await world.store.now(), rulesOf(world));
}

function planSleep(files: Files, now: Instant, rules: ConsolidationRules): SleepPlan {
  const before = knowledgeIn(files);
  const plan = planConsolidation(before, now, rules);
  const archive = Object.fromEntries(
    KINDS.map((kind) => [kind, archiveWith(files, kind, plan.archived[kind] ?? '')]),
  );
  return { ...plan, distilled: distil({ ...before, ...plan.files }, archive, now) };
}

/**
 * Consolidates an organisation's knowledge in one commit: how often entries helped is written out, then the plan is made anew on the newest
 * files and applied, so that a second run, or somebody's write in between, does no harm. Answers what was done.
 */
export async function sleep(world: World, team: string, org: Org): Promise<SleepPlan> {
  await mustBeCalm(world, team);
  const shelf = orgShelf(org.name);
  const uses = (await world.store.knowledge(team, [shelf])).filter((row) => row.uses > 0);
  const now = await world.store.now();
  let plan: SleepPlan | undefined;
  const files = await repositoryOf(org).change((all) => {
    const counted = withUses(all, uses);
    plan = planSleep(counted, now, rulesOf(world));
    const changed = changedBy(plan, counted);
    if (saySleep(plan).length > 0) changed.set(...noted(all, sleptNote(plan, now)));
    return changed;
  }, 'Sleep: consolidate what is known');
  // Only now: what could not be written is still counted.
  await world.store.takeUses(team, shelf, uses);
  await indexFiles(world.store, team, shelf, files);
  if (!plan) throw new TypeError('A change ran without its edit');
  return plan;
}

function sleptNote(plan: SleepPlan, at: Instant): JournalNote {
  return { at, did: 'slept', lines: ['', ...saySleep(plan).map((line) => `- ${line}`)] };
}

function rulesOf({ knowledge }: World): ConsolidationRules {
  return knowledge ? { staleAfter: knowledge.staleAfter } : DEFAULT_CONSOLIDATION;
}

function repositoryOf(org: Org): NonNullable<Org['repository']> {
  if (org.repository) return org.repository;
  throw new RuleViolation(
    'no-repository',
    `\`${org.name}\` has no repository, so there are no files to consolidate. Whoever runs Steady sets \`repo\` in [knowledge.orgs.${org.name}].`,
  );
}

/** While something burns nobody tidies up. */
async function mustBeCalm(world: World, team: string): Promise<void> {
  const [open] = await world.store.list(team, { open: true, limit: 1 });
  if (open)
    throw new RuleViolation(
      'incident-open',
      `${incidentId(open.ref.number)} is open. Sleep waits until every incident has ended.`,
    );
}

function withUses(files: Files, uses: readonly Pick<KnowledgeRow, 'id' | 'uses' | 'usedOn'>[]): Files {
  const byId = new Map(uses.map((one) => [one.id, one]));
  const counted = new Map(files);
  for (const kind of KINDS) {
    const file = files.get(`kb/${kind}.md`);
    if (!file) continue;
    const ids = [...rowsOf([file])].map((row) => row.id);
    let nth = 0;
    const pieces = file.pieces.map((piece) => {
      if (piece.kind === 'text') return piece;
      const use = byId.get(ids[nth++] ?? '');
      return use
        ? {
            ...piece,
            raw: withMeta(piece.raw, {
              used: piece.entry.used + use.uses,
              ...(use.usedOn !== undefined && { lastUsed: use.usedOn }),
            }),
          }
        : piece;
    });
    counted.set(`kb/${kind}.md`, readFile(kind, textOf({ pieces })));
  }
  return counted;
}

function changedBy(plan: SleepPlan, files: Files): Map<string, KnowledgeFile> {
  const changed = new Map([...files].filter(([path]) => path.startsWith('kb/')));
  for (const [kind, file] of Object.entries(plan.files) as [Kind, KnowledgeFile][])
    changed.set(`kb/${kind}.md`, file);
  for (const { kind, entry } of plan.distilled)
    changed.set(pathOf(kind), withEntry(fileOf(changed, kind), entry));
  for (const [kind, text] of Object.entries(plan.archived) as [Kind, string][])
    changed.set(`archive/${kind}.md`, archiveWith(files, kind, text));
  return changed;
}

function archiveWith(files: Files, kind: Kind, text: string): KnowledgeFile {
  return withArchived(files.get(`archive/${kind}.md`) ?? readFile(kind, `# Archive of ${kind}\n`), text);
}
