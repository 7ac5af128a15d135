import { readFile } from 'node:fs/promises';
import {
  compileToolSchema,
  explainRequest,
  parseManifestText,
  parseSkillMarkdown,
  type SchemaIssue,
  type SkillManifest,
} from '@carapace/manifest';

/** What a skill's folder declares, for tests that hold it against the code. */
export interface SkillFolder {
  readonly manifest: SkillManifest;
  /** What the frontmatter of SKILL.md says. */
  readonly frontmatter: ReturnType<typeof parseSkillMarkdown>['frontmatter'];
  /** What a tool's schema has against a value. */
  check(this: void, tool: string, side: 'input' | 'output', value: unknown): readonly SchemaIssue[];
  /** The rule that refuses a request, or `undefined` where the manifest covers it. */
  refusal(this: void, url: URL, method: string): string | undefined;
}

/** @param folder URL of the folder, with a slash at its end. */
export async function readSkillFolder(folder: URL): Promise<SkillFolder> {
  const name = folder.pathname.split('/').at(-2) ?? '';
  const manifest = parseManifestText(await readFile(new URL('skill.json', folder), 'utf8'));
  const { frontmatter } = parseSkillMarkdown(await readFile(new URL('SKILL.md', folder), 'utf8'), name);
  return {
    manifest,
    frontmatter,
    check: (tool, side, value) => {
      const definition = [...manifest.tools].find(([declared]) => declared === tool)?.[1];
      const schema = definition?.[side];
      if (schema === undefined) throw new Error(`skill.json has no ${side} schema for "${tool}"`);
      return compileToolSchema(schema, tool).check(value);
    },
    refusal: (url, method) => {
      const { protocol, hostname, port, pathname, searchParams } = url;
      const explanation = explainRequest(manifest.permissions, {
        kind: 'net',
        scheme: protocol.slice(0, -1),
        host: hostname,
        port: port === '' ? 443 : Number(port),
        method,
        pathname,
        query: [...searchParams.keys()],
      });
      return explanation.allowed ? undefined : explanation.rule;
    },
  };
}
