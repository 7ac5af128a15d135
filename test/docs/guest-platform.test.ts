import { createRuntime } from '@carapace/runtime';
import { describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';
import { readDocument, tableRows } from './markdown.ts';

const PROBE = `export default { tools: { look: { run: ({ absent }) => ({
  globals: Object.getOwnPropertyNames(globalThis).sort(),
  present: absent.filter((name) => name in globalThis),
}) } } };`;

describe('the page on the guest platform', () => {
  it('names exactly the globals that a skill in the real worker sees', async () => {
    const page = readDocument('docs/guest-platform.md');
    const language = /## Of the language\n\n(.*?)\.\n/s.exec(page)?.[1] ?? '';
    const documented = [
      ...tableRows(page.slice(0, page.indexOf('## Not there')), 'global').map(([name = '']) => name),
      ...language.split(', '),
    ].map((name) => name.replaceAll('`', ''));
    const absent = tableRows(page.slice(page.indexOf('## Not there')), 'global').map(([name = '']) =>
      name.slice(1, -1),
    );

    await using runtime = await createRuntime({ spares: 0 });
    await using skill = await runtime.load(inlineSkill({ name: 'probe', bundle: PROBE, tools: { look: {} } }));
    const { structured } = await skill.call('look', { absent });

    expect(absent.length).toBeGreaterThan(10);
    expect(structured).toEqual({ globals: documented.toSorted(), present: [] });
  });
});
