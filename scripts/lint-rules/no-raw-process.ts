import type { CallExpression, Rule } from './rule.ts';

const STARTS_PROCESSES = /^(?:node:)?(?:child_process|cluster)$/;

/**
 * Processes start in `*-powers.ts` only (the configuration lifts the rule there), where flags, environment and descriptors
 * of the child can be read on one page. Elsewhere a spawn would be a worker without a jail.
 */
export const noRawProcess: Rule = {
  meta: { type: 'problem', docs: { description: 'Start processes only in *-powers.ts' } },
  create({ report }) {
    const check = (node: { readonly type: string }, name: unknown): void => {
      if (typeof name === 'string' && STARTS_PROCESSES.test(name)) {
        report({ node, message: `Cannot load "${name}" here: processes start in a *-powers.ts file only` });
      }
    };
    return {
      ImportDeclaration(node) {
        if (node.importKind !== 'type') check(node, node.source.value);
      },
      ExportNamedDeclaration(node) {
        if (node.exportKind !== 'type') check(node, node.source?.value);
      },
      ExportAllDeclaration(node) {
        check(node, node.source?.value);
      },
      ImportExpression(node) {
        check(node, node.source.value);
      },
      CallExpression(node) {
        if (loadsModules(node)) check(node, node.arguments[0]?.value);
      },
    };
  },
};

function loadsModules({ callee }: CallExpression): boolean {
  return callee.name === 'require' || callee.property?.name === 'getBuiltinModule';
}
