/**
 * The part of oxlint's plugin interface (the one of ESLint) that the house rules use. oxlint publishes no types for it, and
 * a package that only holds types is not worth a dependency.
 */
export interface Rule {
  readonly meta: { readonly type: 'problem'; readonly docs: { readonly description: string } };
  create(context: RuleContext): Visitor;
}

export interface RuleContext {
  /** Absolute. */
  readonly filename: string;
  readonly cwd: string;
  readonly sourceCode: { getAllComments(): readonly Comment[] };
  readonly report: (problem: { readonly message: string; readonly node: SyntaxNode | Comment }) => void;
}

/** The nodes that a house rule looks at; oxlint calls the visitor for each of them. */
export interface Visitor {
  Program?(node: SyntaxNode): void;
  ImportDeclaration?(node: ImportDeclaration): void;
  ImportExpression?(node: ImportExpression): void;
  ExportNamedDeclaration?(node: ReExport): void;
  ExportAllDeclaration?(node: ReExport): void;
  CallExpression?(node: CallExpression): void;
  MemberExpression?(node: MemberExpression): void;
  Property?(node: Property): void;
  ImportSpecifier?(node: ImportSpecifier): void;
}

export interface SyntaxNode {
  readonly type: string;
}

export interface Comment {
  readonly type: 'Line' | 'Block' | 'Shebang';
  readonly value: string;
}

export interface Literal extends SyntaxNode {
  readonly value: unknown;
}

export interface ImportDeclaration extends SyntaxNode {
  readonly source: Literal;
  readonly importKind?: 'type' | 'value';
}

export interface ReExport extends SyntaxNode {
  readonly source: Literal | null;
  readonly exportKind?: 'type' | 'value';
}

export interface ImportExpression extends SyntaxNode {
  readonly source: SyntaxNode & { readonly value?: unknown };
}

export interface ImportSpecifier extends SyntaxNode {
  readonly imported: SyntaxNode & { readonly name?: string };
  readonly parent: ImportDeclaration;
  readonly importKind?: 'type' | 'value';
}

export interface CallExpression extends SyntaxNode {
  readonly callee: SyntaxNode & { readonly name?: string; readonly property?: { readonly name?: string } };
  readonly arguments: readonly (SyntaxNode & { readonly value?: unknown })[];
}

export interface MemberExpression extends SyntaxNode {
  readonly object: SyntaxNode & { readonly name?: string };
  readonly property: SyntaxNode & { readonly name?: string; readonly value?: unknown };
}

export interface Property extends SyntaxNode {
  readonly key: SyntaxNode & { readonly name?: string; readonly value?: unknown };
  readonly value: SyntaxNode & { readonly value?: unknown };
}
