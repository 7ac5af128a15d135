import type { Rule } from './rule.ts';

/** Classes of isolated-vm whose instances are handles on objects of another heap. */
const HANDLES = new Set(['Reference', 'ExternalCopy']);

/** Options of isolated-vm calls that hand out such a handle, copy a graph across, or return a promise of the other side. */
const CROSSINGS = new Set(['reference', 'copy', 'externalCopy', 'promise']);

/**
 * Exactly one function enters an isolate: text in, text out. A `Reference` that reaches a skill is the classic way out of
 * isolated-vm (its `applySync` and `derefInto` reach the host's heap), and copying runs the skill's getters and proxies on
 * this side. The two engine files alone may hold a handle, and only on functions of the platform.
 */
export const noHostReferenceInIsolate: Rule = {
  meta: { type: 'problem', docs: { description: 'Keep handles on another heap inside the isolate engine' } },
  create({ report }) {
    return {
      MemberExpression(node) {
        const name = node.property.name ?? node.property.value;
        if (node.object.name === 'ivm' && typeof name === 'string' && HANDLES.has(name)) {
          report({ node, message: `Cannot use "ivm.${name}" here: only the isolate engine may hold such a handle` });
        }
      },
      ImportSpecifier(node) {
        const { imported, parent, importKind } = node;
        const isType = importKind === 'type' || parent.importKind === 'type';
        if (!isType && parent.source.value === 'isolated-vm' && HANDLES.has(imported.name ?? '')) {
          report({
            node,
            message: `Cannot import "${imported.name}" here: only the isolate engine may hold such a handle`,
          });
        }
      },
      Property(node) {
        const name = node.key.name ?? node.key.value;
        if (typeof name === 'string' && CROSSINGS.has(name) && node.value.value === true) {
          report({ node, message: `Cannot pass "${name}: true" here: only the isolate engine may cross heaps` });
        }
      },
    };
  },
};
