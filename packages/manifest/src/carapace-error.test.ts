import { describe, expect, it } from 'vitest';
import { assertNever } from './assert-never.ts';
import { CarapaceError, isCarapaceError } from './carapace-error.ts';
import { MANIFEST_ERROR_CODES } from './error-codes.ts';
import { defineErrorCodes } from './error-row.ts';
import { ManifestInvalid } from './errors.ts';

const row = MANIFEST_ERROR_CODES.ERR_CARAPACE_MANIFEST_RULE;

describe('CarapaceError', () => {
  it('carries code, category, retryable, exit code, detail and cause', () => {
    const cause = new Error('below');
    const error = new CarapaceError('ERR_CARAPACE_X_Y', row, 'Cannot do', { detail: { path: '/a' }, cause });
    expect(error).toMatchObject({ code: 'ERR_CARAPACE_X_Y', category: 'user', retryable: false, exitCode: 65, cause });
    expect(error.detail['path']).toBe('/a');
    expect(error.name).toBe('CarapaceError');
  });

  it('keeps its data in a frozen object without prototype', () => {
    const { detail } = new CarapaceError('ERR_CARAPACE_X_Y', row, 'Cannot do', { detail: { a: 1 } });
    expect(Object.getPrototypeOf(detail)).toBeNull();
    expect(Object.isFrozen(detail)).toBe(true);
  });

  it('is recognised by a registered symbol, so by another copy of the package too', () => {
    class OtherCopy extends Error {
      readonly code = 'ERR_CARAPACE_X_Y';
    }
    const foreign = Object.defineProperty(new OtherCopy(), Symbol.for('carapace.error'), { value: true });
    expect(isCarapaceError(foreign)).toBe(true);
    expect(isCarapaceError(foreign, 'ERR_CARAPACE_X_Y')).toBe(true);
    expect(isCarapaceError(foreign, 'ERR_CARAPACE_X_Z')).toBe(false);
  });

  it.each([new Error('plain'), null, undefined, 'text', { code: 'ERR_CARAPACE_X_Y' }])(
    'does not recognise %s',
    (value) => {
      expect(isCarapaceError(value)).toBe(false);
    },
  );
});

describe('defineErrorCodes', () => {
  it('gives a frozen table without prototype', () => {
    expect(Object.getPrototypeOf(MANIFEST_ERROR_CODES)).toBeNull();
    expect(Object.isFrozen(MANIFEST_ERROR_CODES)).toBe(true);
    expect('constructor' in MANIFEST_ERROR_CODES).toBe(false);
  });

  it.each(['ERR_OTHER_X_Y', 'ERR_CARAPACE_X', 'err_carapace_x_y'])('refuses the code %s', (code) => {
    expect(() => defineErrorCodes({ [code]: row })).toThrow(TypeError);
  });
});

describe('ManifestInvalid', () => {
  it('names every issue on a line of its own and freezes them', () => {
    const issue = { pointer: '/net/0', line: 3, column: 5, rule: 'r', message: 'Cannot', fix: 'do' };
    const error = new ManifestInvalid('ERR_CARAPACE_MANIFEST_RULE', 'manifest', [issue]);
    expect(error.message).toBe('Cannot parse manifest: 1 issue\n  /net/0:3:5 Cannot; do [r]');
    expect(Object.isFrozen(error.issues)).toBe(true);
    expect(isCarapaceError(error, 'ERR_CARAPACE_MANIFEST_RULE')).toBe(true);
  });

  it('shortens a long list in the message, not in the issues', () => {
    const issues = Array.from({ length: 30 }, (_, at) => ({ pointer: `/${at}`, rule: 'r', message: 'm' }));
    const error = new ManifestInvalid('ERR_CARAPACE_MANIFEST_RULE', 'manifest', issues);
    expect(error.message).toContain('and 10 more');
    expect(error.issues).toHaveLength(30);
  });
});

describe('assertNever', () => {
  it('throws when a value from outside reaches it', () => {
    const closed: (value: never) => never = assertNever;
    expect(() => Reflect.apply(closed, undefined, ['new-kind'])).toThrow('"new-kind" is not a member');
    expect(() => Reflect.apply(closed, undefined, [{}])).toThrow('an object is not a member');
  });
});
