import { describe, expect, it } from 'vitest';
import { suggest } from './did-you-mean.ts';

const FIELDS = ['name', 'version', 'net', 'fs', 'secrets', 'limits', 'wallMs', 'memoryMiB', 'readOnly', 'input'];

describe('suggest', () => {
  it.each([
    ['nmae', 'name'],
    ['Name', 'name'],
    ['verison', 'version'],
    ['wallms', 'wallMs'],
    ['memoryMB', 'memoryMiB'],
    ['network', 'net'],
    ['filesystem', 'fs'],
    ['inputSchema', 'input'],
    ['readOnlyHint', 'readOnly'],
    ['limit', 'limits'],
    ['colour', undefined],
    ['x', undefined],
    ['', undefined],
    ['n'.repeat(1_000), undefined],
  ])('%s: %s', (word, expected) => {
    expect(suggest(word, FIELDS)).toBe(expected);
  });

  it('suggests only what is known here', () => {
    expect(suggest('network', ['host'])).toBeUndefined();
  });
});
