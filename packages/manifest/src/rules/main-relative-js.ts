import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** The loader joins this to the package folder: nothing in it may climb, be absolute, or need decoding. */
export const mainRelativeJs: Rule = {
  id: 'main-relative-js',
  message: 'Cannot use the entry file: not a plain relative path to a .js file inside the package',
  fix: 'write it like "dist/skill.js": letters, digits, ".", "_", "-", no leading slash, no ".."',
  check({ root }, report) {
    const main = stringAt(root, 'main');
    if (main === undefined) return;
    const plain = main.value.split('/').every((segment) => SEGMENT.test(segment));
    if (!plain || !/\.m?js$/.test(main.value)) report(main.pointer);
  },
};
