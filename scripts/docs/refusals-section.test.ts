import { describe, expect, it } from 'vitest';
import { FS_RULES } from '../../packages/runtime/src/host/broker/fs/fs-rules.ts';
import { NET_RULES } from '../../packages/runtime/src/host/broker/net/net-codes.ts';
import { SECRET_RULES } from '../../packages/runtime/src/secrets/secret-codes.ts';
import { errorsPage } from './errors-page.ts';

const page = errorsPage();

describe('the page of error codes', () => {
  it.each(Object.entries({ ...FS_RULES, ...NET_RULES, ...SECRET_RULES }))(
    'names the rule %s beside %s',
    (rule, code) => {
      const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes(`\`${rule}\``));
      expect(rows.some((row) => row.includes(`\`${code}\``))).toBe(true);
    },
  );

  it('has each anchor once', () => {
    const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect(anchors.length).toBeGreaterThan(50);
    expect(new Set(anchors).size).toBe(anchors.length);
  });
});
