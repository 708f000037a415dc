import type { Sample } from './series.ts';

/**
 * The `count` samples with the highest (topk) or lowest (bottomk) values, best first, NaN last. Kept in a heap exactly as
 * Prometheus does, so that among equal values the same ones stay. `count` is at least 1.
 */
export function bestSamples(samples: readonly Sample[], count: number, highest: boolean): Sample[] {
  const worse = (a: Sample | undefined, b: Sample | undefined) => {
    const [x, y] = [a?.value ?? Number.NaN, b?.value ?? Number.NaN];
    return Number.isNaN(x) || (highest ? x < y : x > y);
  };
  const heap: Sample[] = [];
  for (const sample of samples) {
    const worst = heap[0];
    const full = heap.length >= count;
    const better =
      worst === undefined ||
      Number.isNaN(worst.value) ||
      (highest ? worst.value < sample.value : worst.value > sample.value);
    if (full && !better) continue;
    if (full && count === 1) {
      heap[0] = sample;
      continue;
    }
    if (full) removeWorst(heap, worse);
    heap.push(sample);
    rise(heap, heap.length - 1, worse);
  }
  return sortBestFirst(heap, worse);
}

type Worse = (a: Sample | undefined, b: Sample | undefined) => boolean;

function swap(heap: Sample[], a: number, b: number): void {
  const [x, y] = [heap[a], heap[b]];
  if (x === undefined || y === undefined) return;
  heap[a] = y;
  heap[b] = x;
}

function rise(heap: Sample[], from: number, worse: Worse): void {
  let at = from;
  while (at > 0) {
    const parent = Math.floor((at - 1) / 2);
    if (!worse(heap[at], heap[parent])) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function removeWorst(heap: Sample[], worse: Worse): void {
  const last = heap.length - 1;
  swap(heap, 0, last);
  heap.pop();
  let at = 0;
  for (let child = 1; child < last; child = 2 * at + 1) {
    if (child + 1 < last && worse(heap[child + 1], heap[child])) child++;
    if (!worse(heap[child], heap[at])) return;
    swap(heap, at, child);
    at = child;
  }
}

function sortBestFirst(heap: Sample[], worse: Worse): Sample[] {
  for (let i = 1; i < heap.length; i++)
    for (let at = i; at > 0 && worse(heap[at - 1], heap[at]); at--) swap(heap, at, at - 1);
  return heap;
}
