/** Import rules of the workspace. scripts/check-imports.ts runs them; test/house-rules proves that each one bites. */
const NODE_POWERS =
  '^(node:)?(fs|fs/promises|net|tls|dns|http|https|child_process|worker_threads)$|node_modules/(undici|koffi)/';

module.exports = {
  forbidden: [
    {
      name: 'worker-never-imports-host',
      severity: 'error',
      comment: 'The worker is the untrusted neighbour: its graph holds the wire format and the isolate, nothing else',
      from: { path: '^packages/runtime/src/worker/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^packages/runtime/src/',
        pathNot: '^packages/runtime/src/(worker|protocol)/|^packages/runtime/src/jail/jail-spec\\.ts$',
      },
    },
    {
      name: 'guest-is-powerless',
      severity: 'error',
      comment:
        'What runs inside the isolate has the language and one callback: no Node built-in, and of all packages the one that implements streams',
      from: { path: '^packages/runtime/src/worker/guest/', pathNot: '\\.test\\.ts$' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-peer', 'npm-optional', 'npm-no-pkg', 'unknown'],
        pathNot: '^node_modules/web-streams-polyfill/',
      },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      comment: 'A fixture that ends up in the package is code that no review of the product has seen',
      from: { path: '^packages/[^/]+/src/', pathNot: '\\.test\\.ts$|/fixtures/' },
      to: { path: '\\.test\\.ts$|/fixtures/|^(test|bench|scripts|examples)/' },
    },
    {
      name: 'manifest-is-leaf',
      severity: 'error',
      comment: 'Everything stands on the manifest package, so it stands on nothing of ours',
      from: { path: '^packages/manifest/src/' },
      to: { path: '^packages/(?!manifest/)' },
    },
    {
      name: 'manifest-is-pure',
      severity: 'error',
      comment: 'The manifest package also runs in a browser: no Node built-in',
      from: { path: '^packages/manifest/src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'runtime-and-registry-are-strangers',
      severity: 'error',
      comment: 'They meet in InstalledSkill, which the manifest package owns',
      from: { path: '^packages/(runtime|registry-client)/' },
      to: { path: '^packages/(runtime|registry-client)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'powers-enter-once',
      severity: 'error',
      comment:
        'Files, sockets and processes come in through *-powers.ts; launcher, worker and native bindings are processes or gates of their own',
      from: {
        path: '^packages/(runtime|registry-client|cli)/src/',
        pathNot:
          '-powers\\.ts$|\\.test\\.ts$|/fixtures/|^packages/runtime/src/(jail|worker)/|^packages/runtime/src/host/native/',
      },
      to: { path: NODE_POWERS, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'public-entries-only',
      severity: 'error',
      comment: 'Examples, cross-package tests and benches show what a user can do, so they may reach nothing else',
      from: { path: '^(examples|test|bench)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: '^packages/[^/]+/src/(index|skill|testing/index)\\.ts$' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['carapace-source', 'import', 'types', 'default'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/temp/|/generated/' },
  },
};
