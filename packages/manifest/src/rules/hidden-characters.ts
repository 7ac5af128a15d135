import { hasHiddenCharacters } from '../escape-text.ts';
import { type Located, type RawManifest, stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Text that people approve must read as it is: bidi marks reorder it, tag and zero-width characters carry orders to a model. */
export const hiddenCharacters: Rule = {
  id: 'hidden-characters',
  message: 'Cannot show the text: it holds control, bidirectional, zero-width or tag characters',
  fix: 'remove the invisible characters',
  check(manifest, report) {
    for (const text of shownTexts(manifest)) {
      if (hasHiddenCharacters(text.value)) report(text.pointer);
    }
  },
};

function shownTexts({ root, tools, fs, net, secrets, data }: RawManifest): readonly Located<string>[] {
  const fields = [
    stringAt(root, 'description'),
    ...tools.flatMap((tool) => [stringAt(tool, 'title'), stringAt(tool, 'description')]),
    ...[...fs, ...net, ...secrets, ...(data === undefined ? [] : [data])].flatMap((entry) => [
      stringAt(entry, 'reason'),
      stringAt(entry, 'description'),
    ]),
  ];
  return fields.filter((field) => field !== undefined);
}
