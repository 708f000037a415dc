import { describe, expect, it } from 'vitest';
import { tablesAsLists } from '../../src/domain/pipe-table.ts';

describe('a pipe table in a person’s text', () => {
  it('becomes a list that names its columns', () => {
    expect(tablesAsLists('before\n| code | n |\n|:---|---:|\n| 500 | 7 |\n| 200 | a \\| b |\nafter')).toBe(
      'before\n• code: 500, n: 7\n• code: 200, n: a | b\nafter',
    );
  });

  it.each(['sum(a) | b', '| a lone row |', 'a || b\n---', '|= "error" | json\n|~ "x" |', ''])(
    'leaves what is none: %j',
    (text) => {
      expect(tablesAsLists(text)).toBe(text);
    },
  );
});
